"""Functions of PDFium that are called for every character or object, made quick."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as c


def _direct(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes and gives addresses as numbers: half the time a call."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    direct = type(function)(address)
    direct.restype, direct.argtypes = result, arguments
    return direct


POINTER, _INT = ctypes.c_void_p, ctypes.c_int
object_at = _direct(c.FPDFPage_GetObject, POINTER, POINTER, _INT)
object_within = _direct(c.FPDFFormObj_GetObject, POINTER, POINTER, ctypes.c_ulong)
type_of = _direct(c.FPDFPageObj_GetType, _INT, POINTER)
bounds_of = _direct(c.FPDFPageObj_GetBounds, _INT, POINTER, *[POINTER] * 4)
loose_box = _direct(c.FPDFText_GetLooseCharBox, _INT, POINTER, _INT, POINTER)
matrix_at = _direct(c.FPDFText_GetMatrix, _INT, POINTER, _INT, POINTER)
size_at = _direct(c.FPDFText_GetFontSize, ctypes.c_double, POINTER, _INT)


def handle(item: int) -> Any:
    """The handle of a page object for the other functions."""
    return ctypes.cast(item, c.FPDF_PAGEOBJECT)
