"""Markdown: profstd's own files as the model they were made of, any other as blocks."""
