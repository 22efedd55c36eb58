"""What the attributes of an element say of it: that it is hidden, a tab, the site's own.

Nobody says this for certain; the words looked for are those that pages, their frameworks
and programs that save HTML use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape

_ATTRIBUTE = re.compile(
    r"""([^\s"'>/=][^\s>/=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']\S*+)))?+"""
)
_MOST_ATTRIBUTES = 200
_LONGEST_KEPT = 500  # characters of attributes that are remembered
# Without one of these an element is nothing special.
_TELLING = re.compile(r"hidden|style|class|id\s*=|role|title|href|type", re.IGNORECASE)


class Role:
    """What is special about an element, added up. Plain numbers: enumerations are slow."""

    HIDDEN = 1 << 0  # not shown, and reported
    GONE = 1 << 1  # never shown to anybody: deleted text, templates
    TABS = 1 << 2  # tabs, panels, accordions: what is hidden in it can be brought up
    FURNITURE = 1 << 3  # of the site or the program, wherever it stands
    CHROME = 1 << 4  # the same, unless it stands in an article
    BANNER = 1 << 5  # the same, unless it has a heading as well
    ASIDE = 1 << 6  # the same, on a page that says which part is the main one
    MAIN = 1 << 7  # an article or the main part
    HEADING = 1 << 8
    PRE = 1 << 9  # white space is kept
    PAGE = 1 << 10  # a page begins with it
    MARKER = 1 << 11  # the number or the bullet that Word wrote before a list's item
    NOTE_MARK = 1 << 12  # the number of a note
    NOTE = 1 << 13  # leads back to the number: a note
    INSERTED = 1 << 14
    DELETED = 1 << 15


_TAGS = {
    "nav": Role.FURNITURE,
    "header": Role.CHROME | Role.BANNER,
    "footer": Role.CHROME,
    "aside": Role.ASIDE,
    "main": Role.MAIN,
    "article": Role.MAIN,
    "pre": Role.PRE,
    "listing": Role.PRE,
    "template": Role.GONE,
    "datalist": Role.GONE,
    "rt": Role.GONE,
    "rp": Role.GONE,
    "del": Role.DELETED,
    "ins": Role.INSERTED,
    "select": Role.FURNITURE,
    "details": Role.TABS,
}
_ROLES = {
    "navigation": Role.FURNITURE,
    "search": Role.FURNITURE,
    "menu": Role.FURNITURE,
    "menubar": Role.FURNITURE,
    "banner": Role.CHROME | Role.BANNER,
    "contentinfo": Role.CHROME,
    "complementary": Role.ASIDE,
    "main": Role.MAIN,
    "article": Role.MAIN,
    "heading": Role.HEADING,
    "tablist": Role.TABS,
    "tab": Role.TABS,
    "tabpanel": Role.TABS,
}
# Words among the classes or as the id.
_WORDS = {
    **dict.fromkeys(
        (
            *("breadcrumb", "breadcrumbs", "pagination", "pager", "share", "social", "socials"),
            *("cookie", "cookies", "cookie-banner", "lang-switch", "language-switcher", "toc"),
            *("sr-only", "visually-hidden", "screen-reader-text", "skip-link", "msotoc1"),
            *("msotoc2", "msotoc3", "msotocheading", "msoheader", "msofooter", "msocommenttext"),
        ),
        Role.FURNITURE,
    ),
    **dict.fromkeys(
        (
            *("menu", "main-menu", "mainmenu", "top-menu", "topmenu", "side-menu", "sidemenu"),
            *("navbar", "nav", "navigation", "topbar", "top-bar", "footer", "site-footer"),
            *("page-footer", "copyright", "languages", "lang", "search-form"),
        ),
        Role.CHROME,
    ),
    **dict.fromkeys(("site-header", "page-header"), Role.CHROME | Role.BANNER),
    **dict.fromkeys(("sidebar", "side-bar"), Role.ASIDE),
}
_IDS = {**_WORDS, "header": Role.CHROME | Role.BANNER}
_OPEN = re.compile(r"\sopen(?![-\w])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of contents|содержание|оглавление|мазмұны)\d*", re.IGNORECASE)
_TABS = re.compile(r"(?<![a-z])(?:tab|pill)(?!le)", re.IGNORECASE)
_PANELS = re.compile(r"(?<![a-z])(?:panel?(?![a-z])|accord|collaps|spoiler|expan)", re.IGNORECASE)
_NOTE_BODY = re.compile(r"sd(?:foot|end)note\d+$")
_HIDDEN_STYLE = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)",
    re.IGNORECASE,
)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_PAGE_STYLE = re.compile(r"break-before\s*:\s*(?:always|page)", re.IGNORECASE)
_MSO_ELEMENT = re.compile(
    r"mso-element\s*:\s*(?:footnote|endnote|comment|header|footer)(?![\w-])", re.IGNORECASE
)
_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NOTE_MARK = re.compile(
    r"#(?:_ftn|_edn|_msocom_|ftnt|cmnt|sdfootnote\d+sym|sdendnote\d+sym|fn[-:]?|footnote|endnote"
    r"|cite_note)[-\d]*\d*$"
)
_NOTE = re.compile(
    r"#(?:_ftnref|_ednref|_msoanchor_|ftnt_ref|cmnt_ref|sdfootnote\d+anc|sdendnote\d+anc|fnref)"
)


