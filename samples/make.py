"""Makes the samples' other renderings from their texts; `make samples` runs it.

The standard as Word, PDF (LibreOffice must be installed) and HTML, the registry's page as
HTML. Each is read into the same model as its text, which tests hold.
"""

from __future__ import annotations

from pathlib import Path

from profstd import load, render

FOLDER = Path(__file__).parent
FORMATS = {"standard": ("docx", "pdf", "html"), "registry_page": ("html",)}


def main() -> None:
    """Write every rendering beside its text."""
    for text in sorted(FOLDER.glob("*.txt")):
        document = load(text)
        for format in FORMATS[document.model.kind]:
            for name, content in render(document, format).items():
                (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
