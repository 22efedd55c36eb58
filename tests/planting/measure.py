"""Planting, checking, counting; the page that shows the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import fragments
from planting.plot import CLEAN, Kind, Plot, Way, kinds
from profstd import locale
from profstd.validate import Settings, all_rules, check
from profstd.validate.rule import Rule

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "rules-quality.md"
RECORD = Path(__file__).parents[1] / "cases" / "planted.yaml"
SEEDS = 3

# Rules about two documents: what else is found in one of them is no matter of theirs.
_BESIDE = ("pair", "page")


class Outcome(NamedTuple):
    """What a check made of one planted defect: found or not, and what else was found."""

    kind: Kind
    way: Way
    source: str
    seed: int
    found: bool
    wrong: tuple[tuple[str, str], ...]

    @property
    def place(self) -> str:
        """Which planting it was."""
        return f"{self.way} {self.source} {self.seed}"


@cache
def implied() -> Mapping[str, list[str]]:
    """The rules that a defect concerns besides its own, by code or by kind."""
    found: Mapping[str, list[str]] = fragments.load_cases(Path(__file__).parent / "implied.yaml")
    return found


def sow(kind: Kind, way: Way, source: Path, seed: int) -> Outcome | None:
    """Plant one defect and check; None where the standard does not suit the kind."""
    plot = Plot(source, Random(f"{kind}/{source.stem}/{seed}"))
    try:
        places = kind.plant(plot)
        if places is None:
            return None
        document, against = plot.built(way)
    except LookupError:
        return None
    expected = {places} if isinstance(places, str) else set(places)
    select = (kind.code,) if way in _BESIDE else ()
    settings = Settings(select=select, classifiers=plot.classifiers)
    aside = {*implied().get(kind.code, ()), *implied().get(str(kind), ())}
    found, wrong = False, []
    for finding in check(document, settings, against=against):
        if finding.code == kind.code and (finding.path in expected or "**" in expected):
            found = True
        elif finding.code not in aside:
            wrong.append((finding.code, finding.path))
    return Outcome(kind, way, source.stem, seed, found, tuple(wrong))


def known_kinds() -> list[Kind]:
    """The kinds of defects whose rule there is."""
    codes = {rule.code for rule in all_rules()}
    return [kind for kind in kinds() if kind.code in codes]


def outcomes(seeds: Iterable[int], sources: Iterable[Path] = CLEAN) -> Iterator[Outcome]:
    """Every kind of defect in every clean standard, by every way, once for each seed."""
    sources, seeds = list(sources), list(seeds)
    for kind in known_kinds():
        for way in kind.ways:
            for source in sources:
                for seed in seeds:
                    if outcome := sow(kind, way, source, seed):
                        yield outcome


def record(found: Iterable[Outcome], seeds: int) -> dict[str, Any]:
    """The outcomes as data: how many of each kind, which were missed, what was wrong."""
    sown: dict[str, dict[str, int]] = {}
    missed: dict[str, list[str]] = {}
    wrong: dict[str, list[str]] = {}
    for item in found:
        ways = sown.setdefault(str(item.kind), {})
        ways[item.way] = ways.get(item.way, 0) + 1
        if not item.found:
            missed.setdefault(str(item.kind), []).append(item.place)
        for code, path in item.wrong:
            wrong.setdefault(code, []).append(f"{item.kind}, {item.place}: {path}")
    return {"seeds": seeds, "sown": sown, "missed": missed, "wrong": dict(sorted(wrong.items()))}


def page(data: Mapping[str, Any]) -> str:
    """The page of `record`'s data."""
    words = locale.load("en").table["rules"]
    planted: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for kind, ways in data["sown"].items():
        planted[kind[:4]] += sum(ways.values())
    for kind, places in data["missed"].items():
        lost[kind[:4]] += len(places)
    wrong = {code: len(places) for code, places in data["wrong"].items()}
    rows = ["| rule | planted | found | recall | wrong | precision |", "| --- " * 6 + "|"]
    for code in sorted({*planted, *wrong}):
        hits = planted[code] - lost[code]
        counts = (planted[code], hits, _share(hits, planted[code]))
        found = (wrong.get(code, 0), _share(hits, hits + wrong.get(code, 0)))
        name = f"[{code}](rules.md#{code}) {words[code]['name']}"
        rows.append(f"| {' | '.join([name, *map(str, (*counts, *found))])} |")
    everything, missed = planted.total(), lost.total()
    hits, errors = everything - missed, sum(wrong.values())
    total = (everything, hits, _share(hits, everything), errors, _share(hits, hits + errors))
    rows.append(f"| **all** | {' | '.join(map(str, total))} |")
    parts = [_HEAD.format(seeds=data["seeds"]), "\n".join(rows)]
    parts += [f"## {title}\n\n{body}" for title, body in _sections(data)]
    return "\n\n".join(parts) + "\n"


def _sections(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    rows = ["| kind of defect | planted | missed |", "| --- | --- | --- |"]
    for kind, ways in data["sown"].items():
        counts = ", ".join(f"{way} {count}" for way, count in ways.items())
        lost = Counter(place.split()[0] for place in data["missed"].get(kind, ()))
        missed = ", ".join(f"{way} {count}" for way, count in lost.items())
        rows.append(f"| {kind} | {counts} | {missed} |")
    yield "By kind of defect", "\n".join(rows)
    measured = {kind[:4] for kind in data["sown"]}
    rest = [rule for rule in all_rules() if rule.code not in measured]
    lines = [f"- {rule.code}: {_reason(rule)}." for rule in rest]
    yield "Not measured", "\n".join(lines)


def _share(part: int, whole: int) -> str:
    """`part` of `whole` in per cent with one decimal; 100.0 only where it is all."""
    return f"{1000 * part // whole / 10:.1f} %" if whole else "—"


def _reason(rule: Rule) -> str:
    if rule.scope == "waivers":
        return "about waivers and the baseline, not about a standard"
    return "level bounds are the only ones, and LV01 tells them first"


_HEAD = """# How well the rules find planted defects

Made by `make rules-quality`; nothing here is written by hand.

Defects of every kind are planted in the clean standards of `tests/cases/clean`, one at a
time, {seeds} times in each standard and by each way that the kind knows: *model* (the
model alone), *file* (written in the form's layout and read again), *text* (the clean
file's own text changed), *data* (JSON with the mistake in it), *pair* (Russian against
Kazakh), *page* (a registry page against its standard). The planters are in
`tests/planting`; each knows where its finding has to stand.

*Found*: the expected rule at the expected place. *Wrong*: any other finding, unless the
defect concerns that rule as well (`tests/planting/implied.yaml`). Without defects the
clean standards have no findings, so every finding counts. Every single miss and wrong
finding is listed in `tests/cases/planted.yaml`."""
