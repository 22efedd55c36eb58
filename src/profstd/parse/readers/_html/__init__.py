"""HTML: pages as browsers read them, from their tags to blocks."""
