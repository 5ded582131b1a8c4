"""A report file: what one published report is made of."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from analysis.corpus.datasets import BUILT_IN
from analysis.corpus.places import is_address
from analysis.corpus.schema import DataError
from analysis.corpus.unique_keys import UniqueLoader
from analysis.report.cells import listed
from analysis.report.parameters import (
    Typed,
    check_names,
    check_parameters,
    read_parameters,
)

KEYS = ("title", "corpus", "notebooks", "parameters")
# In a report only where named: frames are published when people have coded a sample of them.
FOR_ANALYSTS = {"35-frames", "50-coding-sample"}


@dataclass(frozen=True)
class ReportFile:
    """What a report is made of.

    Attributes
    ----------
    path
        The file.
    title
        The report's title.
    corpus
        As written in the file: a path relative to it, or the name of a built-in corpus.
    notebooks
        Paths, in the order in which readers see them.
    parameters
        Given values by name, not checked yet.
    label
        What readers see as the corpus, where the file's name does not say it.
    """

    path: Path
    title: str
    corpus: str
    notebooks: tuple[Path, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""

    @property
    def corpus_name(self) -> str:
        """The corpus as readers see it: no reader needs the folders of another's machine."""
        return self.label or Path(self.corpus).name

    @property
    def source(self) -> str:
        """The corpus as ``load`` finds it from any folder."""
        return locate_corpus(self.corpus, self.path.parent, origin=self.path.name)


def read_report_file(path: str | Path) -> ReportFile:
    """Read a report file.

    Parameters
    ----------
    path
        YAML with ``title``, ``corpus`` and, if need be, ``notebooks`` (names in the folder of
        notebooks, or paths relative to the file; all for readers if left out) and ``parameters``.

    Raises
    ------
    DataError
        When the file is missing or not YAML, a key is unknown, stands twice or has the wrong type,
        or the corpus or a notebook is not there.
    """
    path = Path(path).resolve()
    if not path.is_file():
        raise DataError(f"there is no report file {path}; write one, as in reports/params/")
    given = parse_yaml(path)
    check_keys(given, KEYS, path.name)
    return parse_report(given, path)


def parse_report(given: Mapping[Any, Any], path: Path) -> ReportFile:
    """Read what a report is made of from a mapping of the file `path`."""
    title, corpus = (check_words(given, key, path.name) for key in ("title", "corpus"))
    parameters = given.get("parameters") or {}
    if not isinstance(parameters, dict):
        raise DataError(f"{path.name}: parameters is {parameters!r}; write `name: value` lines")
    if "corpus" in parameters:
        raise DataError(f"{path.name}: corpus stands under parameters; move it to the top level")
    report = ReportFile(path, title, corpus, find_notebooks(given, path), parameters)
    _ = report.source  # refused here if it is not there
    return report


def check_keys(given: Mapping[Any, Any], known: Collection[str], origin: str) -> None:
    """Refuse a key that nothing reads."""
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it may have: {listed(known)}"
            raise DataError(f"{origin} has an unknown key {key!r}; {hint}")


def parse_yaml(path: Path) -> dict[Any, Any]:
    """Read a mapping from a YAML file."""
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueLoader)
    except DataError as error:
        raise DataError(f"{path.name}, {error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(given, dict):
        raise DataError(f"{path.name} holds no `key: value` lines; it needs title and corpus")
    return given


def check_words(given: Mapping[Any, Any], key: str, origin: str) -> str:
    """Give a key's text, which must be there."""
    value = given.get(key)
    if not isinstance(value, str) or not value.strip():
        found = "is missing" if value is None else f"is {value!r}"
        raise DataError(f"{origin}: {key} {found}; write `{key}: some words`")
    return " ".join(value.split())


def notebooks_folder() -> Path:
    """Where the package's notebooks are: in the installed package, or in the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / "notebooks"
    return installed if installed.is_dir() else package.parents[1] / "notebooks"


def find_notebooks(given: Mapping[Any, Any], path: Path) -> tuple[Path, ...]:
    """Find the notebooks that a report file names, or all."""
    names = given.get("notebooks")
    folder = notebooks_folder()
    if names is None:
        found = tuple(one for one in sorted(folder.glob("*.ipynb")) if one.stem not in FOR_ANALYSTS)
        if not found:
            raise DataError(f"there are no notebooks in {folder}; name some in {path.name}")
        return found
    if not (isinstance(names, list) and names and all(isinstance(n, str) for n in names)):
        raise DataError(f"{path.name}: notebooks is {names!r}; write a list of names")
    chosen = tuple(find_notebook(name, path, folder) for name in names)
    stems = [notebook.stem for notebook in chosen]
    twice = [stem for stem in stems if stems.count(stem) > 1 or stem == "index"]
    if twice:
        raise DataError(f"{path.name}: a page {twice[0]!r} would be written twice; rename one")
    return chosen


def find_notebook(name: str, path: Path, folder: Path) -> Path:
    """Find one notebook beside the report file or among the package's."""
    file = name if name.endswith(".ipynb") else f"{name}.ipynb"
    for place in (path.parent, folder):
        if (place / file).is_file():
            return (place / file).resolve()
    there = sorted(notebook.stem for notebook in folder.glob("*.ipynb"))
    near = difflib.get_close_matches(name, there, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {listed(there)}"
    raise DataError(f"{path.name}: there is no notebook {name!r}; {hint}")


def locate_corpus(corpus: str, folder: Path, *, origin: str) -> str:
    """Give the absolute path of a corpus; an address, or the name of a built-in one, as it is."""
    if corpus in BUILT_IN or is_address(corpus):
        return corpus
    place = (folder / Path(corpus).expanduser()).resolve()
    if not place.exists():
        near = difflib.get_close_matches(corpus, BUILT_IN, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"built in are: {listed(BUILT_IN)}"
        raise DataError(f"{origin}: there is no corpus {corpus!r} (looked at {place}); {hint}")
    return str(place)


def assign_parameters(
    report: ReportFile, settings: Mapping[str, Any]
) -> dict[Path, dict[str, Any]]:
    """Give each notebook the values it declares, from the report file and the command line.

    Parameters
    ----------
    report
        The report file.
    settings
        Values from the command line, which win.

    Raises
    ------
    DataError
        When a value fits no notebook, or one of them not, or a notebook declares no ``corpus``.
    """
    declared = {path: read_parameters(path) for path in report.notebooks}
    names = {parameter.name for parameters in declared.values() for parameter in parameters}
    sources = {report.path.name: dict(report.parameters), "--set": dict(settings)}
    for origin, given in sources.items():
        check_names(names, given, origin)
    values: dict[Path, dict[str, Any]] = {}
    for path, parameters in declared.items():
        kinds = {parameter.name: parameter.type for parameter in parameters}
        if kinds.get("corpus") != "str":
            raise DataError(f'{path.name} declares no `corpus: str = "sample"`; add that line')
        values[path] = {"corpus": report.source}
        for origin, given in sources.items():
            mine = {name: value for name, value in given.items() if name in kinds}
            where = f"{origin} for {path.name}"
            values[path] |= check_parameters(parameters, mine, origin=where)
    return values


def parse_settings(texts: list[str]) -> dict[str, Typed]:
    """Read ``name=value`` arguments.

    Raises
    ------
    DataError
        When one has no ``=``, or a name is given twice.
    """
    settings: dict[str, Typed] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise DataError(f"--set {text!r}: write --set name=value")
        if name in settings:
            raise DataError(f"--set {name} is given twice; keep one")
        settings[name] = Typed(value)
    return settings