def attributes(facts: str) -> Mapping[str, str]:
    """The attributes by their names in small letters; the first of a name counts."""
    return _kept_attributes(facts) if len(facts) <= _LONGEST_KEPT else _attributes(facts)


def _attributes(facts: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(facts):
        name, *values = match.groups()
        value = next((value for value in values if value is not None), "")
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
        if len(found) == _MOST_ATTRIBUTES:
            break
    return found


def role_of(name: str, facts: str) -> int:
    """What is special about the element `name` with the attributes as written."""
    return _kept_role(name, facts) if len(facts) <= _LONGEST_KEPT else _role_of(name, facts)


def _role_of(name: str, facts: str) -> int:
    role = _TAGS.get(name, 0)
    if name == "dialog" and not _OPEN.search(facts):
        role |= Role.HIDDEN
    if not _TELLING.search(facts):
        return role
    given = attributes(facts)
    words = {*given.get("class", "").lower().split(), *(given.get("role", "").lower().split())}
    names = f"{given.get('class', '')} {given.get('id', '')}"
    role |= _ROLES.get(given.get("role", "").lower().strip(), 0)
    for word in words:
        role |= _WORDS.get(word, 0)
    role |= _IDS.get(given.get("id", "").lower(), 0)
    if role & Role.TABS or _TABS.search(names):
        # Tabs are often marked up as the navigation that they are.
        role = (role | Role.TABS) & ~(Role.FURNITURE | Role.CHROME | Role.BANNER)
    elif _PANELS.search(names):
        role |= Role.TABS
    if name == "div":
        role |= _of_programs(given)
    if name == "a":
        role |= _of_link(given.get("href", ""))
    if name == "button" and given.get("type", "").lower() in ("submit", "reset"):
        role |= Role.FURNITURE
    if "hidden" in given and given["hidden"].lower() != "until-found":
        role |= Role.HIDDEN
    return role | _of_style(given.get("style", ""))


# Programs write the same attributes thousands of times.
_kept_attributes = lru_cache(maxsize=1024)(_attributes)
_kept_role = lru_cache(maxsize=4096)(_role_of)


def _of_programs(given: Mapping[str, str]) -> int:
    """Headers, footers, notes and contents as programs write them."""
    title, identity = given.get("title", ""), given.get("id", "")
    if title in ("header", "footer") or _NOTE_BODY.match(identity):
        return Role.FURNITURE
    return Role.FURNITURE if _CONTENTS.fullmatch(identity) else 0


def _of_link(target: str) -> int:
    if not target.startswith("#"):
        return 0
    if _NOTE.match(target):
        return Role.NOTE
    return Role.NOTE_MARK if _NOTE_MARK.match(target) else 0


def _of_style(style: str) -> int:
    role = 0
    if style:
        for pattern, meant in (
            (_HIDDEN_STYLE, Role.HIDDEN),
            (_PRE_STYLE, Role.PRE),
            (_PAGE_STYLE, Role.PAGE),
            (_MSO_ELEMENT, Role.FURNITURE),
            (_MARKER, Role.MARKER),
        ):
            if pattern.search(style):
                role |= meant
    return role
