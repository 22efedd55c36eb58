"""The HTML report in a real browser: what a reader sees, filters, searches and prints."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

import reports
from profstd.validate.report import Report
from profstd.validate.reporters import render
from rendering.axe import axe_script
from rendering.programs import Browser, Tab, browser, find_chromium

SEEN = "(name => [...document.querySelectorAll(name)].filter(item => item.checkVisibility()))"
SHOWN = f"{SEEN}('.finding')"
STATUS = "document.querySelector('[role=status]').textContent"
SEVERITIES = "error", "warning", "style"


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    """A Chromium for all tests of the module."""
    if find_chromium() is None:
        pytest.skip("no Chromium that can be driven here")
    with browser() as opened:
        yield opened


def _written(report: Report, folder: Path) -> Path:
    file = folder / "report.html"
    file.write_text(render(report, "html"), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of one standard with hundreds of findings."""
    return _written(reports.sample(), tmp_path_factory.mktemp("one"))


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of several files, one of which could not be read."""
    return _written(reports.small(), tmp_path_factory.mktemp("several"))


@pytest.fixture
def page(window: Browser, one: Path) -> Iterator[Tab]:
    """The page of one standard, open."""
    with window.tab(one) as tab:
        yield tab


def _choose(tab: Tab, name: str, value: str) -> None:
    tab.run(
        f"(() => {{ const field = document.forms[0].elements[{json.dumps(name)}];"
        f"field.value = {json.dumps(value)};"
        "field.dispatchEvent(new Event('input', {bubbles: true})) })()"
    )


def _counts(tab: Tab) -> dict[str, int]:
    script = "document.querySelectorAll('.finding.{}:not([hidden])').length"
    return {kind: tab.run(script.replace("{}", kind)) for kind in SEVERITIES}


# --- without a browser: the markup


def _tree(report: Report) -> Any:
    return parser.document_fromstring(render(report, "html"))


def test_every_finding_is_in_the_markup_with_its_text() -> None:
    report = reports.sample()
    tree = _tree(report)
    items = tree.xpath("//li[contains(@class, 'finding')]")
    assert len(items) == len(report.findings)
    for item, finding in zip(items, report.findings, strict=True):
        assert item.get("data-rule") == finding.code
        assert item.xpath(".//div[@class='passage']//div[@class='here']"), finding.path
    ids = tree.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert set(tree.xpath("//a/@href")) <= {f"#{name}" for name in ids}


def test_words_that_differ_are_marked_in_both_texts() -> None:
    tree = _tree(reports.sample())
    item = tree.xpath("//li[@data-rule='LS01']")[0]
    marks = ["".join(mark.itertext()) for mark in item.iter("mark")]
    assert marks == ["участующих", "участвующих"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Почему это важно", "Ошибка", "Показать все")),
        ("kk", ("Неге маңызды", "Қате", "Барлығын көрсету")),
        ("en", ("Why it matters", "Error", "Show all")),
    ],
)
def test_the_page_speaks_the_language_of_the_report(language: str, words: tuple[str, ...]) -> None:
    text = render(reports.sample(language), "html")
    assert f'<html lang="{language}">' in text
    for word in words:
        assert word in text
    assert (language == "ru") == ("Показано замечаний" in text)


def test_each_text_names_its_language() -> None:
    russian, kazakh = reports.small("ru").files[0], reports.small("kk").files[1]
    tree = _tree(Report(files=(russian, kazakh), language="ru"))
    parts = tree.xpath("//section[@class='part']")
    assert [part.get("lang") for part in parts] == [None, "kk"]
    assert {text.get("lang") for text in parts[0].iter("dd")} == {None}
    assert {text.get("lang") for text in parts[1].iter("dd")} == {"ru"}


def test_nothing_of_a_document_is_markup() -> None:
    text = render(reports.hostile(), "html")
    clean = render(reports.small(), "html")
    for name in ("script", "style", "img"):
        assert text.count(f"<{name}") == clean.count(f"<{name}")
    assert not re.search("[\u0000-\u0008\u001b\u2028\u2029\u202e\u2066]", text)
    tree = parser.document_fromstring(text)
    attributes = {name for item in tree.iter() if isinstance(item.tag, str) for name in item.attrib}
    assert not any(name.startswith("on") for name in attributes)
    assert tree.xpath("//a[not(starts-with(@href, '#'))]") == []
    assert tree.xpath("//*[@src]") == []


# --- in the browser


def test_the_browser_runs_the_page_s_own_script_and_nothing_else(
    window: Browser, tmp_path: Path
) -> None:
    file = _written(reports.hostile(), tmp_path)
    with window.tab(file) as tab:
        assert tab.run("document.querySelector('form.filters').checkVisibility()")
        assert tab.run("getComputedStyle(document.querySelector('.finding')).display") == "grid"
        assert tab.run("performance.getEntriesByType('resource').length") == 0
        refused = tab.run(
            "new Promise(done => { addEventListener('securitypolicyviolation',"
            "event => done(event.effectiveDirective));"
            "const script = document.createElement('script');"
            "try { script.text = 'window.bad = 1'; document.body.append(script) }"
            "catch (error) { done(error.name) } })"
        )
        assert refused in ("TypeError", "require-trusted-types-for", "script-src-elem")
        assert tab.run("window.bad === undefined")
        assert tab.run("document.querySelectorAll('main img, main script').length") == 0


def test_severities_rules_and_cards_choose_what_is_shown(page: Tab) -> None:
    counts = {kind.value: count for kind, count in reports.sample().by_severity().items()}
    codes = reports.sample().by_code()
    assert _counts(page) == counts
    assert (
        page.run(STATUS) == f"Показано замечаний: {sum(counts.values())} из {sum(counts.values())}"
    )
    page.click("input[value=warning]")
    page.click("input[value=style]")
    assert _counts(page) == {**counts, "warning": 0, "style": 0}
    _choose(page, "rule", "LK03")
    shown = page.run(f"{SHOWN}.map(item => item.dataset.rule)")
    assert set(shown) == {"LK03"}
    assert 0 < len(shown) < codes["LK03"]
    parts = page.run(f"new Set({SHOWN}.map(item => item.dataset.part)).size")
    assert page.run(f"{SEEN}('section.part').length") == parts
    assert page.run(f"{SEEN}('article.rule').map(rule => rule.id)") == ["LK03"]
    page.click("button[type=reset]")
    page.run("new Promise(done => setTimeout(done, 50))")
    assert _counts(page) == counts
    card = page.run("document.forms[0].elements.part.options[2].value")
    _choose(page, "part", card)
    assert set(page.run(f"{SHOWN}.map(item => item.dataset.part)")) == {card}


def test_search_finds_words_of_findings_and_of_the_text(page: Tab) -> None:
    page.run("document.getElementById('search').focus()")
    page.write("УЧАСТУЮЩИХ обяз")
    shown = page.run(f"{SHOWN}.map(item => item.dataset.rule)")
    assert {"LS01", "PA05"} <= set(shown)
    assert len(shown) < 20
    assert page.run("CSS.highlights.get('search').size") > 2
    page.press("Escape")
    page.run("new Promise(done => setTimeout(done, 50))")
    page.write("почему это важно")
    assert page.run(f"{SHOWN}.length") == 0
    page.write(" такого слова нет")
    assert page.run(f"{SHOWN}.length") == 0
    assert page.run("document.getElementById('none').checkVisibility()")
    page.press("Escape")
    page.run("new Promise(done => setTimeout(done, 50))")
    assert page.run(f"{SHOWN}.length") == len(reports.sample().findings)


def test_a_number_of_the_overview_shows_what_it_counts(page: Tab) -> None:
    link = "tbody tr:nth-child(5) a[data-show=warning]"
    count = int(page.run(f"document.querySelector('{link}').firstChild.data"))
    page.click(link)
    assert _counts(page) == {"error": 0, "warning": count, "style": 0}
    page.run("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    top = page.run(f"{SHOWN}[0].getBoundingClientRect().top")
    bottom = page.run("document.querySelector('.filters').getBoundingClientRect().bottom")
    assert bottom <= top < 900


def test_the_keyboard_is_enough(page: Tab) -> None:
    focused = "document.activeElement.{}"
    page.run("document.querySelector('button[type=reset]').focus()")
    page.press("Tab")
    first = page.run(focused.format("id"))
    assert page.run(f"{SHOWN}[0].id") == first
    page.press("ArrowDown", "j", "ArrowUp")
    assert page.run(f"{SHOWN}[1].id") == page.run(focused.format("id"))
    assert page.run(focused.format("getBoundingClientRect().top")) >= 0
    page.press("End")
    assert page.run(f"{SHOWN}.at(-1).id") == page.run(focused.format("id"))
    page.press("Home", "Enter")
    explained = "document.querySelector('.finding .explained')"
    assert "Как исправить" in page.run(f"{explained}.innerText")
    assert page.run("document.querySelector('.why').getAttribute('aria-expanded')") == "true"
    page.press("Tab", " ")
    assert page.run(focused.format("className")) == "why"
    assert page.run(f"{explained} === null")
    page.press("Tab", modifiers=8)
    page.press("/")
    assert page.run(focused.format("id")) == "search"
    assert page.run("document.querySelectorAll('.finding[tabindex=\"0\"]').length") == 1
    page.write("/j")
    assert page.run("document.getElementById('search').value") == "/j"


def test_several_files_are_chosen_too(window: Browser, several: Path) -> None:
    with window.tab(several) as tab:
        assert "y.xls: Не читается" in tab.run("document.querySelector('.unread').innerText")
        _choose(tab, "file", "file-2")
        assert tab.run(f"{SHOWN}.map(item => item.dataset.file)") == ["file-2", "file-2"]
        assert tab.run(f"{SEEN}('section.file').length") == 1


def test_the_page_is_read_without_its_script(window: Browser, one: Path, tmp_path: Path) -> None:
    text = one.read_text(encoding="utf-8")
    quiet = tmp_path / "quiet.html"
    quiet.write_text(re.sub("<script>.*?</script>", "", text, flags=re.S), encoding="utf-8")
    with window.tab(quiet) as tab:
        assert not tab.run("document.querySelector('form.filters').checkVisibility()")
        assert tab.run(f"{SHOWN}.length") == len(reports.sample().findings)
        tab.click(".why")
        assert tab.run("location.hash").startswith("#")
        assert tab.run("document.querySelector(location.hash).checkVisibility()")


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_wider_than_the_window(window: Browser, one: Path, width: int) -> None:
    with window.tab(one, width=width) as tab:
        assert tab.run("document.documentElement.scrollWidth") <= width


def test_what_was_filtered_is_what_is_printed(page: Tab) -> None:
    from pypdfium2 import PdfDocument

    def words(data: bytes) -> str:
        document = PdfDocument(data)
        pages = [
            document[number].get_textpage().get_text_range() for number in range(len(document))
        ]
        document.close()
        return " ".join(" ".join(pages).split())

    whole = words(page.paper())
    assert "участующих" in whole
    assert "Показать все" not in whole
    _choose(page, "rule", "ST07")
    some = words(page.paper())
    assert "Показано замечаний: 1 из" in some
    assert "участующих" not in some
    assert "После пункта 18 идёт пункт 21" in some


@pytest.mark.parametrize(
    ("report", "width", "dark"),
    [
        pytest.param(reports.sample, 1280, False, id="sample"),
        pytest.param(reports.small, 390, False, id="narrow"),
        pytest.param(reports.small, 1280, True, id="dark"),
        pytest.param(lambda: reports.small("kk"), 1280, False, id="kk"),
        pytest.param(lambda: reports.small("en"), 390, True, id="en"),
    ],
)
def test_axe_finds_nothing(
    window: Browser, tmp_path: Path, report: Callable[[], Report], width: int, dark: bool
) -> None:
    script = axe_script()
    if script is None:
        pytest.skip("axe-core is not in build/, and npm could not fetch it")
    with window.tab(_written(report(), tmp_path), width=width, dark=dark) as tab:
        tab.click(".why")
        tab.run(f"{script}; 0")
        found = tab.run(
            "axe.run(document, {resultTypes: ['violations']}).then(result =>"
            "result.violations.map(v => [v.id, v.impact, v.nodes[0].html]))"
        )
        assert found == []
