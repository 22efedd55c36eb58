"""The text of paragraphs as it is shown: one side of changes, fields by their results.

What is on no page stays out: deleted text, comments, the codes of fields. Hidden text is
kept apart, to be reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from profstd.parse.readers._word.changes import Changes
from profstd.parse.readers._word.content import Content, Hanging, Line
from profstd.parse.readers._word.names import (
    VAL,
    Properties,
    children,
    first,
    long,
    number,
    switch,
    value,
)
from profstd.parse.readers._word.package import Element, Elements
from profstd.parse.readers._word.parts import KINDS, kind_of
from profstd.parse.readers._word.styles import Style, Styles
from profstd.parse.readers._word.symbols import symbol

_RPR, _RSTYLE = long("w:rPr"), long("w:rStyle")
_VANISH, _BOLD = long("w:vanish"), long("w:b")
_TELLING = frozenset((_RSTYLE, _VANISH, _BOLD))
_TYPE, _ID = long("w:type"), long("w:id")
_FIELD, _FIELD_TYPE = long("w:fldChar"), long("w:fldCharType")
_CHAR, _FONT = long("w:char"), long("w:font")
_CONTROL, _PLACEHOLDER = long("w:sdtPr"), long("w:showingPlcHdr")
_DROP_DOWN = f"{long('w:ffData')}/{long('w:ddList')}"
_CHECK_BOX = f"{long('w:ffData')}/{long('w:checkBox')}"
_CHECKED = long("w:checked")
_LIST_ENTRY, _RESULT, _DEFAULT = long("w:listEntry"), long("w:result"), long("w:default")
_TEXT = long("w:t")
_NOTES = {long(f"w:{note}Reference"): note for note in ("footnote", "endnote")}
ALTERNATIVES = long("mc:AlternateContent")
_CHOICE, _FALLBACK = long("mc:Choice"), long("mc:Fallback")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Signs without a width say nothing; those that part cells and lines in a text are spaces here.
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_CLEAN = {ord(sign): None for sign in _WIDTHLESS} | {ord(sign): " " for sign in "\t\n\r\f\v"}
_HYPHEN = "\u2011"
_CLEAN[ord(_HYPHEN)] = "-"
_DIRTY = re.compile(f"[{''.join(map(chr, _CLEAN))}\uf000-\uf0ff]")
_ENOUGH = 20  # characters of a field's code that show what it is
_PRIVATE = re.compile("[\uf000-\uf0ff]")

_SKIPPED = frozenset(
    long(f"w:{name}")
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "fldData", "ffData"),
        *("instrText", "delText", "delInstrText", "rt", "annotationRef"),
    )
)


Drawn: TypeAlias = Callable[[Element], list[str]]


class Look(NamedTuple):
    """What a run says of itself; None is "not spoken of"."""

    hidden: bool | None = None
    bold: bool | None = None


_PLAIN = Look()


class Flow:
    """The running text of one story: the body, a header, the notes.

    `add` takes a paragraph in and may be called again for one that the next is joined
    to; `take` gives what has come together. Fields go on from paragraph to paragraph.
    `drawn` gives the words of a diagram or a chart that an element shows.
    """

    def __init__(
        self, root: Element, styles: Styles, changes: Changes, hidden: list[str], drawn: Drawn
    ) -> None:
        self._drawn = drawn
        self._styles = styles
        self._changes = changes
        self._hidden = hidden
        self._skipped = _SKIPPED | changes.gone
        self._unclosed = _unclosed(root, self._skipped)
        self._fields: list[_Field] = []
        self._codes = self._contents = 0  # fields whose code goes on, tables of contents
        self._style = Style()
        self._looks: dict[tuple[str, ...], Look] = {}
        self._clear()
        handlers: dict[str, Callable[[Element], None]] = {
            "w:r": self._run,
            "w:t": self._words,
            "m:t": self._words,
            "a:t": self._words,
            "w:br": self._break,
            "w:cr": self._break,
            "w:tab": self._tab,
            "w:ptab": self._tab,
            "w:noBreakHyphen": self._hyphen,
            "w:sym": self._symbol,
            "w:fldChar": self._field,
            "w:sdt": self._control,
            "w:txbxContent": self._box,
            "v:textpath": self._art,
            "m:den": self._denominator,
            "mc:AlternateContent": self._alternative,
            "w:instrText": self._code,
        }
        if changes.rejected:
            handlers |= {"w:delText": self._words, "w:delInstrText": self._code}
        self._handlers = {long(name): handler for name, handler in handlers.items()}
        self._handlers |= dict.fromkeys(KINDS, self._part) | dict.fromkeys(_NOTES, self._note)

    def _clear(self) -> None:
        self._text: list[str | bool] = []  # a bool ends a line, True a page as well
        self._hanging: Hanging | None = None
        self._bold = True
        self._in_contents = False
        self._dropped = 0
        self._ends_page = False

    def add(self, paragraph: Elements, style: Style) -> None:
        """Take in the content of a paragraph that has the style `style`."""
        self._style = style
        self._walk(paragraph)

    def take(self) -> Content:
        """What was added since the last time."""
        lines = self._lines() if self._text else ()
        # By position: by name it takes twice as long.
        content = Content(
            lines, self._hanging, self._dropped, self._ends_page, self._bold, self._in_contents
        )
        self._clear()
        return content

    def _lines(self) -> tuple[Line, ...]:
        """The lines that came together, without those that are blank."""
        if len(self._text) == 1 and isinstance(only := self._text[0], str):
            text = self._cleaned(only)  # as nearly all paragraphs are
            return (Line(text, False),) if text else ()
        lines: list[Line] = []
        parts: list[str] = []
        new_page = False
        for part in (*self._text, False):
            if isinstance(part, str):
                parts.append(part)
                continue
            text = self._cleaned("".join(parts))
            if text:
                lines.append(Line(text, new_page))
                new_page = False
            parts, new_page = [], new_page or part
        self._ends_page = new_page
        return tuple(lines)

    def _cleaned(self, text: str) -> str:
        """What a line shows; "" where it is blank."""
        # What can be printed is not dirty, but for one sign: the search takes five times as long.
        if not (text.isprintable() and _HYPHEN not in text) and _DIRTY.search(text):
            clean = _PRIVATE.sub(lambda sign: symbol(ord(sign[0]), None), text)
            clean = clean.translate(_CLEAN)
            self._dropped += len(text) - len(clean)
            text = clean
        if text.isspace():
            self._dropped += len(text)
            return ""
        return text

    def _walk(self, elements: Elements) -> None:
        handlers = self._handlers
        for child in elements:
            tag = child.tag
            handler = handlers.get(tag)
            if handler is not None:
                handler(child)
            elif tag not in self._skipped and len(child):
                self._walk(child[:])

    def _put(self, text: str) -> None:
        if not self._codes:
            if self._contents:
                self._in_contents = True
            self._text.append(text)

    def _run(self, run: Element) -> None:
        inside = run[:]
        style = self._style
        hidden, bold = style.hidden, style.bold
        printed = first(inside, _RPR)
        if printed is not None:
            own = self._look(printed)
            hidden = hidden if own.hidden is None else own.hidden
            bold = bold if own.bold is None else own.bold
        if hidden:
            if text := self._changes.words(run):
                self._hidden.append(text)
            for part in inside:
                if part.tag == _FIELD:
                    self._field(part)
            return
        if not bold:
            self._bold = False
        self._walk(inside)

    def _look(self, printed: Element) -> Look:
        """What the properties of a run say; those of which only the style is said are kept."""
        if len(printed) != 1 or printed[0].tag != _RSTYLE:
            return self._read_look(children(printed))
        said = tuple(printed[0].values())  # a third of the time of `get`
        look = self._looks.get(said)
        if look is None:
            look = self._looks[said] = self._read_look(children(printed))
        return look

    def _read_look(self, printed: Properties) -> Look:
        properties = self._changes.counting(printed, _RPR)
        if _TELLING.isdisjoint(properties):
            return _PLAIN
        styled = value(properties, _RSTYLE)
        style = self._styles.run(styled) if styled else None
        hidden, bold = switch(properties, _VANISH), switch(properties, _BOLD)
        if style is not None:
            hidden = style.hidden if hidden is None else hidden
            bold = style.bold if bold is None else bold
        return Look(hidden, bold)

    def _words(self, element: Element) -> None:
        text = element.text
        if not text:
            return
        if "\n" in text and element.get(_SPACE) != "preserve":
            # The file was indented for reading: Word does not show that.
            stripped = text.strip()
            self._dropped += len(text) - len(stripped)
            text = stripped
        if not self._codes:
            if self._contents:
                self._in_contents = True
            self._text.append(text)

    def _break(self, element: Element) -> None:
        if not self._codes:
            self._text.append(element.get(_TYPE) in ("page", "column"))

    def _tab(self, _element: Element) -> None:
        self._put(" ")

    def _hyphen(self, _element: Element) -> None:
        self._put("-")

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(_CHAR) or "", 16)
        except ValueError:
            return
        self._put(symbol(code, element.get(_FONT)))

    def _code(self, element: Element) -> None:
        if self._fields and self._fields[-1].in_code:
            field = self._fields[-1]
            field.code = (field.code + (element.text or ""))[:_ENOUGH]

    def _field(self, element: Element) -> None:
        kind = element.get(_FIELD_TYPE)
        if kind == "begin":
            choices = element.find(_DROP_DOWN)
            if choices is not None:
                self._put(_chosen(choices))
            elif (box := element.find(_CHECK_BOX)) is not None:
                states = children(box)
                checked = switch(states, _CHECKED)
                checked = switch(states, _DEFAULT) if checked is None else checked
                self._put("☒" if checked else "☐")
            if element not in self._unclosed:
                self._fields.append(_Field())
                self._codes += 1
        elif kind == "separate" and self._fields and self._fields[-1].in_code:
            self._fields[-1].in_code = False
            self._codes -= 1
            self._contents += self._fields[-1].is_contents
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            self._codes -= field.in_code
            self._contents -= field.is_contents and not field.in_code

    @property
    def _hung(self) -> Hanging:
        if self._hanging is None:
            self._hanging = Hanging()
        return self._hanging

    def _note(self, element: Element) -> None:
        self._hung.notes.append((_NOTES[element.tag], element.get(_ID) or ""))

    def _control(self, element: Element) -> None:
        if not switch(children(first(element, _CONTROL)), _PLACEHOLDER):
            self._walk(element[:])
        elif text := self._changes.words(element):
            self._hung.hints.append(text)

    def _box(self, element: Element) -> None:
        self._hung.boxes.append(element)

    def _art(self, element: Element) -> None:
        """Words that are drawn as a shape (VML, ECMA-376, part 4, 19.1.2.22)."""
        if words := " ".join((element.get("string") or "").split()):
            self._hung.boxes.append(words)

    def _part(self, element: Element) -> None:
        if self._codes:
            return
        kind = kind_of(element)
        words = self._drawn(element)
        self._hung.boxes += words
        if not words or kind == "chart":  # its numbers are not read
            self._hung.parts.append(kind)

    def _denominator(self, element: Element) -> None:
        self._put("/")
        self._walk(element[:])

    def _alternative(self, element: Element) -> None:
        if (branch := chosen_branch(element)) is not None:
            self._walk(branch[:])


class _Field:
    """A field that has begun: whether its code goes on, and that code."""

    def __init__(self) -> None:
        self.in_code = True
        self.code = ""

    @property
    def is_contents(self) -> bool:
        """Whether the field makes a table of contents."""
        return self.code.split()[:1] == ["TOC"]


def chosen_branch(element: Element) -> Element | None:
    """The one branch of alternatives that counts: the first with text, else the first."""
    branches = [*element.findall(_CHOICE), *element.findall(_FALLBACK)]
    with_text = (branch for branch in branches if next(branch.iter(_TEXT), None) is not None)
    return next(with_text, branches[0] if branches else None)


def _unclosed(root: Element, skipped: frozenset[str]) -> set[Element]:
    """The beginnings of fields that have no end, or one that was deleted.

    All the text after such a one would count as a part of the field.
    """
    begun: list[Element] = []
    for element in root.iter(_FIELD):
        if any(above.tag in skipped for above in element.iterancestors()):
            continue
        kind = element.get(_FIELD_TYPE)
        if kind == "begin":
            begun.append(element)
        elif kind == "end" and begun:
            begun.pop()
    return set(begun)


def _chosen(choices: Element) -> str:
    """The entry that a drop-down field of a form shows."""
    entries = choices.findall(_LIST_ENTRY)
    properties = children(choices)
    at = number(value(properties, _RESULT) or value(properties, _DEFAULT))
    return (entries[at].get(VAL) or "") if 0 <= at < len(entries) else ""
