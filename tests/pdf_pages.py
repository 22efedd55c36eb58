"""PDF files written as raw objects: text, lines, areas and pictures where they are wanted.

The font has an encoding of its own and the same width for every letter, so that a test
knows where each stands: a letter is half as wide as the font is large.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

A4 = (595.0, 842.0)
_FIRST = 32  # the code of the first letter
_LETTER = 500  # thousandths of the font's size


class Sheet:
    """A page; places are points from its top left corner."""

    def __init__(self, width: float = A4[0], height: float = A4[1], more: str = "") -> None:
        self.width = width
        self.height = height
        self.more = more
        self._operators: list[str] = []
        self._texts: list[str] = []

    def raw(self, operators: str) -> Sheet:
        """Content operators as they are."""
        self._operators.append(operators)
        return self

    def text(
        self, x: float, y: float, text: str, size: float = 10.0, matrix: str = "1 0 0 1"
    ) -> Sheet:
        """A text with its baseline at `y`; `matrix` turns it."""
        at = len(self._texts)
        self._texts.append(text)
        place = f"{matrix} {x:g} {self.height - y:g}"
        return self.raw(f"BT /F {size:g} Tf {place} Tm <\0{at}\0> Tj ET")

    def lines(self, x: float, y: float, texts: Iterable[str], pitch: float = 12.0) -> Sheet:
        """Texts one below the other."""
        for number, text in enumerate(texts):
            self.text(x, y + pitch * number, text)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> Sheet:
        """A stroked line."""
        top = self.height
        return self.raw(f"{width:g} w {x0:g} {top - y0:g} m {x1:g} {top - y1:g} l S")

    def bar(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.0) -> Sheet:
        """A filled area, thin or wide."""
        box = f"{x0:g} {self.height - y1:g} {x1 - x0:g} {y1 - y0:g}"
        return self.raw(f"q {grey:g} g {box} re f Q")

    def grid(self, xs: Iterable[float], ys: Iterable[float]) -> Sheet:
        """The lines of a table."""
        xs, ys = sorted(xs), sorted(ys)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A picture, grey all over."""
        place = f"{x1 - x0:g} 0 0 {y1 - y0:g} {x0:g} {self.height - y1:g}"
        return self.raw(f"q {place} cm /I Do Q")

    def content(self, codes: dict[str, int]) -> bytes:
        """The content stream."""
        content = "\n".join(self._operators)
        for at, text in enumerate(self._texts):
            encoded = "".join(f"{codes.setdefault(sign, _FIRST + len(codes)):02x}" for sign in text)
            content = content.replace(f"\0{at}\0", encoded, 1)
        return content.encode("latin-1")


def write(*sheets: Sheet, unicode: bool = True, extra: str = "") -> bytes:
    """The PDF of some pages; without `unicode` its letters are not told, only drawn."""
    codes: dict[str, int] = {}
    contents = [sheet.content(codes) for sheet in sheets]
    assert len(codes) <= 256 - _FIRST
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: _font(codes, unicode=unicode),
        4: _stream(_mapping(codes).encode(), "/Type/CMap"),
        5: _stream(
            b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            "/BitsPerComponent 8"
        ),
    }  # fmt: skip
    kids = []
    for number, (sheet, content) in enumerate(zip(sheets, contents, strict=True)):
        at = 10 + 2 * number
        kids.append(f"{at} 0 R")
        box = (
            "" if "/MediaBox" in sheet.more else f"/MediaBox[0 0 {sheet.width:g} {sheet.height:g}]"
        )
        page = (
            f"<</Type/Page/Parent 2 0 R{box}{sheet.more}/Contents {at + 1} 0 R"
            f"/Resources<</Font<</F 3 0 R>>/XObject<</I 5 0 R>>{extra}>>>>"
        )
        objects[at] = page.encode()
        objects[at + 1] = _stream(content)
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return assemble(objects)


def assemble(objects: dict[int, bytes]) -> bytes:
    """A file of numbered objects; the first is its catalogue."""
    data = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    start = len(data)
    size = max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        used = number in places
        data += b"%010d %05d %c \n" % (places.get(number, 0), 0 if used else 65535, b"fn"[used])
    data += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(data)


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{more}>>".encode()
    return b"%b\nstream\n%b\nendstream" % (head, packed)


def _font(codes: dict[str, int], *, unicode: bool) -> bytes:
    widths = " ".join([str(_LETTER)] * max(len(codes), 1))
    known = "/ToUnicode 4 0 R" if unicode else ""
    return (
        f"<</Type/Font/Subtype/TrueType/BaseFont/Plain/FirstChar {_FIRST}"
        f"/LastChar {_FIRST + max(len(codes), 1) - 1}/Widths[{widths}]{known}"
        "/FontDescriptor<</Type/FontDescriptor/FontName/Plain/Flags 32/Ascent 800/Descent -200"
        "/CapHeight 700/ItalicAngle 0/StemV 80/FontBBox[0 -200 1000 800]>>>>"
    ).encode()


def _mapping(codes: dict[str, int]) -> str:
    lines = [f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items()]
    groups = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(g)} beginbfchar\n" + "\n".join(g) + "\nendbfchar" for g in groups)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{body}\nendcmap end end"
    )
