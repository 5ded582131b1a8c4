"""Where a report comes from: the moment, the versions and the commit that made it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from datetime import UTC, datetime

from analysis.corpus.schema import DataError
from analysis.report.reportfile import notebooks_folder

LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "matplotlib", "trafilatura", "papermill")


TRACED = ("src", "notebooks")


def fixed_moment() -> datetime | None:
    """Give the moment that ``SOURCE_DATE_EPOCH`` sets, if it is set."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not text.isdigit():
        raise DataError(f"SOURCE_DATE_EPOCH is {text!r}; give seconds since 1970, or unset it")
    return datetime.fromtimestamp(int(text), UTC)


def find_versions() -> dict[str, str]:
    """Give the versions that decide what a report says."""
    return {
        "news-parallax": importlib.metadata.version("news-parallax"),
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def find_commit() -> str:
    """Give the last commit that changed the code or the notebooks; empty without a history."""
    root = notebooks_folder().parent
    if not (root / ".git").exists():
        return ""
    command = ["git", "-C", str(root), "log", "-1", "--format=%h", "--abbrev=12", "--", *TRACED]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
