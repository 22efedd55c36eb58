"""What a Word file must keep to, as far as it can be told without Word (ECMA-376, 5th edition).

The sequences are those of part 1 with what part 4 (transitional) adds, in the order of
annex A.1; a run's properties may stand in any order since the 2nd edition, but readers that
keep to the 1st want them so.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Elements of other namespaces are extensions, which readers that do not know them pass over.
_KNOWN = (W, "{http://schemas.openxmlformats.org/officeDocument/2006/math}")
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

SEQUENCES = {
    # 17.3.1.26
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    # 17.3.2.28
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike "
    "outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern "
    "position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange",
    # 17.4.37, 17.4.59, 17.4.48, 17.4.42, 17.4.39
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription tblPrChange",
    "tblGrid": "gridCol tblGridChange",
    "tblCellMar": "top start left bottom end right",
    "tblBorders": "top start left bottom end right insideH insideV",
    # 17.4.78, 17.4.65, 17.4.69
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange",
    # 17.6.17
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings sectPrChange",
    # 17.7.4.18, 17.7.5.1, 17.7.4.17
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr "
    "trPr tcPr tblStylePr",
    # 17.15.1.78, without what mail merges and forms need
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime "
    "doNotDisplayPageBoundaries displayBackgroundShape embedTrueTypeFonts embedSystemFonts "
    "saveSubsetFonts mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors proofState "
    "attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType "
    "revisionView trackRevisions documentProtection defaultTabStop autoHyphenation "
    "hyphenationZone clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
    "drawingGridHorizontalSpacing drawingGridVerticalSpacing "
    "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery noPunctuationKerning "
    "characterSpacingControl savePreviewPicture doNotValidateAgainstSchema saveInvalidXml "
    "ignoreMixedContent alwaysShowPlaceholderText updateFields hdrShapeDefaults footnotePr "
    "endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping "
    "doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions shapeDefaults "
    "decimalSymbol listSeparator",
}
# What stands there no more than once.
_MANY = frozenset(
    ("tr", "tc", "p", "gridCol", "headerReference", "footerReference", "style", "tblStylePr")
)
# Of part 1, 11.3, and part 2, 11.1; no other part is needed.
_REQUIRED = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def faults(content: bytes) -> list[str]:
    """Everything by which a Word file does not keep to the specification."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {
            name: etree.fromstring(archive.read(name))
            for name in names
            if name.endswith((".xml", ".rels"))
        }
    found = [f"{name}: twice in the archive" for name in set(names) if names.count(name) > 1]
    found += [f"{name}: missing" for name in _REQUIRED if name not in names]
    found += _of_types(parts["[Content_Types].xml"], names)
    for name, root in parts.items():
        if name.endswith(".rels"):
            found += _of_relations(name, root, parts)
        elif name.startswith("word/"):
            found += (f"{name}: {fault}" for fault in _of_order(root))
            for table in root.iter(f"{W}tbl"):
                found += (f"{name}: {fault}" for fault in _of_grid(table))
    if (core := parts.get("docProps/core.xml")) is not None:
        tags = [child.tag for child in core]  # part 2, 10.2: none is repeated
        found += [f"docProps/core.xml: {tag} twice" for tag in set(tags) if tags.count(tag) > 1]
    return found + list(_of_styles(parts))


def _of_types(root: Any, names: list[str]) -> Iterator[str]:
    """Part 2, 9.1.2.1: every part has a type, and no type is that of nothing."""
    defaults = {item.get("Extension").lower() for item in root.iter(f"{_TYPES}Default")}
    overrides = [item.get("PartName") for item in root.iter(f"{_TYPES}Override")]
    for name in names[1:]:
        if f"/{name}" not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name}: no content type"
    for name in overrides:
        if name.removeprefix("/") not in names or overrides.count(name) > 1:
            yield f"{name}: a content type of no part, or two"
    if names[0] != "[Content_Types].xml":
        yield "the content types are not the first entry"


def _of_relations(name: str, root: Any, parts: dict[str, Any]) -> Iterator[str]:
    """Part 2, 9.3: ids are unique, targets are there; what is pointed at is known."""
    folder, file = posixpath.split(name)
    folder = posixpath.dirname(folder)
    identities = [item.get("Id") for item in root]
    if len(set(identities)) < len(identities):
        yield f"{name}: an id twice"
    for item in root:
        target = posixpath.normpath(posixpath.join("/", folder, item.get("Target")))[1:]
        if item.get("TargetMode") != "External" and target not in parts:
            yield f"{name}: {target} is missing"
    source = parts.get(posixpath.join(folder, file.removesuffix(".rels")))
    for element in () if source is None else source.iter():
        for key, value in element.items():
            if key == f"{_R}id" and value not in identities:
                yield f"{name}: {value} is pointed at"


def _of_order(root: Any) -> Iterator[str]:
    for tag, sequence in SEQUENCES.items():
        order = sequence.split()
        for element in root.iter(f"{W}{tag}"):
            children = [_short(child) for child in element if child.tag.startswith(_KNOWN)]
            unknown = [name for name in children if name not in order]
            places = [order.index(name) for name in children if name in order]
            repeated = {name for name in children if children.count(name) > 1} - _MANY
            if unknown or repeated or places != sorted(places):
                yield f"{tag}: {' '.join(children)}"[:300]
            if tag == "tc" and children[-1:] != ["p"]:
                yield "tc: its last is no paragraph"


def _short(element: Any) -> str:
    return str(etree.QName(element).localname)


def _of_grid(table: Any) -> Iterator[str]:
    """17.4.48, 17.4.17, 17.4.84: rows fill the grid; what goes on downwards has begun above."""
    if (grid := table.find(f"{W}tblGrid")) is None:
        yield "tbl: no grid"
        return
    widths = [int(column.get(f"{W}w")) for column in grid]
    whole = table.find(f"{W}tblPr").find(f"{W}tblW")
    if whole.get(f"{W}type") == "dxa" and int(whole.get(f"{W}w")) != sum(widths):
        yield "tblW: not the sum of the grid"
    above: set[tuple[int, int]] = set()
    for row in table.iter(f"{W}tr"):
        column, begun = 0, set()
        for cell in row.iter(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
            width = 1 if span is None else int(span.get(f"{W}val"))
            if int(properties.find(f"{W}tcW").get(f"{W}w")) != sum(widths[column:][:width]):
                yield f"tcW: not the sum of the columns from {column}"
            if merge is not None:
                if merge.get(f"{W}val") != "restart" and (column, width) not in above:
                    yield f"vMerge: nothing above column {column}"
                begun.add((column, width))
            column += width
        above = begun
        if column != len(widths):
            yield f"tr: {column} columns of {len(widths)}"
    if _short(table.getnext()) != "p":
        yield "tbl: touches what follows"


def _of_styles(parts: dict[str, Any]) -> Iterator[str]:
    """17.7.4: ids are unique, and what names a style names one that is there."""
    styles = parts["word/styles.xml"]
    named = [style.get(f"{W}styleId") for style in styles.iter(f"{W}style")]
    if len(set(named)) < len(named):
        yield "styles: an id twice"
    tags = [f"{W}{tag}" for tag in ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")]
    for name, root in parts.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            strange = {item.get(f"{W}val") for item in root.iter(*tags)} - set(named)
            yield from (f"{name}: no style {style}" for style in strange)
