"""Comments for profstd in YAML sources: which are meant, and which only look so."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from profstd.parse import load_bytes
from profstd.validate import examine

_STYLES: dict[str, Any] = {
    "|": LiteralScalarString,
    ">": FoldedScalarString,
    '"': DoubleQuotedScalarString,
    "'": SingleQuotedScalarString,
}


_MARK = "# profstd: ignore[RC01] x"


@given(
    st.lists(
        st.sampled_from((_MARK, f"a {_MARK}", f"a\n{_MARK}\nb", f"'{_MARK}", f'"{_MARK}\\')),
        min_size=1,
    ),
    st.sampled_from(("|", ">", None, '"', "'")),
    st.integers(5, 90),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_what_looks_like_a_comment_in_a_text_is_none(
    texts: list[str], style: str | None, width: int, flow: bool
) -> None:
    writer: Any = YAML()
    writer.width, writer.default_flow_style, target = width, flow, io.StringIO()
    values = [text if style is None else _STYLES[style](text) for text in texts]
    writer.dump({"kind": "standard", "regulations": values, values[0]: 1}, target)
    source = target.getvalue()
    said = examine(load_bytes(source.encode(), "a.yaml")).comments
    assert not said.waivers, source
    assert not said.muddled, source
    commented = f"{_MARK}\n{source}"
    (waiver,) = examine(load_bytes(commented.encode(), "a.yaml")).comments.waivers
    assert waiver.paths == ("/kind",) or flow


def test_the_comments_of_the_guide_can_be_followed() -> None:
    page = Path(__file__).parent.parent / "docs" / "settings.md"
    _, _, rest = page.read_text(encoding="utf-8").partition("```yaml\n")
    document = load_bytes(f"kind: standard\n{rest.partition('```')[0]}".encode(), "a.yaml")
    said = examine(document).comments
    assert said.muddled == ()
    assert [waiver.codes for waiver in said.waivers] == [("LV04", "ST06"), ("RC01",)]
    assert said.waivers[1].paths == ("/professions/0/functions",)
