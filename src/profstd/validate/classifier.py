"""Official lists of codes that the settings name, as rules see them: data, no files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

# What a list classifies; the settings name a file for each by these names.
ClassifierName: TypeAlias = Literal["occupations", "activities"]


class Classifier(Struct, frozen=True):
    """One list of codes.

    `name` is what the settings call it: "occupations" (groups and names of occupations,
    such as НК РК 01-2017) or "activities" (all ranks, such as НК РК 03-2019). `entries`
    maps each code, as its file writes it, to its name, which may be empty.
    """

    name: ClassifierName
    entries: Mapping[str, str]
