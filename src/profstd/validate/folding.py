"""When two texts are the same wording."""

from __future__ import annotations

import re
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w+#]+")


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """`text` without case, ё, punctuation, doubled spaces: equal results, same wording."""
    return _NOT_WORD.sub(" ", text.casefold().replace("ё", "е")).strip()
