"""A page's text as blocks, in one pass over its tags.

Elements are opened and closed as browsers do it (HTML Living Standard, 13.2.6 "Tree
construction"), as far as text depends on it; no tree is built, and nothing recurses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from profstd.document import ROOT, Block, NotAssessed, Observation
from profstd.parse.readers._html.effects import Effects
from profstd.parse.readers._html.elements import Elements, Open
from profstd.parse.readers._html.lines import Places
from profstd.parse.readers._html.lists import Lists, integer
from profstd.parse.readers._html.roles import attributes
from profstd.parse.readers._html.structures import Structures
from profstd.parse.readers._html.styles import Styles
from profstd.parse.readers._html.tags import END, RAW, START, TEXT, tags
from profstd.parse.readers._html.writer import Writer
from profstd.parse.settings import ReadSettings

_Opener: TypeAlias = Callable[[str, str, int], None]
_Closer: TypeAlias = Callable[[str], None]

_BLOCKS = (
    *("address", "article", "aside", "blockquote", "button", "center", "details", "dialog"),
    *("div", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "legend"),
    *("main", "nav", "p", "section", "summary", "template", "datalist"),
    *("object", "search", "pre", "listing"),
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Inline elements that are special whatever their attributes say.
_SPECIAL = ("del", "ins", "rt", "rp", "select")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr", "frame")
)  # fmt: skip
_SHOWN_INPUTS = frozenset(("", "text", "number", "email", "tel", "url", "date"))
_VALUE = re.compile(r"""(?<![-\w])value\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.IGNORECASE)
_SMALLEST_PICTURE = 100  # pixels; what is smaller is a sign or an ornament
_DRAWN = re.compile(r"\.(?:svg|ico|gif)(?:[?#]|$)|^data:image/(?:svg|gif)", re.IGNORECASE)
# The beginning of a tag, in which a page breaks off; what is Cyrillic may be text.
_CUT_TAG = re.compile(r"<[/!?]?[a-zA-Z][^<>\u0400-\u04ff]*\Z")
_XML = re.compile(r"\s*<\?xml\s", re.IGNORECASE)


