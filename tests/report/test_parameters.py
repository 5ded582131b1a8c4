"""Declared parameters, and what is given for them."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.corpus.schema import DataError
from analysis.report.parameters import (
    Parameter,
    Typed,
    check_parameters,
    parse_parameters,
    read_parameters,
)

SOURCE = """corpus: str = "sample"  # what to compare
n_terms: int = 8  # a panel
level: float = 0.05
folded: bool = True
outlets: list[str] = []  # all if empty
sizes: list[int] = [1, 2]  # n-grams; one of: 1, 2, 3.
colours: dict = {"a#b": "x"}  # by outlet
voice: str = "own # quoted"  # ünïcode; one of: own # quoted, all. More help.
"""
DECLARED = parse_parameters(SOURCE, origin="a.ipynb")


def test_a_cell_is_read_and_not_run():
    assert [parameter.name for parameter in DECLARED] == [
        "corpus", "n_terms", "level", "folded", "outlets", "sizes", "colours", "voice",
    ]  # fmt: skip
    assert DECLARED[0] == Parameter("corpus", "str", "sample", (), "what to compare")
    assert DECLARED[5].choices == (1, 2, 3)
    assert DECLARED[6].default == {"a#b": "x"}
    assert DECLARED[7].choices == ("own # quoted", "all")
    assert DECLARED[7].help == "ünïcode; one of: own # quoted, all. More help."


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("n = 8", "'n = 8' is not a declaration; write `name: type = literal`"),
        ("n: int", "'n: int' is not a declaration"),
        ("import os", "'import os' is not a declaration"),
        ("n: int = 2 * 4", r"the default of 'n' is not a literal \('n: int = 2 \* 4'\)"),
        ("n: tuple = (1,)", "'n' has the type tuple; use one of str, int"),
        ("n: int = 'x'", "a.ipynb, default: 'n' is 'x', but a int is expected"),
        ("n: str = 'c'  # one of: a, b.", "'n' is 'c', but it is one of a, b"),
        ("n: int = 1\nn: int = 2", "declares 'n' twice"),
        ("n: int =", "is not Python"),
    ],
)
def test_what_is_no_declaration_is_refused(source, message):
    with pytest.raises(DataError, match=message):
        parse_parameters(source, origin="a.ipynb")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("n_terms", 3, 3),
        ("level", 1, 1.0),
        ("level", "1e-3", 0.001),
        ("folded", False, False),
        ("outlets", ["a"], ["a"]),
        ("sizes", [3], [3]),
        ("colours", {"x": 1}, {"x": 1}),
        ("corpus", Typed("007"), "007"),
        ("corpus", Typed("'a: b'"), "a: b"),
        ("corpus", Typed("a: b: ["), "a: b: ["),
        ("n_terms", Typed("12"), 12),
        ("level", Typed("1e-3"), 0.001),
        ("folded", Typed("false"), False),
        ("outlets", Typed("[a, b]"), ["a", "b"]),
    ],
)
def test_values_get_their_declared_type(name, value, expected):
    typed = check_parameters(DECLARED, {name: value})[name]
    assert typed == expected
    assert type(typed) is type(expected)


def test_a_date_is_text_where_text_is_declared():
    import datetime

    given = {"corpus": datetime.date(2026, 1, 5)}
    assert check_parameters(DECLARED, given) == {"corpus": "2026-01-05"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "n_term",
            3,
            r"r.yml: no notebook of this run has a parameter 'n_term'; did you mean 'n_te",
        ),
        ("zebra", 3, r"parameter 'zebra'; \(there are: colours, corpus"),
        ("n_terms", "x", "r.yml: 'n_terms' is 'x', but a int is expected"),
        ("n_terms", True, "'n_terms' is True, but a int is expected"),
        ("n_terms", 2.5, "a int is expected"),
        ("level", float("nan"), "a float is expected"),
        ("level", [], "a float is expected"),
        ("folded", "true", "a bool is expected"),
        ("outlets", "a", r"a list\[str\] is expected; write it as \[a, b\]"),
        ("outlets", [1], r"a list\[str\] is expected"),
        ("sizes", [4], "'sizes' is 4, but it is one of 1, 2, 3"),
        ("colours", 3, "a dict is expected"),
        ("corpus", 3, "a str is expected; put it in quotes"),
        ("voice", "al", "is 'al', but it is one of own # quoted, all; did you mean 'all'?"),
        ("n_terms", Typed("x"), "'n_terms' is 'x', but a int is expected"),
    ],
)
def test_what_does_not_fit_is_refused(name, value, message):
    with pytest.raises(DataError, match=message):
        check_parameters(DECLARED, {name: value}, origin="r.yml")


def test_a_notebook_needs_one_parameters_cell(tmp_path: Path):
    path = tmp_path / "a.ipynb"
    one, two = (
        new_code_cell('corpus: str = "sample"', metadata={"tags": ["parameters"]}) for _ in "ab"
    )
    nbformat.write(new_notebook(cells=[one]), path)
    assert read_parameters(path) == [Parameter("corpus", "str", "sample")]
    nbformat.write(new_notebook(cells=[one, two]), path)
    with pytest.raises(DataError, match=r"a\.ipynb has 2 cells tagged 'parameters'; give it exac"):
        read_parameters(path)


def test_a_damaged_notebook_is_named(tmp_path: Path):
    path = tmp_path / "a.ipynb"
    path.write_text("{")
    with pytest.raises(DataError, match=r"a\.ipynb cannot be read as a notebook"):
        read_parameters(path)
