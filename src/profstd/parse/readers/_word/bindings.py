"""Content controls that show data of the file: what Word shows, and not what stands there.

A control that is bound to a place in a part of the file (ECMA-376, part 1, 17.5.2.6) shows
the text of that place; its own text is no more than what was there when the file was saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from profstd.parse.readers._word.names import children, long, switch
from profstd.parse.readers._word.package import Element, Package

_BINDING, _PATH, _STORE = long("w:dataBinding"), long("w:xpath"), long("w:storeItemID")
_PREFIXES, _CONTENT = long("w:prefixMappings"), long("w:sdtContent")
_PLACEHOLDER, _PLAIN = long("w:showingPlcHdr"), long("w:text")
_LISTS = (long("w:dropDownList"), long("w:comboBox"))
_ITEM, _VALUE, _SHOWN = long("w:listItem"), long("w:value"), long("w:displayText")
_P, _R, _T = long("w:p"), long("w:r"), long("w:t")

_MAPPING = re.compile(r"xmlns:(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_STEP = re.compile(r"(?:(\w+):)?(\w+)(?:\[(\d{1,6})\])?")
_PARTS = frozenset({"customXml", "core-properties", "extended-properties"})
_MOST_STEPS = 40


def show_data(root: Element, package: Package, main: str) -> None:
    """Put the data that controls are bound to into their text; `main` names the part `root`."""
    bindings = list(root.iter(_BINDING))
    if not bindings:
        return
    stores = dict(_stores(package, main))
    for binding in bindings:
        properties = binding.getparent()
        control = None if properties is None else properties.getparent()
        content = None if control is None else control.find(_CONTENT)
        if content is None:
            continue
        data = _found(binding, stores)
        shown = data and _shown(properties, data)
        if shown:
            _write(content, shown)
            if switch(children(properties), _PLACEHOLDER):
                properties.remove(properties.find(_PLACEHOLDER))


def _stores(package: Package, main: str) -> Iterable[tuple[str, Element]]:
    """The parts that hold data, by their ids where they have one, else by their names."""
    relations = [*package.relations(main), *package.relations("")]
    for relation in relations:
        if relation.kind not in _PARTS or (tree := package.tree(relation.target)) is None:
            continue
        name = relation.target
        for item in package.relations(relation.target):
            properties = package.tree(item.target) if item.kind == "customXmlProps" else None
            for key, value in () if properties is None else properties.items():
                if key.endswith("itemID"):
                    name = value.casefold()
        yield name, tree


def _found(binding: Element, stores: dict[str, Element]) -> str:
    """The text at the place that a binding names; "" where there is none."""
    prefixes = dict(_MAPPING.findall(binding.get(_PREFIXES) or ""))
    steps = (binding.get(_PATH) or "").strip("/").split("/")[:_MOST_STEPS]
    own = stores.get((binding.get(_STORE) or "").casefold())
    for store in stores.values() if own is None else (own,):
        if text := _at(store, steps, prefixes):
            return text
    return ""


def _at(root: Element, steps: list[str], prefixes: dict[str, str]) -> str:
    """The text at the end of a plain path of names and positions: what Word writes."""
    level, found = [root], None
    for step in steps:
        if step.startswith("@") and found is not None:
            return found.get(step[1:]) or ""
        match = _STEP.fullmatch(step)
        if match is None:
            return ""
        name = f"{{{prefixes.get(match[1], '')}}}{match[2]}" if match[1] else match[2]
        named = [element for element in level if element.tag == name]
        position = int(match[3] or 1)
        if not 0 < position <= len(named):
            return ""
        found = named[position - 1]
        level = list(found)
    return "" if found is None else " ".join((found.text or "").split())


def _shown(properties: Element, data: str) -> str:
    """What a control makes of its data: the text, or the entry of a list; else ""."""
    for name in _LISTS:
        if (choices := properties.find(name)) is not None:
            entries = {item.get(_VALUE): item.get(_SHOWN) for item in choices.iter(_ITEM)}
            return entries.get(data) or data
    return data if properties.find(_PLAIN) is not None else ""


def _write(content: Element, text: str) -> None:
    words = list(content.iter(_T))
    if "".join(word.text or "" for word in words) == text:
        return
    if not words:
        holder = next(content.iter(_R), None)
        if holder is None:
            paragraph = next(content.iter(_P), content)
            holder = paragraph.makeelement(_R)
            paragraph.append(holder)
        words = [holder.makeelement(_T)]
        holder.append(words[0])
    for word in words:
        word.text = ""
    words[0].text = text