class Page:
    """Reads the text of one page; the blocks and all there is to tell are there afterwards.

    `places` knows where its characters stand in the file; None where nothing does.
    """

    def __init__(self, text: str, file: str, settings: ReadSettings, places: Places | None) -> None:
        self._text = text
        self._settings = settings
        self._styles = Styles()
        self._writer = Writer(file, places)
        self._elements = Elements(self._writer)
        accept = settings.tracked_changes == "accepted"
        self._effects = Effects(text, self._writer, accept_changes=accept)
        self._structures = Structures(
            self._elements, self._effects, self._writer, Lists(text, self._styles)
        )
        self.not_assessed: list[NotAssessed] = []
        self.is_scripted = self.is_framed = False
        self._openers = dict(self._all_openers())
        self._closers = dict(self._all_closers())

    def _all_openers(self) -> Iterator[tuple[str, _Opener]]:
        of = self._structures
        yield from dict.fromkeys(_BLOCKS, self._open_block).items()
        yield from dict.fromkeys(_HEADINGS, self._open_heading).items()
        yield from dict.fromkeys(_SPECIAL, self._open_inline).items()
        yield from dict.fromkeys(("html", "body", "head", "col", "colgroup"), _ignore).items()
        yield from dict.fromkeys(("ul", "ol", "menu", "dir"), of.open_list).items()
        yield from dict.fromkeys(("dt", "dd"), of.open_definition).items()
        yield from dict.fromkeys(("td", "th"), of.open_cell).items()
        yield from dict.fromkeys(("thead", "tbody", "tfoot"), of.open_group).items()
        yield from (("li", of.open_item), ("dl", of.open_definitions), ("table", of.open_table))
        yield from (("tr", of.open_row), ("caption", of.open_caption))
        yield from dict.fromkeys(("option", "optgroup"), self._begin_line).items()
        yield from (("br", self._break_line), ("hr", self._rule))
        yield from (("img", self._note_picture), ("input", self._take_input))
        yield from dict.fromkeys(("embed", "canvas"), self._note_file).items()
        yield "frameset", self._note_frames

    def _all_closers(self) -> Iterator[tuple[str, _Closer]]:
        of, close = self._structures, self._elements.close
        yield from dict.fromkeys((*_BLOCKS, "ul", "ol", "menu", "dir", "dl"), close).items()
        yield from dict.fromkeys(("dt", "dd"), close).items()
        yield from dict.fromkeys(_HEADINGS, lambda _: close("h")).items()
        yield from dict.fromkeys(("td", "th"), of.close_cell).items()
        yield from dict.fromkeys(("thead", "tbody", "tfoot"), of.close_group).items()
        yield from (("li", of.close_item), ("tr", of.close_row), ("table", of.close_table))
        yield "br", lambda _: self._writer.break_line()

    def read(self) -> tuple[Block, ...]:
        """All blocks of the page."""
        text, writer = self._text, self._writer
        openers, closers = self._openers, self._closers
        watched = self._elements.watched
        xml = _XML.match(text) is not None
        done = 0
        for kind, start, end, name, held in tags(text, xml=xml):
            if start > done:
                writer.take(done, text[done:start])
            done = end
            if kind == START:
                if opener := openers.get(name):
                    opener(name, held, end)
                elif held or name in watched:
                    self._open_inline(name, held, end)
                if xml and held.endswith("/") and name not in _VOID:
                    self._close(name)
            elif kind == END:
                if closer := closers.get(name):
                    closer(name)
                elif name in watched:
                    self._elements.close_inline(name)
            elif kind == RAW:
                self._take_raw(name, held, text.index(">", start) + 1)
            elif kind == TEXT:
                writer.take(start + len("<![CDATA["), held)
        if not done:
            writer.pre += 1  # a text without a single tag, whatever its name says
        if done < len(text):
            writer.take(done, _CUT_TAG.sub("", text[done:]))
        return self._finish()

    def _finish(self) -> tuple[Block, ...]:
        self._structures.finish()
        self._elements.pop_to(0)
        self._writer.begin_block()
        flow = self._writer.flow
        if not flow.has_text:
            # Nothing but what seemed to be the site's: then it is not.
            flow.bring_back()
        return tuple(flow.blocks)

    @property
    def markup(self) -> int:
        """How many characters are shown, or written for no width, and say nothing."""
        return self._writer.markup

    def observations(self) -> Iterator[Observation]:
        """Hidden text and tracked changes."""
        effects, writer = self._effects, self._writer
        if effects.insertions or effects.deletions:
            counts = {"insertions": effects.insertions, "deletions": effects.deletions}
            read = {"read": self._settings.tracked_changes}
            yield Observation("tracked_changes", ROOT, counts | read)
        if writer.hidden_at is not None:
            text = " ".join(writer.hidden_text)
            yield Observation("hidden_text", ROOT, {"text": text}, writer.span(writer.hidden_at))

    def _close(self, name: str) -> None:
        if closer := self._closers.get(name):
            closer(name)
        elif name in self._elements.watched:
            self._elements.close_inline(name)

    def _open_block(self, name: str, facts: str, _at: int) -> None:
        elements = self._elements
        elements.begin_block()
        role = self._effects.role_of(name, facts)
        if not role:
            elements.open(name)
            return
        element = Open(name)
        self._effects.enter(element, role, facts)
        elements.push(element)

    def _open_heading(self, name: str, facts: str, _at: int) -> None:
        elements = self._elements
        elements.begin_block()
        if elements.stack and getattr(elements.stack[-1], "name", "") == "h":
            elements.pop()
        element = Open("h")
        if role := self._effects.role_of(name, facts):
            self._effects.enter(element, role, facts)
        self._effects.enter_heading(element)
        elements.push(element)

    def _open_inline(self, name: str, facts: str, _at: int) -> None:
        role = self._effects.role_of(name, facts)
        if role:
            element = Open(name, inline=True)
            self._effects.enter(element, role, facts)
            self._elements.watch(element)
        elif outer := self._elements.watched.get(name):
            outer.nested += 1

    def _break_line(self, name: str, facts: str, _at: int) -> None:
        self._writer.break_line()
        if facts and (role := self._effects.role_of(name, facts)):
            self._effects.enter(Open(name, inline=True), role, facts)

    def _begin_line(self, _name: str, _facts: str, _at: int) -> None:
        self._writer.begin_block()

    def _rule(self, _name: str, _facts: str, _at: int) -> None:
        self._elements.begin_block()
        self._writer.flow.gap = True

    def _take_raw(self, name: str, content: str, at: int) -> None:
        """An element whose content is no markup; only text areas show it."""
        if name == "style":
            self._styles.add(content)
            self._effects.add_sheet(content)
        elif name == "script":
            self.is_scripted = True
        elif name in ("textarea", "xmp"):
            self._elements.begin_block()
            self._writer.pre += 1
            self._writer.take(at, content)
            self._elements.begin_block()
            self._writer.pre -= 1

    # What is no text

    @property
    def _is_content(self) -> bool:
        writer = self._writer
        return not (writer.hidden or writer.gone or writer.aside or self._effects.regions)

    def _note_picture(self, _name: str, facts: str, at: int) -> None:
        """A picture in the content that is large enough for text in it."""
        if not self._is_content:
            return
        given = attributes(facts)
        sizes = [size for name in ("width", "height") if (size := integer(given.get(name)))]
        ornament = given.get("alt", " ") == "" or given.get("role") in ("presentation", "none")
        drawn = _DRAWN.search(given.get("src", "")[:2000])
        if not ornament and not drawn and all(size >= _SMALLEST_PICTURE for size in sizes):
            self._writer.count()
            self.not_assessed.append(NotAssessed("picture", self._writer.span(at)))

    def _note_file(self, _name: str, _facts: str, at: int) -> None:
        if self._is_content:
            self._writer.count()
            self.not_assessed.append(NotAssessed("embedded_file", self._writer.span(at)))

    def _note_frames(self, _name: str, _facts: str, _at: int) -> None:
        self.is_framed = True

    def _take_input(self, _name: str, facts: str, at: int) -> None:
        """What is filled in a field of a form is shown like text."""
        kind = attributes(facts).get("type", "").lower()
        if kind in _SHOWN_INPUTS and (match := _VALUE.search(facts)):
            written = next(index for index, value in enumerate(match.groups(), 1) if value)
            self._writer.take(at - 1 - len(facts) + match.start(written), match[written])


def _ignore(_name: str, _facts: str, _at: int) -> None:
    pass
