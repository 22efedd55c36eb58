"""Text of a PDF that is there and not seen, or seen and not there: it is read, or told."""

from __future__ import annotations

import pytest

from pdf_writer import Writer, image, lines, text
from profstd.document import Document
from profstd.parse import ReadSettings, load_bytes
from profstd.parse.settings import Engine

WORDS = [f"Professional standard of the welder and of others, line {at}" for at in range(6)]
SECRET = text("secret", y=500)


def load(data: bytes, engine: Engine = "pdfium") -> Document:
    document = load_bytes(data, "a.pdf", settings=ReadSettings(engine=engine))
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters
    return document


def one(
    content: str, entries: str = "", resources: str = "", writer: Writer | None = None
) -> bytes:
    writer = writer or Writer()
    writer.page(lines(WORDS) + content, entries=entries, resources=resources)
    return writer.made()


def told(document: Document) -> dict[str, str]:
    """What is said of the text of a file, by its kind."""
    said = {}
    for item in document.observations:
        values = {name: item.arguments.get(name) for name in ("text", "part", "pages")}
        found = [str(value) for value in values.values() if value]
        if found:
            said[item.kind] = found[0]
    return said


def read(document: Document) -> str:
    assert document.account
    return " ".join(place.text for place in document.account.places)


def layered(state: str) -> bytes:
    """Text of a layer that is on or off (ISO 32000-1, 8.11)."""
    writer = Writer()
    layer = writer.add("<</Type/OCG/Name(Layer)>>")
    states = f"/OCProperties<</OCGs[{layer} 0 R]/D<</{state}[{layer} 0 R]>>>>"
    writer.catalog = states
    content = f"/OC /L BDC {SECRET} EMC"
    return one(content, resources=f"/Properties<</L {layer} 0 R>>", writer=writer)


def clear(ink: str) -> bytes:
    writer = Writer()
    state = writer.add(f"<</Type/ExtGState/ca {ink}>>")
    return one(f"/G gs {SECRET}", resources=f"/ExtGState<</G {state} 0 R>>", writer=writer)


def on_a_picture() -> bytes:
    writer = Writer()
    name = f"/XObject<</P {image(writer)} 0 R>>"
    picture = "q 200 0 0 30 50 490 cm /P Do Q 1 g "
    return one(picture + SECRET, resources=name, writer=writer)


HIDDEN = {
    "white": one("1 g " + SECRET),
    "white by another name": one("0 0 0 0 k " + SECRET),
    "without ink": one("3 Tr " + SECRET),
    "as a clip": one("BT 7 Tr /F 12 Tf 60 500 Td (secret) Tj ET"),
    "in a line": one("BT /F 12 Tf 60 500 Td (shown ) Tj 1 g (secret ) Tj 0 g (again) Tj ET"),
    "of a layer that is off": layered("OFF"),
    "that lets all light through": clear("0"),
    "too small": one(text("secret", y=500, size=0.2)),
    "turned and white": one("1 g BT /F 12 Tf 0 1 -1 0 300 300 Tm (secret) Tj ET"),
    "off the page": one(text("secret", 2000, 2000)),
    "outside of what is shown": one(text("secret", 60, 500), "/CropBox[0 520 595 842]"),
}
SEEN = {
    "white on grey": one("0.5 g 0 490 500 30 re f 1 g " + SECRET),
    "white on a picture": on_a_picture(),
    "black": one(SECRET),
    "pale": one("0.8 g " + SECRET),
    "of a layer that is on": layered("ON"),
    "that lets half the light through": clear("0.5"),
    "with an outline only": one("1 g 0 G 1 Tr " + SECRET),
    "small": one(text("secret", y=500, size=3)),
    "turned": one("BT /F 12 Tf 0 1 -1 0 300 300 Tm (secret) Tj ET"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_text_that_nobody_sees_is_told_and_not_read(name: str) -> None:
    document = load(HIDDEN[name])
    assert told(document) == {"hidden_text": "secret"}
    assert "secret" not in read(document)
    assert WORDS[5] in read(document)
    assert ("shown again" in read(document)) == (name == "in a line")


@pytest.mark.parametrize("name", SEEN)
def test_text_that_is_seen_is_read(name: str) -> None:
    document = load(SEEN[name])
    assert told(document) == {}
    assert "secret" in read(document)


@pytest.mark.parametrize(
    "content", [text("secret", y=500, size=0), "BT /F 12 Tf 0 0 0 0 60 500 Tm (secret) Tj ET"]
)
def test_text_without_a_size_is_told(content: str) -> None:
    assert told(load(one(content))) == {"not_assessed": "sizeless_text"}
    assert "hidden_text" in told(load(one(content), "pdfplumber"))


def test_turned_text_without_a_height_is_hidden() -> None:
    content = "BT /F 12 Tf 0 1 0 0 300 300 Tm (secret) Tj ET"
    assert told(load(one(content), "pdfplumber")) == {"hidden_text": "secret"}


def test_text_that_the_engine_cuts_is_told() -> None:
    assert told(load(one(text("w" * 32_767, y=500)))) == {"not_assessed": "long_text"}
    several = "".join(text("w" * 60, y=680 - 6 * at) for at in range(100))
    assert told(load(one(several))) == {}


def scan(content: str) -> bytes:
    """A page covered by a picture, with text recognised on it, and a page of text."""
    writer = Writer()
    name = f"/XObject<</P {image(writer)} 0 R>>"
    picture = "q 560 0 0 800 10 10 cm /P Do Q\n"
    writer.page(picture + content, resources=name)
    writer.page(lines(f"Another page, {line}" for line in WORDS))
    return writer.made()


def test_text_recognised_on_a_scan_is_read_and_said_to_be() -> None:
    document = load(scan("3 Tr " + lines(WORDS)))
    assert told(document) == {"recognised_text": "1"}
    assert WORDS[5] in read(document)
    assert document.account
    assert not document.account.not_assessed


def test_text_on_a_picture_is_text() -> None:
    document = load(scan(lines(WORDS)))
    assert told(document) == {}
    assert WORDS[5] in read(document)
