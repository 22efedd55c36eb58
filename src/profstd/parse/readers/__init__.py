"""Readers: one module a file format, each with `SUFFIXES` and `read(data, name)`."""
