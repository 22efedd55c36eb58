"""PDF files that ask for far more memory or time than they have bytes: refused before that."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

from pdf_writer import Writer, lines
from profstd.document import UnreadableError
from profstd.parse import ReadSettings, load_bytes
from profstd.parse.readers._pdf.streams import TooLargeError, undo
from profstd.parse.readers._pdf.weight import LIMIT, meaning_of, weigh

WORDS = lines(f"Professional standard of the welder, line {at}" for at in range(9))
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
PATHS = b"0 0 m 9 9 l S\n"
LARGE = b" " * 30_000_000
SMALL = ReadSettings(max_unpacked_size=20_000_000, time_limit=20)


def one(content: str | bytes, writer: Writer | None = None, **page: str) -> bytes:
    writer = writer or Writer()
    writer.page(content, **page)
    return writer.made()


def with_contents(contents: str, writer: Writer) -> bytes:
    """A page whose contents stand in the file already."""
    page = writer.add(
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {contents}"
        f"/Resources<</Font<</F {writer.font} 0 R>>>>>>"
    )
    writer.again(page)
    return writer.made()


def repeated(*, apart: bool = False) -> bytes:
    """A page with one content a thousand times."""
    writer = Writer()
    content = writer.stream(PATHS * 10_000)
    array = "[" + f"{content} 0 R " * 1_000 + "]"
    return with_contents(f"{writer.add(array)} 0 R" if apart else array, writer)


def coded() -> bytes:
    """A page whose content is called by a name written with codes."""
    writer = Writer()
    content = writer.stream(PATHS * 10_000)
    array = "[" + f"{content} 0 R " * 1_000 + "]"
    return with_contents("null/C#6fntents" + array, writer)


def called(times: int, size: int) -> bytes:
    """A page that draws a form many times."""
    writer = Writer()
    form = writer.stream(PATHS * size, FORM)
    return one("/X Do " * times, writer, resources=f"/XObject<</X {form} 0 R>>")


def chained(deep: int) -> bytes:
    """Forms without names of their own, which draw those of the page: each one twice."""
    writer = Writer()
    named = ""
    for at in range(deep):
        named += f"/X{at} {writer.stream(f'/X{at - 1} Do ' * 2 if at else PATHS, FORM)} 0 R"
    return one(f"/X{deep - 1} Do ", writer, resources=f"/XObject<<{named}>>")


def lettered(shapes: int) -> bytes:
    """A font whose letters are drawings (ISO 32000-1, 9.6.5), all the same large one."""
    writer = Writer()
    shape = writer.stream(b"100 0 0 0 9 9 d1 " + PATHS * 20_000)
    names = "".join(f"/g{at} {shape} 0 R" for at in range(shapes))
    codes = "".join(f"/g{at}" for at in range(shapes))
    writer.font = writer.add(
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.01 0 0 .01 0 0]/FirstChar 0"
        f"/LastChar {shapes - 1}/Widths[{'9 ' * shapes}]/CharProcs<<{names}>>"
        f"/Encoding<</Type/Encoding/Differences[0 {codes}]>>>>"
    )
    return one("BT /F 12 Tf 9 9 Td <000102030405> Tj ET", writer)


def meaningful(letters: int) -> bytes:
    """A font one code of which means many letters (9.10.3)."""
    writer = Writer()
    table = writer.stream(f"1 beginbfchar <77> <{'0041' * letters}> endbfchar")
    writer.font = writer.add(
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {table} 0 R>>"
    )
    return one("BT /F 1 Tf 9 9 Td " + f"({'w' * 1_000}) Tj " * 100 + "ET", writer)


def noted(times: int) -> bytes:
    """Notes with one look, which is large."""
    writer = Writer()
    look = writer.stream(PATHS * 10_000, FORM)
    note = writer.add(
        f"<</Type/Annot/Subtype/FreeText/Rect[9 9 99 99]/Contents(x)/AP<</N {look} 0 R>>>>"
    )
    return one(WORDS, writer, entries=f"/Annots[{f'{note} 0 R ' * times}]")


def packed(filters: str, content: bytes) -> bytes:
    writer = Writer()
    return with_contents(f"{writer.stream(content, f'/Filter{filters}', packed=False)} 0 R", writer)


def packed_objects(blanks: int) -> bytes:
    """A page that stands in a stream of objects (7.5.7) with many blanks after it."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[6 0 R]/Count 1>>",
        4: _stream(b"6 0 " + page + b" " * blanks, b"/Type/ObjStm/N 1/First 4"),
        5: _stream(WORDS.encode(), b""),
    }
    result, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(result)
        result += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places[7] = len(result)
    rows = [(0, 0, 0), *((1, places.get(number, 0), 0) for number in range(1, 8))]
    rows[6], rows[3] = (2, 4, 0), (0, 0, 0)
    table = b"".join(bytes([kind]) + at.to_bytes(4, "big") + b"\0" for kind, at, _ in rows)
    head = b"/Type/XRef/Size 8/W[1 4 1]/Root 1 0 R"
    result += b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (_stream(table, head), places[7])
    return bytes(result)


def _stream(content: bytes, head: bytes) -> bytes:
    content = zlib.compress(content)
    head += b"/Filter/FlateDecode/Length %d" % len(content)
    return b"<<%s>>\nstream\n%s\nendstream" % (head, content)


