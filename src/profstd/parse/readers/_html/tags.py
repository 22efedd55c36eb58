"""The tags of a page, one after the other; what stands between two is its text.

Source: HTML Living Standard, 13.2.5 "Tokenization". Where a page breaks off inside a tag,
a comment or a quoted value, browsers show nothing of the rest: here the tag or comment
ends at its first ``>``, so that no text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

START, END, RAW, TEXT, SKIP = range(5)

# Kind, first character, end (exclusive), name in small letters, the attributes as written.
# RAW is an element whose content is no markup, TEXT a section that is text whatever it
# holds (CDATA): the last of them is that content. SKIP is a comment or a declaration.
Tag: TypeAlias = tuple[int, int, int, str, str]

_TAG = re.compile(
    r"""<(?:
      ([a-zA-Z][^\s/>]*+) ((?: [^>="']++ | =\s*+(?:"[^"]*+"|'[^']*+')?+ | ["'] )*+) >
    | / ([a-zA-Z][^\s/>]*+) [^>]*+ >
    | ([!?/])
    | ([a-zA-Z][^\s/>]*+) ([^>]*+) >
    )""",
    re.VERBOSE,
)
_PLAIN_TAG = re.compile(r"<(?:([a-zA-Z][^\s/>]*+)([^>]*+)>|/([a-zA-Z][^\s/>]*+)[^>]*+>|([!?/]))")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?+>", re.IGNORECASE)
_RAW = frozenset(
    ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript")
)
_SWALLOWING = ("script", "style")  # without an end they reach to the end of the page


def tags(text: str, *, xml: bool = False) -> Iterator[Tag]:
    """All tags of a page; `xml` says that ``<a/>`` is an element without content."""
    search = _TAG.search
    ends = _Ends(text)
    stop = text.rfind(">") + 1
    at = 0
    while match := search(text, at, stop):
        start, at = match.span()
        found = match.lastindex
        if found == 2 or found == 6:
            name, facts = match.group(found - 1, found)
            name = name.lower()
            if found == 6:
                # From here on some quotation mark has no partner: tags end where they seem to.
                search = _PLAIN_TAG.search
            if name in _RAW and not (xml and facts.endswith("/")):
                content, end = ends.of_element(name, at)
                if end > at:
                    yield RAW, start, end, name, text[at:content]
                    at = end
                    continue
            yield START, start, at, name, facts
        elif found == 3:
            yield END, start, at, match[3].lower(), ""
        elif text.startswith("<!--", start):
            at = ends.of_comment(start, at)
            yield SKIP, start, at, "", ""
        elif text.startswith("<![CDATA[", start) and (end := ends.of("]]>", start)):
            yield TEXT, start, end, "", text[start + 9 : end - 3]
            at = end
        else:
            doctype = _DOCTYPE.match(text, start)
            at = doctype.end() if doctype else text.index(">", start) + 1
            yield SKIP, start, at, "", ""


class _Ends:
    """Looks for the ends of what is no mere tag; what is not there is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._absent: set[str] = set()

    def of(self, sign: str, start: int) -> int:
        """The end of the next `sign`; 0 where there is none."""
        if sign in self._absent:
            return 0
        at = self._text.find(sign, start)
        if at < 0:
            self._absent.add(sign)
            return 0
        return at + len(sign)

    def of_comment(self, start: int, at: int) -> int:
        """The end of the comment that begins at `start`; ``<!-->`` and ``<!--->`` are whole."""
        text = self._text
        for short in ("<!-->", "<!--->"):
            if text.startswith(short, start):
                return start + len(short)
        return self.of("-->", start + 4) or text.index(">", at) + 1

    def of_element(self, name: str, start: int) -> tuple[int, int]:
        """Where the content of a raw element ends, and where its end tag does.

        Both are 0 where there is no end tag and the element would swallow the page.
        """
        match = None if name in self._absent else _end_tag(name).search(self._text, start)
        if match:
            return match.span()
        self._absent.add(name)
        return (len(self._text),) * 2 if name in _SWALLOWING else (0, 0)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])[^>]*+>", re.IGNORECASE)
