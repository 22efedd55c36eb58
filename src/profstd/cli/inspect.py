"""``profstd inspect``: a page as the reader saw it, as a picture and in words."""

from __future__ import annotations

from pathlib import Path

from profstd import locale
from profstd.cli.checking import internal
from profstd.cli.outcome import EXIT_WRONG
from profstd.cli.session import Session
from profstd.cli.sources import source
from profstd.document import Pointer, UnreadableError
from profstd.locale import Words
from profstd.parse.inspection import Inspection
from profstd.validate.excerpt import printable
from profstd.validate.place import describe

_LONGEST = 100  # characters of a value


def inspect(session: Session, file: str, *, page: int, output: str) -> int:
    """Write the picture of a page and say what is on it; the exit code comes out."""
    from profstd.parse import inspection

    given = source(file)
    configuration = session.configuration(given.path)
    if configuration is None:
        return EXIT_WRONG
    path = Path(file)
    try:
        found = inspection.inspect(path, page, configuration.reading())
    except UnreadableError as error:
        session.fail(given.name, error.reason, session.words, **error.arguments)
        return EXIT_WRONG
    except Exception as error:
        session.tell(given.name, internal(error), session.words)
        return EXIT_WRONG
    session.save(Path(output), found.picture)
    words = locale.load(configuration.lang or found.document.model.language)
    session.show(_legend(found, page, Path(output).name, words))
    return 0


def _legend(found: Inspection, page: int, picture: str, words: Words) -> str:
    """What the numbers and the colours of the picture stand for."""
    model = found.document.model
    lines = [
        words.say("inspect.title", picture=printable(picture), page=page, pages=found.pages),
        words.say("inspect.colours"),
    ]
    part = ""
    for number, (path, text) in enumerate(found.values.items(), start=1):
        place = describe(model, path, words)
        if place.part != part:
            part = place.part
            lines.append(printable(part))
        value = Pointer(path).resolve(model)
        # A value that is no text (a level, a recognition) is shown as the page has it.
        shown = value if isinstance(value, str) and " " in value else text
        steps = printable(" → ".join(place.steps))
        lines.append(f"{number:>4}  {steps}: «{printable(_short(shown))}»")
    lines += [
        words.say("inspect.unplaced", text=printable(_short(text))) for text in found.unplaced
    ]
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
