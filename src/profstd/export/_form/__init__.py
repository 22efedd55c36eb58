"""The official form of a model, in no format yet: what formats for people are made from."""

from __future__ import annotations

from profstd.export._form import page, standard
from profstd.export._form.parts import COLUMNS, Cell, Form, Heading, Line, Paragraph, Part, Table
from profstd.model import Model, Standard

__all__ = ["COLUMNS", "Cell", "Form", "Heading", "Line", "Paragraph", "Part", "Table", "compose"]


def compose(model: Model) -> Form:
    """The form of `model`, in its language; every text of the model is in it."""
    if isinstance(model, Standard):
        parts = tuple(standard.compose(model))
        return Form(model.language, standard.title(model), parts)
    return Form(model.language, page.title(model), tuple(page.compose(model)))
