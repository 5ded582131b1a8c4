"""Pairs that an analyst decides: what is read, and what is refused by name."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.corpus.schema import DataError
from analysis.text.event_overrides import read_overrides

IDS = pd.Index(["a1", "a2", "a3", "7"])


def test_a_file_and_a_mapping_are_read_alike(tmp_path):
    path = tmp_path / "overrides.yml"
    path.write_text("same:\n- [a1, a3]\napart:\n- [a2, 7]\n", encoding="utf-8")
    given = {"same": [["a1", "a3"]], "apart": [("a2", 7)]}
    assert read_overrides(path, IDS) == read_overrides(given, IDS) == ([(0, 2)], [(1, 3)])


@pytest.mark.parametrize("text", ["", "same:\napart:\n", "# nothing yet\n"])
def test_an_empty_file_decides_nothing(tmp_path, text):
    path = tmp_path / "overrides.yml"
    path.write_text(text, encoding="utf-8")
    assert read_overrides(path, IDS) == read_overrides(None, IDS) == ([], [])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"together": []}, "overrides has an unknown key 'together'; it may have: same, apart"),
        ({"same": "a1 a2"}, "overrides, same: found 'a1 a2'; write a list of pairs"),
        ({"same": [["a1", "a2"], ["a3"]]}, r"same, entry 2: \['a3'\] is not a pair"),
        ({"same": ["a1"]}, "same, entry 1: 'a1' is not a pair"),
        ({"apart": [["a1", "b9"]]}, "apart, entry 1: article_id 'b9' is not among the 4 articles"),
        ({"apart": [["a1", "a1"]]}, "apart, entry 1: .* names one article twice"),
        (
            {"same": [["a1", "a2"], ["a2", "a3"]], "apart": [["a3", "a1"]]},
            "apart, entry 1: the pairs under same join 'a3' and 'a1'",
        ),
    ],
)
def test_a_bad_entry_is_named(given, message):
    with pytest.raises(DataError, match=message):
        read_overrides(given, IDS)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(DataError, match=r"there is no file of overrides .*none\.yml"):
        read_overrides(tmp_path / "none.yml", IDS)
    path = tmp_path / "bad.yml"
    path.write_text("same: [", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.yml is not YAML"):
        read_overrides(path, IDS)
    path.write_text("same:\n- [a1, a2]\nsame:\n- [a2, a3]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.yml, line 1: 'same' stands twice; keep one"):
        read_overrides(path, IDS)
    path.write_text("- [a1, a2]", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.yml holds \[\['a1', 'a2'\]\]; write it as"):
        read_overrides(path, IDS)