def disguised() -> bytes:
    """Packed bytes that hold the word which ends a stream, right at their beginning."""
    packer = zlib.compressobj(0)
    begin = packer.compress(b"endstream " * 10) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    rest = packer.compress(LARGE) + packer.flush()
    return packed("/FlateDecode", begin + rest)


TWICE = zlib.compress(zlib.compress(LARGE, 9), 9)
RUNS = zlib.compress(b"\x81 " * (len(LARGE) // 128) + b"\x80", 9)
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a content": ("unpacked_too_large", lambda: one(LARGE)),
    "packed twice": ("unpacked_too_large", lambda: packed("[/FlateDecode/Fl]", TWICE)),
    "packed twice by codes": (
        "unpacked_too_large",
        lambda: packed("[/Fl#61teDecode/FlateDecode]", TWICE),
    ),
    "run lengths": (
        "unpacked_too_large",
        lambda: packed("[/FlateDecode/RunLengthDecode]", RUNS),
    ),
    "a false end": ("unpacked_too_large", disguised),
    "objects": ("unpacked_too_large", lambda: packed_objects(30_000_000)),
    "contents": ("unpacked_too_large", lambda: repeated()),
    "contents elsewhere": ("unpacked_too_large", lambda: repeated(apart=True)),
    "contents by another name": ("unpacked_too_large", coded),
    "paths": ("unsafe", lambda: one(PATHS * 1_200_000)),
    "calls of a form": ("unsafe", lambda: called(1_000, 2_000)),
    "calls of the page's forms": ("unsafe", lambda: chained(40)),
    "letters that are drawings": ("unsafe", lambda: lettered(200)),
    "letters": ("unsafe", lambda: one(f"BT /F 1 Tf ({'w' * 30_000}) Tj ET " * 50)),
    "codes that mean much": ("unsafe", lambda: meaningful(250)),
    "open marks": ("unsafe", lambda: one("/P BMC 0 0 m 9 9 l S " * 100_000)),
    "pictures in the content": (
        "unsafe",
        lambda: one("BI/W 1/H 1/BPC 8/CS/G ID \x80 EI " * 400_000),
    ),
    "notes": ("unsafe", lambda: noted(200)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused(name: str) -> None:
    reason, make = BOMBS[name]
    with pytest.raises(UnreadableError) as caught:
        load_bytes(make(), "a.pdf", settings=SMALL)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "make",
    [
        lambda: packed_objects(1_000),
        lambda: packed("[/FlateDecode/Fl]", zlib.compress(zlib.compress(WORDS.encode()))),
        lambda: packed("[/AHx/Fl]", zlib.compress(WORDS.encode()).hex().encode() + b">"),
        lambda: packed("/ASCIIHexDecode", WORDS.encode().hex().encode() + b">"),
        lambda: one(WORDS + "0 0 m 9 9 l S\n" * 50_000),
    ],
)
def test_the_like_of_them_is_read(make: Callable[[], bytes]) -> None:
    document = load_bytes(make(), "a.pdf", settings=SMALL)
    assert document.account
    # A page without fonts of its own has the letters of another one.
    assert document.account.characters > 200


def test_a_time_limit_holds_within_a_page() -> None:
    settings = ReadSettings(time_limit=0.5, engine="pdfplumber")
    with pytest.raises(UnreadableError, match="slow"):
        load_bytes(one("0 0 m 9 9 l n\n" * 200_000 + WORDS), "a.pdf", settings=settings)


def test_tables_of_codes_without_end_are_refused() -> None:
    writer = Writer()
    table = writer.stream("1 beginbfrange <00000000> <7FFFFFFF> <0041> endbfrange")
    writer.font = writer.add(
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {table} 0 R>>"
    )
    with pytest.raises(UnreadableError, match="unsafe"):
        load_bytes(one(WORDS, writer), "a.pdf", settings=ReadSettings(engine="pdfplumber"))


def test_what_packs_is_undone_as_far_as_allowed() -> None:
    from pdfminer.lzw import lzwdecode

    packed = bytes([0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01])  # 7.4.4.2, example
    assert undo(packed, [b"LZWDecode"], 99) == lzwdecode(packed) == b"-----A---B"
    assert undo(b"\x02abc\xfed\x80x", [b"RunLengthDecode"], 99) == b"abcddd"
    assert undo(b"any", [b"DCTDecode"], 99) == b""
    with pytest.raises(TooLargeError):
        undo(packed, [b"LZWDecode"], 5)
    with pytest.raises(TooLargeError):
        undo(zlib.compress(b"123456"), [b"FlateDecode"], 5)


def test_weights() -> None:
    assert weigh(b"0 0 m 9 9 l S 1 1 1 1 re f*") == 2
    assert weigh(b"BT (abc) Tj [(a) 9 (b)] TJ <00> ' ET") == 3 + 5 + 3 + 3 + 4
    assert weigh(b"(abc) Tj", meaning=3) == 1 + 15
    assert weigh(b"/P BMC " * 3 + b"S") < 9
    assert weigh(b"/P BMC S " * 30_000) > LIMIT
    assert weigh(b"/P BMC S EMC " * 30_000) <= LIMIT
    assert meaning_of(b"<01> <00410042> <02> <0043>") == 2
    assert meaning_of(b"") == 1
