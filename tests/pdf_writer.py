"""Writes PDF files by hand, right and wrong ones: objects, streams, the table of places.

ISO 32000-1, section 7.5 (file structure).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


class Writer:
    """A PDF in the making; objects 1 and 2 are the catalog and the page tree."""

    def __init__(self, catalog: str = "", pages: str = "") -> None:
        self._objects: dict[int, bytes] = {}
        self._next = 3
        self.catalog, self._pages = catalog, pages
        self._kids: list[int] = []
        self.font = self.add(FONT)

    def add(self, text: str | bytes, at: int | None = None) -> int:
        """Put an object in; its number."""
        number = self._next if at is None else at
        self._next = max(self._next, number + 1)
        self._objects[number] = text.encode("latin-1") if isinstance(text, str) else text
        return number

    def stream(self, content: bytes | str, head: str = "", *, packed: bool = True) -> int:
        """Put a stream in, packed or not; its number."""
        content = content.encode("latin-1") if isinstance(content, str) else content
        if packed:
            content, head = zlib.compress(content), f"{head}/Filter/FlateDecode"
        start = f"<<{head}/Length {len(content)}>>\nstream\n".encode("latin-1")
        return self.add(start + content + b"\nendstream")

    def page(
        self,
        content: bytes | str,
        *,
        box: str = "0 0 595 842",
        entries: str = "",
        resources: str = "",
    ) -> int:
        """Put a page in; its number. The font F stands ready."""
        stream = self.stream(content)
        number = self.add(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents {stream} 0 R{entries}"
            f"/Resources<</Font<</F {self.font} 0 R>>{resources}>>>>"
        )
        self._kids.append(number)
        return number

    def again(self, number: int, times: int = 1) -> None:
        """Put a page into the page tree again."""
        self._kids += [number] * times

    def made(self) -> bytes:
        """The file."""
        self._objects.setdefault(1, f"<</Type/Catalog/Pages 2 0 R{self.catalog}>>".encode())
        kids = " ".join(f"{number} 0 R" for number in self._kids)
        tree = f"<</Type/Pages/Kids[{kids}]/Count {len(self._kids)}{self._pages}>>"
        self._objects.setdefault(2, tree.encode())
        result = bytearray(b"%PDF-1.7\n")
        places = {}
        for number, content in sorted(self._objects.items()):
            places[number] = len(result)
            result += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start, size = len(result), max(places) + 1
        result += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            known = number in places
            result += b"%010d %05d %s \n" % (
                (places[number], 0, b"n") if known else (0, 65535, b"f")
            )
        result += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
        return bytes(result)


def text(words: str, x: float = 60, y: float = 700, size: float = 12) -> str:
    """Operators that show words."""
    return f"BT /F {size:g} Tf {x:g} {y:g} Td ({words}) Tj ET\n"


def lines(words: Iterable[str], y: float = 780) -> str:
    """Operators that show lines one below the other."""
    return "".join(text(line, y=y - 16 * at) for at, line in enumerate(words))


def table(x: float, y: float, wide: float, high: float, rows: int, columns: int) -> str:
    """Operators that draw the lines of a table; `x` and `y` are its lower left corner."""
    across = (f"{x} {y + high * at} m {x + wide * columns} {y + high * at} l S\n"
              for at in range(rows + 1))  # fmt: skip
    down = (f"{x + wide * at} {y} m {x + wide * at} {y + high * rows} l S\n"
            for at in range(columns + 1))  # fmt: skip
    return "".join((*across, *down))


def image(writer: Writer) -> int:
    """A grey picture; its number."""
    head = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
    return writer.stream(b"\x80" * 4, head)
