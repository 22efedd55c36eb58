"""``python -m profstd`` is the command ``profstd``."""

from __future__ import annotations

from profstd.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
