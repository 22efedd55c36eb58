"""Which files a command is to read: the paths of the command line, folders walked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from profstd.validate.report import REPORT_MARK

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STANDARD_INPUT = "-"

Fail = Callable[..., Any]

_HEAD = 2048  # bytes in which a report says that it is one

# «page.html» and what is saved with it in «page_files».
_PAGES = (".html", ".htm", ".xhtml")
_OF_PAGES = ("_files", ".files", "_файлы")


class Source(NamedTuple):
    """A file as it was asked for; standard input has no path.

    `met` says that nobody named it: it was found in a folder.
    """

    name: str
    path: Path | None
    met: bool = False


def collect(paths: Iterable[str], suffixes: Iterable[str], fail: Fail) -> list[Source]:
    """The files that `paths` name, each once, folders walked for `suffixes`.

    `fail(name, reason, **arguments)` is told of folders that cannot be read or hold no
    such file.
    """
    wanted = {suffix.casefold() for suffix in suffixes}
    found: dict[object, Source] = {}
    for given in paths:
        if given != STANDARD_INPUT and os.path.isdir(given):
            inside = list(_walk(Path(given), wanted, fail))
            if not inside:
                fail(given, "nothing", known=sorted(wanted))
        else:
            inside = [source(given)]
        for item in inside:
            found.setdefault(item.path and os.path.realpath(item.path), item)
    return list(found.values())


def source(given: str) -> Source:
    """The source that an argument names; its name can be shown anywhere."""
    if given == STANDARD_INPUT:
        return Source(given, None)
    name = os.fsencode(given).decode("utf-8", "replace")
    return Source(Path(name).as_posix(), Path(given))


def _walk(folder: Path, wanted: set[str], fail: Fail) -> Iterator[Source]:
    """The files below `folder` in order, without hidden folders, programs, what git ignores.

    What a browser or Word saves beside a page, for the page itself, is left out too.
    """

    def closed(error: OSError) -> None:
        fail(str(error.filename), "folder_closed", detail=error.strerror or str(error))

    ignored = _Ignored(folder)
    for place, folders, files in os.walk(folder, onerror=closed):
        here = Path(place)
        pages = {os.path.splitext(name)[0] for name in files if name.lower().endswith(_PAGES)}
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not _is_of_programs(here / name)
            and not any(name.endswith(end) and name[: -len(end)] in pages for end in _OF_PAGES)
            and not ignored(here / name, True)
        )
        for name in sorted(files):
            file = here / name
            # «~$draft.docx» is what Word lays beside a file that it has open.
            hidden = (
                name.startswith((".", "~$")) or os.path.splitext(name)[1].casefold() not in wanted
            )
            if not hidden and not ignored(file, False) and not _is_report(file):
                yield source(str(file))._replace(met=True)


def _is_report(file: Path) -> bool:
    """Whether profstd wrote the page: reports quote the form, and are no standards."""
    if file.suffix.lower() not in _PAGES:
        return False
    try:
        with file.open("rb") as opened:
            return REPORT_MARK.encode() in opened.read(_HEAD)
    except OSError:
        return False  # the reader will say why


def _is_of_programs(folder: Path) -> bool:
    """Whether a folder holds what was installed: a virtual environment, packages of Node.js."""
    return folder.name == "node_modules" or os.path.isfile(folder / "pyvenv.cfg")


class _Ignored:
    """What the ``.gitignore`` files in and above a folder say of the files below it.

    Those above count up to the repository's root; where one of them ignores the folder
    itself it was asked for all the same, and only those inside count.
    """

    def __init__(self, folder: Path) -> None:
        self._root = Path(os.path.abspath(folder))
        self._specs: dict[Path, GitIgnoreSpec | None] = {}
        self._above = self._repository() if self._in_repository() else []
        if self._verdict(self._root, True, self._above):
            self._above = []

    def __call__(self, path: Path, is_folder: bool) -> bool:
        path = Path(os.path.abspath(path))
        inside = [parent for parent in path.parents if parent.is_relative_to(self._root)]
        return self._verdict(path, is_folder, [*inside, *self._above])

    def _in_repository(self) -> bool:
        return any(os.path.exists(place / ".git") for place in (self._root, *self._root.parents))

    def _repository(self) -> list[Path]:
        """The folders above the walked one up to the repository's root, nearest first."""
        above: list[Path] = []
        place = self._root
        while not os.path.exists(place / ".git"):
            place = place.parent
            above.append(place)
        return above

    def _verdict(self, path: Path, is_folder: bool, places: list[Path]) -> bool:
        """What the nearest ``.gitignore`` says that says anything."""
        for place in places:
            if (spec := self._spec(place)) is not None:
                relative = path.relative_to(place).as_posix() + ("/" if is_folder else "")
                verdict = spec.check_file(relative).include
                if verdict is not None:
                    return verdict
        return False

    def _spec(self, place: Path) -> GitIgnoreSpec | None:
        if place not in self._specs:
            self._specs[place] = None
            if os.path.isfile(file := place / ".gitignore"):
                from pathspec import GitIgnoreSpec

                try:
                    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
                except OSError:
                    lines = []
                self._specs[place] = GitIgnoreSpec.from_lines(lines)
        return self._specs[place]
