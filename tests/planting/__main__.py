"""`python -m planting`: measure, write the record and the page."""

from __future__ import annotations

import sys

from ruamel.yaml import YAML

from planting.measure import PAGE, RECORD, SEEDS, outcomes, page, record

data = record(outcomes(range(SEEDS)), SEEDS)
yaml = YAML()
yaml.width = 4096
with RECORD.open("w", encoding="utf-8", newline="\n") as file:
    yaml.dump(data, file)
PAGE.write_text(page(data), encoding="utf-8", newline="\n")
sys.stdout.write(f"{PAGE}\n")
