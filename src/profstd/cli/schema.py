"""``profstd schema``: the JSON Schemas of what profstd reads and writes."""

from __future__ import annotations

import json

NAMES = ("standard", "registry_page", "report", "report_line", "config", "baseline", "diff")


def schema_text(name: str) -> str:
    """The JSON Schema called `name`, one of `NAMES`, as the text of its file."""
    if name == "report":
        from profstd.validate.reporters.json import schema

        found = schema()
    elif name == "report_line":
        from profstd.validate.reporters.ndjson import schema as line_schema

        found = line_schema()
    elif name == "config":
        from profstd import config

        found = config.schema()
    elif name == "baseline":
        from profstd.validate.baseline import schema as baseline_schema

        found = baseline_schema()
    elif name == "diff":
        from profstd.compare.reporters.json import schema as diff_schema

        found = diff_schema()
    else:
        from profstd.validate.schema import schema as model_schema

        found = model_schema(name)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
