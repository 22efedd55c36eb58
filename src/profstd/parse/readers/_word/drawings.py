"""The words of diagrams and charts, which stand in parts of their own.

Source: ECMA-376, part 1, 21.4 (DrawingML, diagrams) and 21.2 (charts); those of newer
programs are described in [MS-ODRAWXML], section 2.24.3.
"""

from __future__ import annotations

from profstd.parse.readers._word.names import long, number
from profstd.parse.readers._word.package import Element

_POINT, _LINK, _TYPE = long("dgm:pt"), long("dgm:cxn"), "type"
_P, _T = long("a:p"), long("a:t")
_VALUE, _CACHED, _LEVEL = long("c:v"), long("c:strCache"), long("c:lvl")
_NEW_VALUE, _NEW_POINT, _NEW_WORDS = long("cx:v"), long("cx:pt"), long("cx:strDim")
# Points that are no more than the drawing of others, or of what is between them.
_DRAWN = ("pres", "parTrans", "sibTrans")
_MOST_POINTS = 10_000


def words_of(root: Element) -> list[str]:
    """The texts of a diagram's data, in its order, or of a chart: its titles and names."""
    is_diagram = next(root.iter(_POINT), None) is not None
    return _of_diagram(root) if is_diagram else _of_chart(root)


def _of_diagram(root: Element) -> list[str]:
    points = {point.get("modelId") or "": point for point in root.iter(_POINT)}
    below: dict[str, list[tuple[int, str]]] = {}
    for link in root.iter(_LINK):
        if link.get(_TYPE, "parOf") == "parOf":
            place = number(link.get("srcOrd")), link.get("destId") or ""
            below.setdefault(link.get("srcId") or "", []).append(place)
    # From the diagram itself down; then whatever hangs on nothing, as it is written.
    waiting = [*reversed(points), *(name for name in points if _is_whole(points[name]))]
    texts: list[str] = []
    while waiting and len(texts) < _MOST_POINTS:
        name = waiting.pop()
        point = points.pop(name, None)
        if point is None:
            continue
        if point.get(_TYPE) not in _DRAWN:
            texts += _paragraphs(point)
        waiting += [item for _, item in sorted(below.get(name, ()), reverse=True)]
    return texts


def _is_whole(point: Element) -> bool:
    return bool(point.get(_TYPE) == "doc")


def _of_chart(root: Element) -> list[str]:
    texts: list[str] = []
    for element in root.iter(_P, _VALUE, _NEW_VALUE, _NEW_POINT):
        if element.tag == _P:
            texts += _paragraph(element)
        elif _is_name(element):
            texts.append(" ".join((element.text or "").split()))
    # Each series names its categories anew.
    return [text for text in dict.fromkeys(texts) if text]


def _is_name(value: Element) -> bool:
    """Whether a value is a word and no number."""
    if value.tag == _NEW_POINT:
        return next(value.iterancestors(_NEW_WORDS), None) is not None
    above = value.getparent().getparent() if value.tag == _VALUE else None
    return value.tag == _NEW_VALUE or (above is not None and above.tag in (_CACHED, _LEVEL))


def _paragraphs(element: Element) -> list[str]:
    return [text for paragraph in element.iter(_P) for text in _paragraph(paragraph)]


def _paragraph(paragraph: Element) -> list[str]:
    text = " ".join("".join(part.text or "" for part in paragraph.iter(_T)).split())
    return [text] if text else []
