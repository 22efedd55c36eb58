"""Word files: content controls that show data of the file."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import docx_writer as word
from docx_shown import one, texts, unpacked
from docx_writer import cell, paragraph, row, run, table

_DATA = (
    '<n:form xmlns:n="urn:form"><n:level>5</n:level><n:names><n:name kind="а">Слесарь</n:name>'
    "<n:name> Сварщик\n ручной сварки </n:name></n:names><n:none/></n:form>"
)
_STORE = "{00000000-0000-0000-0000-000000000001}"


def _control(
    path: str, content: str, kind: str = "<w:text/>", *, store: str = _STORE, more: str = ""
) -> str:
    binding = (
        f'<w:dataBinding w:prefixMappings="xmlns:a=\'urn:form\'" w:xpath="{path}"'
        f' w:storeItemID="{store}"/>'
    )
    return (
        f"<w:sdt><w:sdtPr>{more}{binding}{kind}</w:sdtPr>"
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _shown(body: str, stores: Iterable[tuple[str, str]] = ((_STORE, _DATA),)) -> list[str]:
    parts = unpacked(word.package(body))
    links = ""
    for at, (store, data) in enumerate(stores):
        links += f'<Relationship Id="d{at}" Type="x/customXml" Target="../customXml/{at}.xml"/>'
        parts[f"customXml/{at}.xml"] = data.encode()
        parts[f"customXml/p{at}.xml"] = f'<d:x xmlns:d="urn:d" d:itemID="{store}"/>'.encode()
        parts[f"customXml/_rels/{at}.xml.rels"] = (
            f'<Relationships><Relationship Id="p" Type="x/customXmlProps" Target="p{at}.xml"/>'
            "</Relationships>"
        ).encode()
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Rel", links.encode() + b"</Rel")
    return texts(word.archive(parts))


_OLD = run("ста") + run("рое")


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        (_control("/a:form/a:level", _OLD), "Это 5"),
        (_control("/a:form[1]/a:names[1]/a:name[2]", _OLD), "Это Сварщик ручной сварки"),
        (_control("/a:form/a:names/a:name/@kind", _OLD), "Это а"),
        (_control("/a:form/a:level", ""), "Это 5"),
        (_control("/a:form/a:level", "<w:r/>"), "Это 5"),
        (_control("/a:form/a:level", _OLD, store="{other}"), "Это 5"),
        (_control("/a:form/a:level", _OLD, more="<w:showingPlcHdr/>"), "Это 5"),
        # What cannot be found, or is shown in another way, stays as it stands.
        (_control("/a:form/a:none", _OLD), "Это старое"),
        (_control("/a:form/a:level[2]", _OLD), "Это старое"),
        (_control("/a:form/a:level[0]", _OLD), "Это старое"),
        (_control("//a:level", _OLD), "Это старое"),
        (_control("/b:form/b:level", _OLD), "Это старое"),
        (_control("/a:form/a:level", _OLD, "<w:date/>"), "Это старое"),
        (_control("/a:form/a:level", _OLD, "<w:picture/>"), "Это старое"),
        (
            _control(
                "/a:form/a:level",
                _OLD,
                '<w:dropDownList><w:listItem w:value="5" w:displayText="пятый"/></w:dropDownList>',
            ),
            "Это пятый",
        ),
    ],
)
def test_bound_controls_show_their_data(control: str, expected: str) -> None:
    assert _shown(paragraph(run("Это ") + control)) == [expected]


def test_bound_paragraphs_and_cells_show_their_data() -> None:
    whole = _control("/a:form/a:level", paragraph(_OLD))
    assert _shown(whole) == ["5"]
    inside = _control("/a:form/a:level", cell(paragraph(_OLD)))
    assert _shown(table([row(one("а"), inside)], 2)) == ["а | 5"]


def test_a_control_without_its_data_keeps_its_text() -> None:
    assert _shown(paragraph(_control("/a:form/a:level", _OLD)), []) == ["старое"]
