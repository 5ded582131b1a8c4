"""The parameters that notebooks declare, and what is given for them, checked before a run.

A notebook declares its parameters in the cell tagged ``parameters``, one a line::

    outlet: str = "Herald"  # left side of the comparison
    voice: str = "own"  # whose words are counted; one of: own, quoted.

The cell is read, never run. Its help may end with ``one of:`` and the values that are allowed.
"""

from __future__ import annotations

import ast
import difflib
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import yaml

from analysis.corpus.schema import DataError
from analysis.report.cells import listed

TYPES = ("str", "int", "float", "bool", "list[str]", "list[int]", "dict")
CHOICES = re.compile(r"one of:\s*(.+?)(?:\.\s|\.?$)", re.IGNORECASE)
TAG = "parameters"


class Typed(str):
    """Text from a command line, whose type only the declaration tells."""

    __slots__ = ()


@dataclass(frozen=True)
class Parameter:
    """A parameter as a notebook declares it.

    Attributes
    ----------
    name, help
        Help without the list of choices is for people; ``type`` is one of `TYPES`.
    choices
        The values that are allowed, of a list each item; empty if all are.
    """

    name: str
    type: str
    default: Any
    choices: tuple[Any, ...] = ()
    help: str = ""


def read_parameters(path: str | Path) -> list[Parameter]:
    """Read which parameters a notebook declares.

    Parameters
    ----------
    path
        The notebook.

    Raises
    ------
    DataError
        When there is not exactly one cell tagged ``parameters``, when a line of it is more than
        ``name: type = literal``, or when a default does not fit its own type or choices.
    """
    path = Path(path)
    try:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except Exception as error:
        raise DataError(f"{path.name} cannot be read as a notebook: {error}") from error
    cells = [cell for cell in notebook.cells if TAG in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise DataError(
            f"{path.name} has {len(cells)} cells tagged {TAG!r}; give it exactly one, with a line "
            '`corpus: str = "sample"` and one for each further parameter'
        )
    return parse_parameters(cells[0].source, origin=path.name)


def parse_parameters(source: str, *, origin: str) -> list[Parameter]:
    """Read the declarations of a cell; `origin` is named in messages."""
    try:
        nodes = ast.parse(source).body
    except SyntaxError as error:
        raise DataError(f"{origin}: the parameters cell is not Python: {error}") from error
    lines = source.splitlines()
    declared = [parse_line(node, lines, origin) for node in nodes]
    names = [parameter.name for parameter in declared]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise DataError(f"{origin} declares {twice[0]!r} twice; keep one line")
    return declared


def parse_line(node: ast.stmt, lines: Sequence[str], origin: str) -> Parameter:
    """Read one declaration."""
    line = lines[node.lineno - 1].strip()
    if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value):
        raise DataError(
            f"{origin}, parameters cell: {line!r} is not a declaration; "
            "write `name: type = literal`"
        )
    kind = ast.unparse(node.annotation)
    if kind not in TYPES:
        raise DataError(
            f"{origin}: parameter {node.target.id!r} has the type {kind}; "
            f"use one of {listed(TYPES)}"
        )
    try:
        default = ast.literal_eval(node.value)
    except ValueError as error:
        raise DataError(
            f"{origin}: the default of {node.target.id!r} is not a literal ({line!r}); write the "
            "value itself, and compute in a later cell"
        ) from error
    end = lines[(node.end_lineno or node.lineno) - 1].encode()[node.end_col_offset :]
    text = end.decode().strip().removeprefix("#").strip()
    found = CHOICES.search(text)
    words = [word.strip() for word in found[1].split(",")] if found else []
    one = Parameter(node.target.id, kind.removeprefix("list[").removesuffix("]"), None)
    choices = tuple(fit(one, Typed(word), origin) for word in words)
    parameter = Parameter(node.target.id, kind, default, choices, text)
    fit(parameter, default, f"{origin}, default")
    return parameter


def check_parameters(
    declared: Iterable[Parameter], given: Mapping[str, Any], *, origin: str = "parameters"
) -> dict[str, Any]:
    """Give the values that were given, each of its declared type.

    Parameters
    ----------
    declared
        What the notebooks of the run declare.
    given
        Values by name: as YAML gives them, or `Typed` text from a command line.
    origin
        Where the values come from, for messages.

    Raises
    ------
    DataError
        When a name is not declared, or a value has the wrong type or is not among the choices.
    """
    known = {parameter.name: parameter for parameter in declared}
    check_names(known, given, origin)
    return {name: fit(known[name], value, origin) for name, value in given.items()}


def check_names(known: Collection[str], given: Iterable[str], origin: str) -> None:
    """Refuse a name that nothing declares."""
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise DataError(
                f"{origin}: no notebook of this run has a parameter {name!r}; {hint}"
                f"(there are: {listed(sorted(known))})"
            )


def fit(parameter: Parameter, value: Any, origin: str) -> Any:  # noqa: ANN401
    """Give a value as its declared type and among its choices, or refuse it."""
    if isinstance(value, Typed):
        value = interpret(parameter.type, value)
    typed = convert(parameter.type, value)
    if typed is None:
        hint = ""
        if parameter.type == "str":
            hint = "; put it in quotes"
        elif parameter.type.startswith("list"):
            hint = "; write it as [a, b]"
        raise DataError(
            f"{origin}: {parameter.name!r} is {value!r}, but a {parameter.type} is expected{hint}"
        )
    wrong = [item for item in as_list(typed) if parameter.choices and item not in parameter.choices]
    if wrong:
        near = difflib.get_close_matches(str(wrong[0]), list(map(str, parameter.choices)), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise DataError(
            f"{origin}: {parameter.name!r} is {wrong[0]!r}, but it is one of "
            f"{listed(parameter.choices)}{hint}"
        )
    return typed


def interpret(kind: str, text: str) -> Any:  # noqa: ANN401
    """Read text from a command line as YAML; of a string, only the quotes are YAML."""
    if kind == "str" and not text.startswith(("'", '"')):
        return str(text)
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return str(text)


def convert(kind: str, value: Any) -> Any:  # noqa: ANN401
    """Give a value in its declared type, or None where it is of another."""
    if kind == "str" and isinstance(value, date):
        return value.isoformat()
    if kind == "float":
        return as_float(value)
    if kind in ("list[str]", "list[int]"):
        items = [convert(kind[5:-1], item) for item in value] if isinstance(value, list) else [None]
        return None if None in items else items
    expected = {"str": str, "int": int, "bool": bool, "dict": dict}[kind]
    return value if type(value) is expected else None


def as_float(value: object) -> float | None:
    """Give a finite number; YAML takes ``1e-3`` for a string, its readers do not."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def as_list(value: Any) -> list[Any]:  # noqa: ANN401
    """Give a list as it is and anything else as a list of one."""
    return value if isinstance(value, list) else [value]
