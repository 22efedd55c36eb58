"""Reports for CI: golden files read in the diff, the formats' own schemas, hostile texts."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from lxml import etree

import fragments
import reports
import test_rules
from profstd import __version__, locale
from profstd.document import Severity
from profstd.validate import Settings, check
from profstd.validate.place import steps
from profstd.validate.report import Checked, Report
from profstd.validate.reporters import markdown, ndjson, render
from profstd.validate.reporters._page.passage import passage

CASES = Path(__file__).parent / "cases" / "reports"
GOLDEN = {
    "github": "txt",
    "gitlab": "json",
    "html": "html",
    "json": "json",
    "junit": "xml",
    "markdown": "md",
    "ndjson": "ndjson",
    "sarif": "json",
    "text": "txt",
}


def _official(name: str) -> Path | None:
    """A schema of `../shared/formats`, a folder beside the repository or above it.

    The files there are other people's and are not copied into the project; where the folder
    is missing, the tests below still check what the schemas do not say.
    """
    folders = (parent / "shared" / "formats" for parent in reports.ROOT.parents)
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


@lru_cache
def _sample() -> Report:
    return reports.sample("ru", "standard-J63991088.txt", "standard-J63991088.docx")


def _every_report() -> list[Report]:
    empty = msgspec.structs.replace(reports.small(), files=())
    return [reports.small(), reports.hostile(), _sample(), empty]


@pytest.mark.parametrize("format", GOLDEN)
def test_the_small_report(format: str, regen: bool) -> None:
    file = CASES / f"{format}.{GOLDEN[format]}"
    text = render(reports.small(), format).replace(__version__, "VERSION")
    if format == "html":
        text = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1\3", text, flags=re.S)
        text = re.sub(r"'sha256-[^']*'", "'sha256-…'", text)
    if regen:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8"), "pytest --regen"


def test_every_format_has_a_golden_file() -> None:
    from profstd.validate.reporters import formats

    assert sorted(GOLDEN) == formats()


@pytest.mark.parametrize("format", GOLDEN)
def test_a_report_is_the_same_again_and_survives_an_encoding(format: str) -> None:
    for report in _every_report():
        text = render(report, format)
        assert render(report, format) == text
        assert text.encode("utf-8").decode("utf-8") == text


# --- SARIF


def _sarif(report: Report) -> Any:
    return json.loads(render(report, "sarif"))


def test_sarif_keeps_its_schema() -> None:
    schema = _official("sarif/sarif-2.1.0.json")
    for log in map(_sarif, _every_report()):
        if schema:
            validator = Draft7Validator(
                json.loads(schema.read_text(encoding="utf-8")), format_checker=FormatChecker()
            )
            assert list(validator.iter_errors(log)) == []
        run = log["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            for place in result["locations"] + result.get("relatedLocations", []):
                address = place["physicalLocation"]["artifactLocation"]
                assert run["artifacts"][address["index"]]["location"] == address
                region = place["physicalLocation"].get("region")
                if region and "endColumn" in region:
                    start = region["startLine"], region["startColumn"]
                    assert start < (region["endLine"], region["endColumn"])
        assert len({rule["id"] for rule in rules}) == len(rules)


def test_sarif_has_regions_for_texts_and_places_in_words_for_the_rest() -> None:
    found = {
        (
            result["ruleId"],
            result["locations"][0]["physicalLocation"]["artifactLocation"].get("uri"),
        ): (result["locations"][0])
        for result in _sarif(reports.small())["runs"][0]["results"]
    }
    text = found["SK05", "bread.txt"]
    assert text["physicalLocation"]["region"] == {
        **{"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": 16}
    }
    word = found[
        "ST04",
        "%D0%BF%D0%B0%D0%BF%D0%BA%D0%B0%201/%D1%85%D0%BB%D0%B5%D0%B1%2C%20%D1%82%D0%B5%D1%81%D1%82%D0%BE.docx",
    ]
    assert "region" not in word["physicalLocation"]
    assert word["properties"] == {"table": 4, "row": 61, "cell": 2, "paragraph": 1}
    assert word["logicalLocations"] == [
        {
            "name": "знания",
            "fullyQualifiedName": "Карточка 12 «Пекарь», 4 уровень → доп. ТФ 1 → навык 1 → знания",
            "decoratedName": f"{reports.SKILL}/knowledge",
            "kind": "array",
        }
    ]
    page = found["PA05", "file:///tmp/bread.pdf"]
    assert page["properties"] == {"page": 23, "box": [56.7, 101.25, 540.0, 113.5]}


def test_sarif_links_to_the_page_of_rules_that_it_is_given() -> None:
    report = reports.small()
    rules = _sarif(report)["runs"][0]["tool"]["driver"]["rules"]
    assert not any("helpUri" in rule for rule in rules)
    page = "https://example.org/docs/rules.md"
    report = msgspec.structs.replace(report, rules_page=page)
    rules = _sarif(report)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["helpUri"] for rule in rules] == [f"{page}#{rule['id']}" for rule in rules]


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_sarif_helps_in_the_language_of_the_report(language: str) -> None:
    report = msgspec.structs.replace(reports.small(), language=language)
    rule = next(
        rule
        for rule in _sarif(report)["runs"][0]["tool"]["driver"]["rules"]
        if rule["id"] == "SK05"
    )
    words = locale.load(language)
    assert rule["shortDescription"]["text"] == words.table["rules"]["SK05"]["name"]
    for key in ("why", "fix", "bad", "good", "basis"):
        assert words.say(f"explain.{key}") in rule["help"]["text"]
        assert f"**{words.say(f'explain.{key}')}" in rule["help"]["markdown"]


def test_sarif_tells_what_could_not_be_read() -> None:
    invocation = _sarif(reports.small())["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "Не читается: «.xls»."
    assert note["descriptor"]["id"] == "unreadable/format"


# --- JUnit


def _junit(report: Report) -> etree._Element:
    return etree.fromstring(render(report, "junit").encode())


def test_junit_keeps_its_schemas() -> None:
    for name in ("windyroad-JUnit.xsd", "jenkins-junit-10.xsd"):
        file = _official(f"junit/{name}")
        for root in map(_junit, _every_report()):
            if file:
                etree.XMLSchema(etree.parse(str(file))).assertValid(root)
            for suite in root:
                cases = suite.findall("testcase")
                assert int(suite.get("tests")) == len(cases) > 0
                for kind in ("failure", "error", "skipped"):
                    count = int(suite.get("skipped" if kind == "skipped" else f"{kind}s"))
                    assert count == len(suite.findall(f"testcase/{kind}"))


def test_junit_names_no_case_twice() -> None:
    for suite in _junit(_sample()):
        names = [(case.get("classname"), case.get("name")) for case in suite.findall("testcase")]
        assert len(set(names)) == len(names)


def test_junit_fails_where_the_run_does() -> None:
    report = _sample()
    counts = report.by_severity()
    failures = sum(int(suite.get("failures")) for suite in _junit(report))
    assert failures == counts[Severity.ERROR]
    strict = tuple(msgspec.structs.replace(file, fail_on=Severity.STYLE) for file in report.files)
    root = _junit(msgspec.structs.replace(report, files=strict))
    assert sum(int(suite.get("failures")) for suite in root) == len(report.findings)


# --- GitHub, GitLab


def _unescaped(text: str) -> str:
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_github_reads_back_what_was_written() -> None:
    for report in _every_report():
        *lines, last = render(report, "github").splitlines()
        assert last.startswith("profstd: ")
        assert len(lines) == len(report.findings) + report.unreadable
        for line in lines:
            match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
            assert match, line
            facts = dict(item.split("=", 1) for item in match[2].split(","))
            assert facts.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
            assert not ({"col", "endColumn"} & facts.keys() and "endLine" in facts)
    first = render(reports.small(), "github").splitlines()[1]
    assert _unescaped(first).startswith(
        "::error file=папка 1/хлеб, тесто.docx,title=ST04 Нет знаний::таблица 4, строка 61, "
    )


def test_github_shows_the_gravest_first() -> None:
    kinds = [line.split(" ")[0] for line in render(_sample(), "github").splitlines()[:-1]]
    assert kinds == sorted(kinds, key=["::error", "::warning", "::notice"].index)


def test_gitlab_keeps_its_schema() -> None:
    file = _official("gitlab-code-quality/codeclimate.json")
    for report in _every_report():
        entries = json.loads(render(report, "gitlab"))
        if file:
            item = json.loads(file.read_text(encoding="utf-8"))
            Draft7Validator({"type": "array", "items": item}).validate(entries)
        assert len({entry["fingerprint"] for entry in entries}) == len(entries)
        for entry in entries:
            assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
            assert entry["check_name"]
            assert entry["location"]["lines"]["begin"] >= 1


# --- ndjson


def test_ndjson_keeps_its_schema_and_says_what_json_says() -> None:
    validator = Draft202012Validator(ndjson.schema())
    for report in _every_report():
        head, *lines, last = map(json.loads, render(report, "ndjson").split("\n")[:-1])
        for record in (head, *lines, last):
            validator.validate(record)
        assert (head.pop("record"), last.pop("record")) == ("head", "summary")
        whole = json.loads(render(report, "json"))
        assert last == whole["summary"]
        assert head == {key: whole[key] for key in ("schema_version", "tool")}
        files: list[Any] = []
        for record in lines:
            if record.pop("record") == "file":
                files.append(record | {"findings": []})
            else:
                assert record.pop("file") == files[-1]["file"]
                files[-1]["findings"].append(record)
        assert all(file.pop("finding_count") == len(file["findings"]) for file in files)
        assert files == whole["files"]


def test_the_schema_of_ndjson_refuses_strangers() -> None:
    validator = Draft202012Validator(ndjson.schema())
    line = json.loads(render(reports.small(), "ndjson").split("\n")[0])
    assert not validator.is_valid({**line, "extra": 1})
    assert not validator.is_valid({"record": "end"})


# --- Markdown


def test_markdown_fits_where_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = render(_sample(), "markdown")
    assert "не поместились" not in whole
    monkeypatch.setattr(markdown, "LIMIT", 20_000)
    short = render(_sample(), "markdown")
    assert "не поместились" in short
    assert len(short.encode()) < 50_000
    assert short.count("<details") == short.count("</details>") > 0


def test_markdown_is_one_page_whatever_the_texts_hold() -> None:
    from markdown_it import MarkdownIt

    text = render(reports.hostile(), "markdown")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inline} <= {
        "text",
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
        "softbreak",
        "text_special",
    }
    html = [token.content for token in tokens if token.type == "html_block"]
    assert all(re.fullmatch(r"</?details.*", item.strip(), re.S) for item in html)
    assert not any("<img" in item for item in html)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {4, 5}


# --- whatever a document holds


@pytest.mark.parametrize("format", ["github", "junit", "markdown", "sarif", "text"])
def test_a_document_cannot_steer_what_reads_the_report(format: str) -> None:
    text = render(reports.hostile(), format)
    assert not re.search("[\u0000-\u0008\u001b\u2028\u2029\u202e\u2066\ufffe]", text)
    if format == "github":
        assert len([line for line in text.splitlines() if line.startswith("::")]) == 4


def test_a_report_of_a_clean_file_says_so() -> None:
    document = reports.document(reports.STANDARD, "bread.txt", "txt")
    assert [finding.code for finding in check(document, Settings(select=("ST03",)))] == ["ST03"]
    clean = Checked(name="bread.txt", language="ru", document=document)
    report = Report(files=(clean,), language="ru")
    for format in ("html", "markdown", "junit", "github", "text"):
        assert "амечаний нет" in render(report, format)
    assert json.loads(render(report, "gitlab")) == []
    assert _sarif(report)["runs"][0]["results"] == []


def test_a_report_of_what_could_not_be_read_does_not_call_it_clean() -> None:
    failed = Checked(name="x.xls", language="ru", reason="format", failure="Не читается.")
    report = Report(files=(failed,), language="ru")
    for format in ("html", "markdown", "junit", "github", "text"):
        text = render(report, format)
        assert "амечаний нет" not in text
        assert "е прочитано: 1 файл" in text or format == "junit"


# --- the guide


def _examples() -> list[Any]:
    text = (reports.ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## ([\w ]+)\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return [
        pytest.param(title.split()[0], block, id=title)
        for title, section in sections
        for language, block in re.findall(r"^```(\w+)\n(.*?)^```$", section, re.M | re.S)
        if language != "sh"
    ]


@pytest.mark.parametrize(("format", "block"), _examples())
def test_the_guide_shows_what_is_written(format: str, block: str) -> None:
    format = "ndjson" if block.startswith('{"record"') else format
    assert block in render(reports.small("en"), format)


def test_the_guide_has_every_format() -> None:
    text = (reports.ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == set(GOLDEN)


# --- every rule


@lru_cache
def _every_rule() -> Report:
    """The bad cases of all rules, a file each."""
    files = []
    for code in test_rules.CODES:
        for number, case in enumerate(
            fragments.load_cases(test_rules.CASES / f"{code}.yaml")["bad"]
        ):
            document, against = test_rules.documents(case)
            found = tuple(check(document, test_rules.wishes(code, case), against=against))
            name = f"{code}-{number}.txt"
            files.append(Checked(name=name, language="ru", document=document, findings=found))
    return Report(files=tuple(files), language="ru")


@pytest.mark.parametrize("format", GOLDEN)
def test_every_finding_there_is_can_be_reported(format: str) -> None:
    report = _every_rule()
    assert {finding.code for finding in report.findings} >= set(test_rules.CODES)
    text = render(report, format)
    assert all(code in text for code in test_rules.CODES)


def test_the_text_beside_a_finding_is_that_of_the_document() -> None:
    words = locale.load("ru")
    for file in _every_rule().files:
        assert file.document is not None
        for finding in file.findings:
            beside = passage(file.document, finding, words)
            way = steps(file.document.model, finding.path, words)
            assert not way or any(row.here for row in beside.rows)
            for row in beside.rows:
                assert all(run.text for run in row.runs), finding
            if beside.wordings:
                first, second = ("".join(run.text for run in side) for side in beside.wordings)
                assert first != second
                assert {first, second} <= {
                    " ".join(value.split())
                    for value in finding.arguments.values()
                    if isinstance(value, str)
                }
