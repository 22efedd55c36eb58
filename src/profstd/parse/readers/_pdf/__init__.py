"""PDF: an engine gives text and drawing page by page; the rest is geometry.

The way of a page: `pdfium` or `plumber` (the engines) → `sheet` (its tables filled, the
rest loose) → `furniture` (heads and feet) → `layout` (reading order) → `assembly` (tables
across page ends) → blocks.
"""
