"""Hypothesis strategies for whole random models, derived from the model's types.

The texts are nasty: markup of every kind, quotes, separators, beginnings of formulas,
line ends, white space that is not a space, emoji, Kazakh letters. By default values keep
to the model's constraints (patterns, ranges); `damaged` models need not: a draft may hold
any text and any number anywhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from profstd.model import Model, RegistryPage, Standard

NASTY = (
    *("a|b", "||", "<b>жирный</b>", "<br>", "<!-- x -->", "</a>", "&amp;", "&lt", "R&D", "&#124;"),
    *("*a*", "**", "_a_", "a_b", "__init__", "`код`", "``", "~~a~~", "~~~", "$x$", "\\", "a\\|b"),
    *(
        "[a](b)",
        "![x](y)",
        "[ ] a",
        "[1]: x",
        "# a",
        "C#",
        "a #",
        "a ##",
        "## a ##",
        "> a",
        "a > b",
    ),
    *("- a", "-", "---", "1) a", "1. a", "12)", "===", "+ a", "| a | b |", ": a", "    a", "\ta"),
    *("=1+1", "+7 (700) 000 00 00", "-5", "@a", "'", "''", "'=1", "'a", "＝1", "＋1", "－1", "＠1"),
    *('"', '""', 'a "b" c', "a;b", "a,b", ";=1", "«Ёлка»", "„a“", " ", " a ", "\u00a0", "a\u00a0b"),
    *("\n", "a\nb", "a\n\nb", "a\r\nb", "a\rb", "a\vb", "a\fb", "a\u2028b", "a\x85b", "\ta\t"),
    *(
        "Әдіскер, ұйым, қызмет — іс",
        "🙂",
        "👩\u200d🏫",
        "й и\u0306",
        "\ufeffa",
        "a\u200bb",
        "\u202ea",
    ),
    *("https://example.kz/a_b?c=*&d", "www.example.kz", "name_x@example.kz", "null", "None", "—"),
    *("{name}", "{{}}", "%s", "true", "007", "1e5", "2025-07-11", "х" * 300),
)

_CHARACTERS = st.one_of(
    st.sampled_from("|<>&*_`~$\\[](){}#+-=!.:;,'\"@ \n\r\t1a"),
    st.sampled_from("әғқңөұүһіяЯё\u00a0\u2028"),
    st.characters(exclude_categories=["Cs"]),
)


def texts(min_size: int = 0) -> st.SearchStrategy[str]:
    """Texts to trip over, of `min_size` characters or more."""
    made = st.text(_CHARACTERS, min_size=min_size, max_size=8)
    return st.sampled_from([text for text in NASTY if len(text) >= min_size]) | made


def models(*, damaged: bool = False) -> st.SearchStrategy[Model]:
    """Standards and registry pages."""
    return standards(damaged=damaged) | pages(damaged=damaged)


@lru_cache
def standards(*, damaged: bool = False) -> st.SearchStrategy[Standard]:
    """Whole standards."""
    made: st.SearchStrategy[Standard] = _derive(inspect.type_info(Standard), damaged)
    return made


@lru_cache
def pages(*, damaged: bool = False) -> st.SearchStrategy[RegistryPage]:
    """Whole registry pages."""
    made: st.SearchStrategy[RegistryPage] = _derive(inspect.type_info(RegistryPage), damaged)
    return made


def _struct(kind: inspect.StructType, damaged: bool) -> st.SearchStrategy[Any]:
    fields = {field.name: _derive(field.type, damaged) for field in kind.fields}

    # Composite for its short repr: that of `builds` holds the whole tree of types.
    @st.composite
    def parts(draw: st.DrawFn) -> Any:
        return kind.cls(**{name: draw(strategy) for name, strategy in fields.items()})

    return parts()


def _derive(kind: inspect.Type, damaged: bool) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.Metadata():
            return _derive(kind.type, damaged)
        case inspect.UnionType():
            return st.one_of(*(_derive(item, damaged) for item in kind.types))
        case inspect.StructType():
            return _struct(kind, damaged)
        case inspect.VarTupleType():
            item = _derive(kind.item_type, damaged)
            # Mostly not empty: else hardly a model would have skills with abilities.
            sizes = st.sampled_from((1, 2, 1, 0))
            return sizes.flatmap(lambda size: st.tuples(*[item] * size))
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.NoneType():
            return st.none()
        case inspect.IntType():
            low, high = (-9, 99) if damaged else (kind.ge or 0, kind.le or 99)
            return st.integers(low, high)
        case inspect.StrType():
            if kind.pattern and not damaged:
                return st.from_regex(kind.pattern, fullmatch=True)
            return texts(min_size=0 if damaged else kind.min_length or 0)
    raise TypeError(f"no strategy for {kind}")
