"""Standards as other programs would print them: models rendered as HTML, Word and PDF."""
