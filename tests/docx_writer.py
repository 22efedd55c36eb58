"""Word files written as raw XML: any parts, and whole standards in the official layout."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "header": "hdr", "footer": "ftr"}
_ITEM = re.compile(r"(?:^|(?<=; ))(\d{1,3})([.)]) ")


def part(root: str, content: str) -> str:
    """The XML of a part with the root element `root`."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:{root} {_NAMES}>{content}</w:{root}>"
    )


def package(body: str, **parts: str) -> bytes:
    """A Word file with `body` in its body and parts such as ``styles`` or ``header1``."""
    files = {"word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    relations = ""
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        files[f"word/{name}.xml"] = part(_ROOTS.get(kind, kind), content)
        relations += f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{name}.xml"/>'
    files["word/_rels/document.xml.rels"] = _relationships(relations)
    files["_rels/.rels"] = _relationships(
        f'<Relationship Id="main" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument'
        f'.wordprocessingml.{_content_type(name)}+xml"/>'
        for name in files
        if name.endswith(".xml")
    )
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return archive({name: text.encode() for name, text in files.items()})


def archive(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return stream.getvalue()


def _content_type(name: str) -> str:
    kind = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return "document.main" if kind == "document" else kind


def _relationships(content: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'


def run(text: str, properties: str = "", *, deleted: bool = False) -> str:
    """A run with its text, which may be one that a tracked change deletes."""
    before = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    name = "delText" if deleted else "t"
    return f'<w:r>{before}<w:{name} xml:space="preserve">{escape(text)}</w:{name}></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph around runs."""
    before = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{before}{content}</w:p>"


def cell(content: str, span: int = 1, merge: str = "") -> str:
    """A cell; `merge` is "restart", "continue" or nothing."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += "<w:vMerge/>" if merge == "continue" else '<w:vMerge w:val="restart"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or paragraph('')}</w:tc>"


def row(*cells: str) -> str:
    """A row of cells."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], columns: int) -> str:
    """A table of rows."""
    width = 9000 // columns
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def number(list_id: int, level: int = 0) -> str:
    """The properties of a paragraph that belongs to a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(
    at: int, shape: str = "decimal", text: str = "%1)", start: int = 1, more: str = ""
) -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(
    *levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
) -> str:
    """The part that describes one kind of lists, and the lists of that kind."""
    return f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{nums}'


class StandardWriter:
    """A standard's text layout (`layout.Layout`) as a Word file with ruled, merged tables.

    `automatic` makes list numbers Word's own instead of typed ones; `lines` puts every
    item of a list into a paragraph of its own (automatic numbers always do).
    """

    def __init__(self, *, automatic: bool = False, lines: bool = False) -> None:
        self._automatic = automatic
        self._lines = lines or automatic
        self._lists: list[tuple[str, int]] = []  # the sign after the number, the first number
        self._last: tuple[str, int] | None = None

    def write(self, text: str) -> bytes:
        """The Word file of a standard's text."""
        body = "".join(self._parts(text.splitlines()))
        footer = paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("1")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        size = (
            '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/>'
            '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        )
        return package(body + size, numbering=self._numbering(), footer1=footer)

    def _parts(self, lines: list[str]) -> Iterator[str]:
        for ruled, group in groupby(lines, key=lambda line: "\t" in line):
            self._last = None if ruled else self._last
            if ruled:
                yield self._table([line.split("\t") for line in group])
            else:
                for line in group:
                    yield from self._paragraphs(line)

    def _table(self, rows: list[list[str]]) -> str:
        columns = max(map(len, rows))
        written = []
        for index, texts in enumerate(rows):
            following = rows[index + 1] if index + 1 < len(rows) else ["x"]
            blank = next((at for at, text in enumerate(texts) if text), 0)
            below = next((at for at, text in enumerate(following) if text), 0)
            cells = []
            for at, text in enumerate(texts):
                # An empty cell at the beginning goes on with the one above.
                merge = "continue" if at < blank else "restart" if at < below else ""
                span = columns - len(texts) + 1 if at == len(texts) - 1 else 1
                self._last = None
                cells.append(cell("".join(self._paragraphs(text)), span, merge))
            written.append(row(*cells))
        return table(written, columns)

    def _paragraphs(self, text: str) -> Iterator[str]:
        if not self._lines:
            yield paragraph(run(text) if text else "")
            return
        starts = [*(match.start() for match in _ITEM.finditer(text)), len(text)]
        for begin, stop in zip([0, *starts], starts, strict=False):
            if item := text[begin:stop].strip():
                yield self._item(item)
        if not text:
            yield paragraph("")

    def _item(self, text: str) -> str:
        match = _ITEM.match(text)
        if match is None or not self._automatic:
            return paragraph(run(text))
        count, sign = int(match[1]), match[2]
        if self._last != (sign, count - 1):
            self._lists.append((sign, count))
        self._last = sign, count
        return paragraph(run(text[match.end() :]), number(len(self._lists)))

    def _numbering(self) -> str:
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{index}">{level(0, text=f"%1{sign}")}</w:abstractNum>'
            for index, sign in enumerate(").")
        )
        nums = "".join(
            f'<w:num w:numId="{index}"><w:abstractNumId w:val="{").".index(sign)}"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for index, (sign, start) in enumerate(self._lists, start=1)
        )
        return abstract + nums
