"""The official form as Word, HTML and PDF: nothing is missing, and it is read back the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import docx_writer
import fragments
import layout
import profstd
import strategies
import wordml
from profstd import office
from profstd.document import Document, leaves
from profstd.export import UnwritableError, html, pdf, render, stream
from profstd.export._form.labels import LABELS, PHRASES
from profstd.export._form.lists import ABBREVIATED
from profstd.export._form.parts import readable
from profstd.model import Model
from profstd.parse import labels, load_bytes, suffixes

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
SOURCES = [*SAMPLES, *sorted((CASES / "parse").glob("*/source.*"))]
SOURCES += sorted((CASES / "clean").glob("*.txt"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is missing")
# A format is read back as soon as it has a reader.
READ = [name for name in ("docx", "html") if f".{name}" in suffixes()]
by_format = pytest.mark.parametrize("format", ["docx", "html"])
examples = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _name(path: Path) -> str:
    return path.stem if path.stem != "source" else path.parent.name


def _rendered(model: Model, format: str) -> bytes:
    (content,) = render(fragments.document(model), format).values()
    return content


def _differences(expected: Model, found: Document) -> list[str]:
    models = (expected, found.model)
    mine, theirs = (
        {path: leaf for path, leaf in leaves(model) if not path.startswith("/source/")}
        for model in models
    )
    return [
        f"{path}: expected {mine.get(path)!r}, found {theirs.get(path)!r}"
        for path in dict.fromkeys([*mine, *theirs])
        if mine.get(path) != theirs.get(path)
    ]


def _assert_read_back(model: Model, format: str) -> None:
    found = load_bytes(_rendered(model, format), f"form.{format}")
    assert not _differences(model, found)
    assert found.account
    assert not found.account.places


# The words


@pytest.mark.parametrize("language", LABELS)
def test_labels_are_those_that_readers_know(language: Any) -> None:
    known = {
        **labels.load(language, "registry_page").texts,
        **labels.load(language, "standard").texts,
    }
    for key, label in LABELS[language].items():
        name, _, variant = key.partition("/")
        wordings = {text.rstrip(":") for text in known[name]}
        # No reader knows a Kazakh card's heading without its number.
        if (language, key) != ("kk", "card/unnumbered"):
            shown = label.rstrip(":")
            assert {shown, f"{shown}: {{name}}", f"{shown} {{name}}"} & wordings, key
        assert variant in ("", "nameless", "unnumbered")
    values = labels.load(language, "standard").values
    assert all(PHRASES[language][meaning] in wordings for meaning, wordings in values.items())


def test_every_language_has_the_same_words() -> None:
    assert set(LABELS) == set(PHRASES) == set(labels.languages())
    for table in (LABELS, PHRASES):
        assert len({frozenset(words) for words in table.values()}) == 1


def test_abbreviations_are_those_that_readers_know() -> None:
    known = {
        word
        for language in labels.languages()
        for word in labels.load(language, "standard").words["abbreviated"]
    }
    assert set(ABBREVIATED) == {word for word in known if word.endswith(".")}


# There and back
#
# Some damage cannot be read back, whatever is printed, because no form of the document
# tells it apart; its texts are there all the same (see below):
#
# - values that no document yields: empty or blank texts, dashes for texts, line ends and
#   other white space inside a text, texts that begin with a label or a list's number;
# - an item without a number between numbered ones: it goes on with the one above;
# - another name of a profession that has no code and stands behind one that has;
# - a link with other professions that has neither level nor code;
# - the same function or skill twice in a row: a page end prints them twice;
# - a contact without name, or a developer without one; a role that is no label;
# - more than the seven items of chapter 4, and numbers missing before others;
# - the heading of a Kazakh card that has no number.


def _there_and_back() -> list[Any]:
    """Formats and standards; of those that LibreOffice takes seconds for, a few."""
    pairs = [
        pytest.param(name, path, id=f"{name}-{_name(path)}") for name in READ for path in SOURCES
    ]
    if ".pdf" in suffixes():
        some = [*SAMPLES, CASES / "clean" / "crops-kk.txt"]
        pairs += [
            pytest.param("pdf", path, marks=needs_office, id=f"pdf-{_name(path)}") for path in some
        ]
    return pairs


@pytest.mark.parametrize(("format", "source"), _there_and_back())
def test_a_standard_comes_back(format: str, source: Path) -> None:
    _assert_read_back(profstd.load(source).model, format)


@pytest.mark.parametrize("format", READ)
@pytest.mark.parametrize(
    "case",
    fragments.load_cases(CASES / "form" / "read-back.yaml"),
    ids=lambda case: case["name"],
)
def test_a_damaged_standard_comes_back(case: dict[str, Any], format: str) -> None:
    if "page" in case:
        _assert_read_back(fragments.page(case["page"]), format)
    else:
        _assert_read_back(fragments.standard(case["standard"]), format)


@pytest.mark.parametrize("format", READ)
@pytest.mark.parametrize("language", LABELS)
@given(data=st.data())
@settings(examples, max_examples=25)
def test_a_random_standard_comes_back(language: str, format: str, data: st.DataObject) -> None:
    form = labels.load(language, "standard")
    _assert_read_back(data.draw(layout.standards(language, form)), format)


# Everything is there


@by_format
@settings(examples, max_examples=100)
@given(strategies.models(damaged=True))
def test_every_text_is_there(format: str, model: Model) -> None:
    content = _rendered(model, format)
    _assert_shown(model, _shown_in_word(content) if format == "docx" else _shown_in_html(content))


@by_format
@settings(deadline=None, max_examples=200)
@given(strategies.texts(), strategies.texts(min_size=1))
def test_nasty_texts_are_there(format: str, first: str, second: str) -> None:
    skill = {"name": second, "abilities": [{"text": first, "number": 3}]}
    card = {"heading": first, "name": second, "personal_competencies": [first, second]}
    model = fragments.standard(
        {
            "title": first,
            "scope": second,
            "terms": [{"term": first, "definition": second}],
            "professions": [{**card, "functions": [{"name": first, "skills": [skill]}]}],
        }
    )
    content = _rendered(model, format)
    _assert_shown(model, _shown_in_word(content) if format == "docx" else _shown_in_html(content))


# Said in the form's words, or not a text of the document.
_SAID_OTHERWISE = {
    *("schema_version", "kind", "language", "form", "rank", "recognition"),
    *("date", "review_date"),
}


def _assert_shown(model: Model, shown: str) -> None:
    for path, leaf in leaves(model):
        if path.startswith("/source/") or path.keys[-1] in _SAID_OTHERWISE:
            continue
        if isinstance(leaf, str):
            assert readable(leaf) in shown, path
        elif isinstance(leaf, int) and "item_numbers" not in path:
            assert str(leaf) in shown, path


def _shown_in_word(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        trees = {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "\n".join(
        "".join(signs.get(item.tag, item.text or "") for item in paragraph.iter())
        for paragraph in trees["word/document.xml"].iter(f"{W}p")
    )


class _Text(HTMLParser):
    """What an HTML file shows, and its tags."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.parts.append("\n" if tag == "br" else "")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _shown_in_html(content: bytes) -> str:
    return "".join(_Text(content).parts)


