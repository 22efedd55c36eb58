"""Reading: pick the reader, recognise what it yields."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path, PurePath
from pkgutil import iter_modules
from types import ModuleType

from profstd.document import Document, Reading, UnreadableError
from profstd.model import Source
from profstd.parse import readers
from profstd.parse.settings import DEFAULT, ReadSettings

__all__ = ["ReadSettings", "load", "load_bytes", "suffixes"]


@cache
def _readers() -> dict[str, str]:
    """Every suffix and the name of the module that reads it."""
    found: dict[str, str] = {}
    for module in iter_modules(readers.__path__):
        if module.name.startswith("_"):
            continue
        for suffix in import_module(f"{readers.__name__}.{module.name}").SUFFIXES:
            if suffix in found:
                raise ValueError(f"two readers claim {suffix}: {found[suffix]}, {module.name}")
            found[suffix] = module.name
    return found


def suffixes() -> dict[str, str]:
    """The suffixes that can be read, with their dot, and the names of their readers."""
    return dict(_readers())


def load(path: Path | str, settings: ReadSettings = DEFAULT) -> Document:
    """Read and recognise one file.

    Raises UnreadableError, with a reason, where the file is missing, a folder, not
    readable, empty, too large, of an unknown format, or not what its suffix says.
    """
    return _recognised(*open_file(path, settings), settings)


def open_file(path: Path | str, settings: ReadSettings) -> tuple[bytes, str, ModuleType]:
    """The content of a file, its name and its reader; raises as `load`."""
    path = Path(path)
    name = path.name
    try:
        if path.is_dir():
            raise UnreadableError(name, "folder")
        size = path.stat().st_size
        reader = _reader(path.suffix, name)
        _check_size(size, name, settings)
        return path.read_bytes(), name, reader
    except (FileNotFoundError, ValueError):  # a name with a NUL in it is no name
        raise UnreadableError(name, "missing") from None
    except PermissionError:
        raise UnreadableError(name, "permission") from None
    except OSError as error:
        raise UnreadableError(name, "io", detail=error.strerror or str(error)) from None


def load_bytes(
    data: bytes, name: str, *, format: str | None = None, settings: ReadSettings = DEFAULT
) -> Document:
    """Read and recognise `data`; `format` is a suffix without its dot, else that of `name`."""
    reader = _reader(f".{format}" if format else PurePath(name).suffix, name)
    _check_size(len(data), name, settings)
    return _recognised(data, name, reader, settings)


def _check_size(size: int, name: str, settings: ReadSettings) -> None:
    if size > settings.max_file_size:
        raise UnreadableError(name, "too_large", size=size, limit=settings.max_file_size)


def _reader(suffix: str, name: str) -> ModuleType:
    known = _readers()
    if suffix.casefold() not in known:
        raise UnreadableError(name, "format", suffix=suffix or "—", known=sorted(known))
    return import_module(f"{readers.__name__}.{known[suffix.casefold()]}")


def read(data: bytes, name: str, reader: ModuleType, settings: ReadSettings) -> Reading:
    """What `reader` makes of `data`."""
    if not data.strip():
        raise UnreadableError(name, "empty")
    source = Source(file=name, format=reader.FORMAT, sha256=sha256(data).hexdigest())
    reading: Reading = reader.read(data, source, settings)
    return reading


def _recognised(data: bytes, name: str, reader: ModuleType, settings: ReadSettings) -> Document:
    reading = read(data, name, reader, settings)
    if reading.positions is not None:
        from profstd.parse.model_file import restore

        return restore(reading)
    from profstd.parse.recognise import recognise

    return recognise(reading)
