"""A Markdown file as the page that it shows, and where that page's characters stand in it.

Sources: CommonMark 0.31, GitHub Flavored Markdown 0.29, section 4.10 (tables). The numbers
of lists are text here: renderers count them anew, people type what they mean.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from profstd.document import Lines, UnreadableError

_DEEPEST = 60  # quotations and lists in one another
_LONGEST_INLINE = 50_000  # characters of a paragraph in which marks are looked for
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FRONT = re.compile(r"---[ \t]*\n(?:(?!---|\.\.\.).*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_SPECIAL = re.compile("[&<>]")
_ORDINAL = re.compile(r"(?<![^\s>])([0-9]{1,9}[.)])(?=\s|$)")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ELEMENTS = {
    "paragraph": "p",
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "ordered_list": "div",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}


class Composed:
    """The page in the making: its HTML, and the way back from every character.

    `place` gives the line and the column in the Markdown file.
    """

    def __init__(self, text: str) -> None:
        self._lines = Lines(text)
        self._parts: list[str] = []
        self._length = 0
        self._starts = [0]
        self._sources = [0]

    @property
    def html(self) -> str:
        """The page."""
        return "".join(self._parts)

    def put(self, markup: str, source: int | None = None) -> None:
        """Add markup; `source` is where it stands in the file, None where it stands nowhere."""
        if source is not None:
            self._starts.append(self._length)
            self._sources.append(source)
        self._parts.append(markup)
        self._length += len(markup)

    def put_text(self, text: str, source: int) -> None:
        """Add text that stands in the file, character for character, from `source` on."""
        done = 0
        for match in _SPECIAL.finditer(text):
            if match.start() > done:
                self.put(text[done : match.start()], source + done)
            self.put(_ESCAPES[match[0]], source + match.start())
            done = match.end()
        if done < len(text):
            self.put(text[done:], source + done)

    def place(self, index: int) -> tuple[int, int]:
        """Line and column in the file of the character `index` of the page."""
        at = bisect_right(self._starts, index) - 1
        return self._lines.place(self._sources[at] + index - self._starts[at])


def compose(text: str, file: str, seconds: float) -> Composed:
    """The page that `text` shows.

    Raises UnreadableError: unsafe where quotations or lists are nested too deep,
    slow where it takes more than `seconds`.
    """
    return _Composer(text, file, seconds).composed()


class _Composer:
    def __init__(self, text: str, file: str, seconds: float) -> None:
        self._file = file
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._text = text
        self._lines = [match.span(1) for match in _LINE.finditer(text)]
        self._page = Composed(text)
        self._number: tuple[str, int] | None = None
        self._lists: list[bool] = []  # of the lists that are open, whether they are numbered
        self._in_cell = False
        self._cell_at = 0  # where in the file the next cell of the row is looked for
        self._parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(
            ["table", "strikethrough"]
        )
        self._parser.core.ruler.disable(["inline", "text_join"])
        self._handlers: dict[str, Callable[[Token], None]] = {
            "inline": self._inline,
            "list_item_open": self._open_item,
            "list_item_close": lambda _: self._page.put(
                "</li>" if not self._lists[-1] else "</div>"
            ),
            "code_block": self._code,
            "fence": self._code,
            "html_block": self._markup,
            "hr": lambda _: self._page.put("<hr>"),
        }

    def composed(self) -> Composed:
        """The whole page."""
        text = "\n".join(self._text[start:end] for start, end in self._lines)
        if front := _FRONT.match(text):
            self._front_matter(text[: front.end()].count("\n"))
            text = "\n" * text[: front.end()].count("\n") + text[front.end() :]
        env: dict[str, object] = {}
        self._environment = env
        for token in self._parser.parse(text, env):
            if token.level >= _DEEPEST - 1:
                raise UnreadableError(self._file, "unsafe")  # what is deeper was not parsed
            if handler := self._handlers.get(token.type):
                handler(token)
            elif token.nesting:
                self._element(token)
        return self._page

    def _front_matter(self, lines: int) -> None:
        """What programs want to know of the file, before its text, is furniture."""
        self._page.put("<nav><pre>")
        for start, end in self._lines[:lines]:
            self._page.put_text(self._text[start:end], start)
            self._page.put("\n")
        self._page.put("</pre></nav>")

    def _element(self, token: Token) -> None:
        kind = token.type.rpartition("_")[0]
        name = token.tag if kind == "heading" else _ELEMENTS.get(kind)
        if kind in ("bullet_list", "ordered_list"):
            if token.nesting > 0:
                self._lists.append(kind == "ordered_list")
            else:
                self._lists.pop()
        if kind == "tr" and token.map:
            self._cell_at = self._lines[token.map[0]][0]
        self._in_cell = kind in ("th", "td") and token.nesting > 0
        if name and not token.hidden:
            self._page.put(f"<{name}>" if token.nesting > 0 else f"</{name}>")

    def _open_item(self, token: Token) -> None:
        if not self._lists[-1]:
            self._page.put("<li>")
            return
        self._page.put("<div>")
        start, end = self._lines[token.map[0]] if token.map else (0, 0)
        match = _ORDINAL.search(self._text, start, end)
        at = match.start(1) if match else start
        self._number = f"{token.info}{token.markup} ", at

    def _put_number(self) -> None:
        if self._number is not None:
            number, at = self._number
            self._number = None
            self._page.put_text(number, at)

    def _code(self, token: Token) -> None:
        self._put_number()
        first = (token.map[0] if token.map else 0) + (token.type == "fence")
        self._page.put("<pre>")
        for line, start in self._located(token.content, first):
            self._page.put_text(line, start)
            self._page.put("\n")
        self._page.put("</pre>")

    def _markup(self, token: Token) -> None:
        """HTML stands for itself."""
        for line, start in self._located(token.content, token.map[0] if token.map else 0):
            self._page.put(line, start)
            self._page.put("\n")

    def _located(self, content: str, first: int) -> Iterator[tuple[str, int]]:
        """The lines of a block and where they begin in the file; `first` is the first, from 0."""
        for number, line in enumerate(content.split("\n"), start=first):
            start, end = self._lines[min(number, len(self._lines) - 1)]
            at = self._text.find(line, start, end)
            yield line, at if at >= 0 else start

    # What stands in a line

    def _inline(self, token: Token) -> None:
        if time.monotonic() > self._deadline:
            raise UnreadableError(self._file, "slow", seconds=f"{self._seconds:g}")
        self._put_number()
        content = token.content
        first = token.map[0] if token.map else 0
        if self._in_cell:
            runs = self._cell(content, first)
        else:
            runs, at = [], 0
            for line, source in self._located(content, first):
                runs.append((at, source))
                at += len(line) + 1
        children: list[Token] = []
        inline = _Inline(content, runs, self._page)
        if len(content) <= _LONGEST_INLINE:
            self._parser.inline.parse(content, self._parser, self._environment, children)
            inline.put(children)
        else:
            inline.put_whole()

    def _cell(self, content: str, line: int) -> list[tuple[int, int]]:
        """Where a cell stands; a «|» in it is written with a backslash before it."""
        start, end = self._lines[line]
        at = max(start, self._cell_at)
        for written in (content, content.replace("|", "\\|")):
            found = self._text.find(written, at, end)
            if found >= 0:
                self._cell_at = found + len(written)
                escapes = (match.start() for match in re.finditer(r"\|", content))
                if written is content:
                    return [(0, found)]
                bars = [(bar, found + bar + done) for done, bar in enumerate(escapes, start=1)]
                return [(0, found), *bars]
        return [(0, at)]


class _Inline:
    """The text of one paragraph or cell, piece by piece."""

    def __init__(self, content: str, runs: list[tuple[int, int]], page: Composed) -> None:
        self._content = content
        self._page = page
        self._runs = runs  # from where on in the content, and there in the file, they are alike
        self._starts = [start for start, _ in runs]
        self._done = 0

    def put_whole(self) -> None:
        """Add the content as it is written."""
        ends = [*(at for at, _ in self._runs[1:]), len(self._content)]
        for (at, source), end in zip(self._runs, ends, strict=True):
            self._page.put_text(self._content[at:end], source)

    def put(self, tokens: list[Token]) -> None:
        """Add what `tokens` show to the page."""
        page = self._page
        for token in tokens:
            if token.type in ("text", "code_inline"):
                self._put_text(token.content)
            elif token.type == "text_special":
                source = self._find(token.markup)
                page.put("".join(_ESCAPES.get(sign, sign) for sign in token.content), source)
            elif token.type == "html_inline":
                page.put(token.content, self._find(token.content))
            elif token.type == "softbreak":
                page.put("\n")
            elif token.type == "hardbreak":
                page.put("<br>")
            elif token.type == "image":
                page.put(
                    f'<img src="{_quoted(token.attrs.get("src", ""))}">', self._source(self._done)
                )

    def _put_text(self, text: str) -> None:
        at = self._content.find(text, self._done)
        if at < 0:
            # Code over several lines, of which Markdown makes one.
            self._page.put_text(text, self._source(self._done))
            return
        self._done = at + len(text)
        first, last = bisect_right(self._starts, at), bisect_left(self._starts, self._done)
        cuts = [at, *self._starts[first:last], self._done]
        for start, end in pairwise(cuts):
            self._page.put_text(self._content[start:end], self._source(start))

    def _find(self, written: str) -> int:
        at = self._content.find(written, self._done)
        if at < 0:
            at = self._done
        else:
            self._done = at + len(written)
        return self._source(at)

    def _source(self, at: int) -> int:
        begin, source = self._runs[bisect_right(self._starts, at) - 1]
        return source + at - begin


def _quoted(value: object) -> str:
    return str(value).replace("&", "&amp;").replace('"', "&quot;")
