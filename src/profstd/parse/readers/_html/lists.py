"""Lists and the numbers of their items, which stand nowhere in a page's text.

Source: HTML Living Standard, 4.4.5 to 4.4.8 (ol, ul, menu, li) and 15.3.7 "Lists".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from profstd.parse.readers._html.styles import BULLET, Marker, Styles, numbered

_INTEGER = re.compile(r"\s*([+-]?[0-9]+)")
_DIGITS = 9  # of numbers that matter; larger ones are as large
_MOST_LOOKED_AT = 2_000_000  # characters of all reversed lists of a page


class ItemList:
    """One list, counting."""

    def __init__(self, marker: Marker, start: int, step: int, above: str) -> None:
        self._marker = marker
        self._next = start
        self._step = step
        self._above = above
        self.number = ""
        self.item_is_open = False

    def advance(self, value: int | None, own: Marker | None) -> str | None:
        """What stands before the next item, its number with all signs; None: no number."""
        count = self._next if value is None else value
        self._next = count + self._step
        marker = self._marker if own is None else own
        if marker.style is None:
            self.number = ""
            return None
        self.number = numbered(count, marker.style)
        if marker.between is not None:
            self.number = f"{self._above}{marker.between if self._above else ''}{self.number}"
        return f"{marker.before}{self.number}{marker.after}"


class Lists:
    """Makes the lists of a page."""

    def __init__(self, text: str, styles: Styles) -> None:
        self._text = text
        self._styles = styles
        self._looked_at = 0

    def begin(self, tag: str, given: Mapping[str, str], at: int, above: str) -> ItemList:
        """The list that begins at `at`; `above` is the number of the item it stands in."""
        marker = self._styles.of_list(
            tag, given.get("class", "").split(), given.get("style", ""), given.get("type", "")
        )
        start = integer(given.get("start"))
        if "reversed" not in given or tag != "ol":
            return ItemList(marker, 1 if start is None else start, 1, above)
        return ItemList(marker, self._items(at) if start is None else start, -1, above)

    def marker(self, given: Mapping[str, str]) -> Marker | None:
        """The marker that an item with these attributes has of its own."""
        return self._styles.of_item(
            given.get("class", "").split(), given.get("style", ""), given.get("type", "")
        )

    def _items(self, at: int) -> int:
        """How many items the list has that begins at `at`: a reversed one counts down."""
        depth, count, stop = 1, 0, at
        end = at + max(0, _MOST_LOOKED_AT - self._looked_at)
        for match in _LISTED.finditer(self._text, at, end):
            stop = match.end()
            closes, name = match[1], match[2].lower()
            if name == "li":
                count += depth == 1 and not closes
            else:
                depth += -1 if closes else 1
                if not depth:
                    break
        self._looked_at += stop - at
        return count


_LISTED = re.compile(r"<(/?)(li|ol|ul|menu)(?=[\s/>])", re.IGNORECASE)


def integer(text: str | None) -> int | None:
    """A whole number from an attribute; None where there is none."""
    match = _INTEGER.match(text or "")
    return int(match[1][: _DIGITS + 1]) if match else None


__all__ = ["BULLET", "ItemList", "Lists", "integer"]