# Word


def _part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


@pytest.mark.parametrize("source", SOURCES, ids=_name)
def test_word_files_keep_to_the_specification(source: Path) -> None:
    assert not wordml.faults(_rendered(profstd.load(source).model, "docx"))


@given(model=strategies.models())
@settings(parent=examples, max_examples=10)
def test_any_word_file_keeps_to_the_specification(model: Model) -> None:
    assert not wordml.faults(_rendered(model, "docx"))


_BROKEN = {
    "pPr: jc pStyle": (
        r"<w:pPr>(<w:pStyle [^>]*>)</w:pPr>",
        r'<w:pPr><w:jc w:val="left"/>\1</w:pPr>',
    ),
    "tcW: not the sum": (r'<w:tcW w:w="\d+"', '<w:tcW w:w="7"'),
    "tblW: not the sum": (r'<w:tblW w:w="\d+"', '<w:tblW w:w="7"'),
    "vMerge: nothing above": (r"<w:vMerge w:val=.restart./>", "<w:vMerge/>"),
    "columns of": (r"<w:gridSpan [^>]*>", ""),
    "its last is no paragraph": (r"</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
    "no style": (r'<w:pStyle w:val="TableText"', '<w:pStyle w:val="Other"'),
    "is pointed at": (r'r:id="\w+"', 'r:id="other"'),
}


@pytest.mark.parametrize("fault", _BROKEN)
def test_faults_of_word_files_are_found(fault: str) -> None:
    content = _rendered(profstd.load(SAMPLES[-1]).model, "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "word/document.xml"
    parts[name] = re.sub(*_BROKEN[fault], parts[name].decode(), count=1).encode()
    assert any(fault in found for found in wordml.faults(docx_writer.archive(parts)))


def test_a_word_file_is_set_as_official_papers_are() -> None:
    model = fragments.standard({"language": "kk", "title": "Тігін", "professions": [{}, {}]})
    content = _rendered(model, "docx")
    styles = _part(content, "word/styles.xml")
    defaults = styles.find(f"{W}docDefaults")
    assert set(defaults.find(f".//{W}rFonts").attrib.values()) == {"Times New Roman"}
    assert defaults.find(f".//{W}sz").get(f"{W}val") == "28"
    assert defaults.find(f".//{W}lang").get(f"{W}val") == "kk-KZ"
    assert not [item for item in styles.iter(f"{W}rFonts") if "Theme" in str(item.attrib)]
    section = _part(content, "word/document.xml").find(f".//{W}sectPr")
    sizes = {**section.find(f"{W}pgMar").attrib, **section.find(f"{W}pgSz").attrib}
    millimetres = {name: int(size) / 1440 * 25.4 for name, size in sizes.items()}
    assert {name.removeprefix(W): round(size) for name, size in millimetres.items()} == {
        **{"w": 210, "h": 297, "left": 30, "right": 10, "top": 20, "bottom": 20},
        **{"header": 10, "footer": 10, "gutter": 0},
    }
    footer = _part(content, "word/footer1.xml")
    assert [field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")] == [" PAGE "]
    assert {
        item.get("typeface") for item in _part(content, "word/theme/theme1.xml").iter("{*}latin")
    } == {"Times New Roman"}
    pointed = {
        item.get(f"{W}val")
        for tag in ("basedOn", "next", "link")
        for item in styles.iter(f"{W}{tag}")
    }
    named = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {item.get(f"{W}val") for item in _part(content, "word/document.xml").iter(f"{W}pStyle")}
    assert {"Heading1", "Heading2", "TableText"} == used
    assert used | pointed <= named


def test_a_word_file_tells_of_no_time_and_place() -> None:
    content = _rendered(fragments.standard({"title": "Связь " * 60}), "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        facts = {(item.date_time, item.create_system) for item in archive.infolist()}
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
    assert facts == {((1980, 1, 1, 0, 0, 0), 0)}
    assert not [name for name in names if "thumbnail" in name or "custom" in name]
    assert set(re.findall(r"<(?:\w+:)?(\w+)(?=[ >])", core)) == {
        *("coreProperties", "title", "language"),
    }


# HTML


def test_html_needs_nothing_else() -> None:
    content = _rendered(profstd.load(SAMPLES[-1]).model, "html")
    tags = _Text(content).tags
    assert not {"script", "link", "img", "iframe", "base"} & {tag for tag, _ in tags}
    assert not [given for _, given in tags if {"src", "href", "style"} & set(given) - {"style"}]
    assert not re.search(rb"url\(|@import|https?:", content.partition(b"</head>")[0])
    assert ("html", {"lang": "ru"}) in tags
    assert ("meta", {"charset": "utf-8"}) in tags
    assert {given["scope"] for tag, given in tags if tag == "th"} == {"row", "col"}
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in zip([0, *levels], levels, strict=False))


def test_html_can_be_read_in_light_and_dark() -> None:
    pairs = re.findall(r"color: (#\w+); background: (#\w+)", html._STYLE)
    assert len(pairs) == 3
    assert all(_contrast(*pair) >= 7 for pair in pairs)  # WCAG 2.2, 1.4.6: AAA
    borders = re.findall(r"(?:border: 1px solid|border-color:) (#\w+)", html._STYLE)
    grounds = ("#fff", "#16181b", "#fff")
    assert all(_contrast(*pair) >= 3 for pair in zip(borders, grounds, strict=True))


def _contrast(first: str, second: str) -> float:
    """The contrast of two colours (WCAG 2.2, «contrast ratio»)."""
    bright, dark = sorted(map(_luminance, (first, second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part < 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# PDF


@needs_office
@pytest.mark.filterwarnings("ignore::EncodingWarning")  # pypdfium2 opens its version so
@pytest.mark.parametrize("source", [SAMPLES[-1], CASES / "clean" / "crops-kk.txt"], ids=_name)
def test_libreoffice_prints_all_words(source: Path) -> None:
    import pypdfium2

    model = profstd.load(source).model
    content = _rendered(model, "pdf")
    assert b"/CreationDate(D:19800101000000Z)" in content
    printed = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in printed]
    assert len(pages) > 5
    shown = re.sub(r"[\s\ufffe\x02-]", "", "".join(pages))
    texts = (
        leaf
        for path, leaf in leaves(model)
        if isinstance(leaf, str)
        and not path.startswith("/source/")
        and path.keys[-1] not in _SAID_OTHERWISE
    )
    words = {word for text in texts for word in re.findall(r"\w{2,}", text)}
    assert not {word for word in words if word not in shown}


def test_what_libreoffice_fails_at_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failures: Iterator[Any] = iter([None, office.OfficeError("office_slow", seconds=9), None])

    def convert(data: bytes, suffix: str, to: str) -> bytes:
        assert (suffix, to) == (".docx", ".pdf")
        if failure := next(failures):
            raise failure
        return data

    monkeypatch.setattr(pdf, "convert", convert)
    files = stream([fragments.document(fragments.standard({}))] * 3, "pdf")
    assert next(files).name == "fragment.pdf"
    with pytest.raises(UnwritableError) as caught:
        next(files)
    assert (caught.value.file, caught.value.reason) == ("fragment-2.pdf", "office_slow")
    assert caught.value.arguments == {"seconds": 9}
    assert [file.name for file in files] == ["fragment-3.pdf"]


def test_a_pdf_without_its_date_keeps_its_places() -> None:
    def made(date: bytes, checksum: bytes) -> bytes:
        return (
            b"%PDF-1.6\n1 0 obj<</CreationDate(D:" + date + b")>>\nendobj\ntrailer\n<</ID [ <"
            + checksum + b">\n<" + checksum + b"> ]\n/DocChecksum /" + checksum + b">>\n%%EOF\n"
        )  # fmt: skip

    first = made(b"20261121235200Z'", b"A" * 32)
    second = made(b"20261121235159Z'", b"0" * 32)
    assert pdf._without_date(first) == pdf._without_date(second)
    assert len(pdf._without_date(first)) == len(first)
