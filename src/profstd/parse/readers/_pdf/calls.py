"""Functions of PDFium that are called for every character or object, made quick.

Those whose arguments have no types take half the time a call: give them handles and
references made with ctypes, and small numbers. None lets other threads run meanwhile.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as c


class Handle(ctypes.c_void_p):
    """An address that PDFium gave."""


def _direct(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_INT = ctypes.c_int
object_at = _direct(c.FPDFPage_GetObject, Handle)
object_within = _direct(c.FPDFFormObj_GetObject, Handle, ctypes.c_void_p, ctypes.c_ulong)
type_of = _direct(c.FPDFPageObj_GetType, _INT)
bounds_of = _direct(c.FPDFPageObj_GetBounds, _INT)
loose_box = _direct(c.FPDFText_GetLooseCharBox, _INT)
matrix_at = _direct(c.FPDFText_GetMatrix, _INT)
size_at = _direct(c.FPDFText_GetFontSize, ctypes.c_double)


def handle(opened: Any) -> Any:
    """What PDFium opened, as these functions take it."""
    return ctypes.cast(opened, Handle)


def page_object(item: Handle) -> Any:
    """A page object as the other functions of PDFium take it."""
    return ctypes.cast(item, c.FPDF_PAGEOBJECT)
