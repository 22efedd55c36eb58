"""Word's own format, OOXML: what the readers of Word files share."""
