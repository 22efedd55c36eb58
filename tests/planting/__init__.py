"""Defects planted in clean standards, and how many of them the rules find.

`python -m planting` measures and writes the results (`make rules-quality`).
"""
