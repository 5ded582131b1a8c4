"""Functions that numba compiles once and keeps on disk."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile `function` at its first call, without the interpreter's lock while it runs.

    numba keeps the machine code beside the module, or in the user's cache folder where the
    package cannot be written to. Where neither can be, every process compiles for itself.
    """
    try:
        kept = numba.njit(function, cache=True, nogil=True)
    except RuntimeError:
        return numba.njit(function, nogil=True)  # type: ignore[no-any-return]
    drop_stale(Path(kept.stats.cache_path), function.__module__, Path(inspect.getfile(function)))
    return kept  # type: ignore[no-any-return]


def drop_stale(folder: Path, module: str, source: Path) -> None:
    """Delete machine code that is older than the code beside its module.

    numba looks at the module alone, and not at the functions that it calls; and it reads its old
    files, which a newer version of the package may not understand, before it looks.
    """
    newest = max(path.stat().st_mtime for path in source.parent.glob("*.py"))
    for path in folder.glob(f"{module.rpartition('.')[2]}.*.nb[ic]"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < newest:
                path.unlink()
