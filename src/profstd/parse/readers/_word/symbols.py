"""Signs of the fonts Symbol and Wingdings, which have letters of their own."""

from __future__ import annotations

_PRIVATE = 0xF000
_GREEK = dict(zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True)) | dict(
    zip("GDQLXPSFYW", "ΓΔΘΛΞΠΣΦΨΩ", strict=True)
)
_SYMBOL = {
    **{0x2D: "-", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: '"', 0xB3: "≥"},
    **{0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD7: "·"},
    **{0xA2: "′", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xDE: "⇒", 0xD6: "√", 0xE5: "∑"},
}
_WINGDINGS = {
    **{0x6C: "•", 0x6E: "▪", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x73: "•", 0x74: "•", 0x75: "•"},
    **{0x76: "•", 0x77: "•", 0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0xD8: "•"},
    **{0xE0: "→", 0xF0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}


def symbol(code: int, font: str | None) -> str:
    """The sign that `code` shows in `font`; an unknown sign of such a font is a bullet."""
    name = (font or "Symbol").casefold()
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return ""
    special = name.startswith(("symbol", "wingdings", "webdings"))
    if not special or (code >= 0x100 and not _PRIVATE <= code <= _PRIVATE + 0xFF):
        own = _PRIVATE <= code <= _PRIVATE + 0xFF
        return _SYMBOL.get(code - _PRIVATE, chr(code - _PRIVATE)) if own else chr(code)
    code &= 0xFF
    if name.startswith("symbol"):
        letter = chr(code)
        return _SYMBOL.get(code) or _GREEK.get(letter) or (letter if 0x20 <= code < 0x7F else "•")
    return _WINGDINGS.get(code, "•")
