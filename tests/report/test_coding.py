"""Coding by hand: every code is kept, and the next session goes on where this one stopped."""

from importlib.util import find_spec

import pandas as pd
import pytest

import analysis
from analysis import DataError
from analysis.report.coding import WITHOUT_WIDGETS, build_widget


@pytest.fixture
def sample() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["A", "B"],
            "sentence": ["=1+1", "<b>Rain</b> fell."],
            "weight": [1.0, 2.0],
            "conflict": ["", ""],
            "morality": ["", ""],
        }
    )


def test_codes_go_to_the_file_and_come_back(sample, tmp_path):
    path = tmp_path / "anna.csv"
    coding = analysis.Coding(sample, coder="anna", path=path)
    assert coding.sentence == "=1+1"
    coding.code({"conflict": True, "morality": False})
    assert (coding.place, coding.n_coded) == (1, 1)
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")
    again = analysis.Coding(sample, coder="anna", path=path)
    assert (again.place, again.n_coded) == (1, 1)
    again.code({"conflict": False, "morality": True})
    read = analysis.read_codes(path, frames=["conflict", "morality"])
    assert read["conflict"].tolist() == [1, 0]
    assert read["sentence"].tolist() == ["=1+1", "<b>Rain</b> fell."]
    assert read["coder"].tolist() == ["anna", "anna"]
    assert (sample["conflict"] == "").all()


def test_going_back_and_forth_stays_inside(sample):
    coding = analysis.Coding(sample, coder="anna")
    coding.go(-1)
    assert coding.place == 0
    coding.go(5)
    assert coding.place == 1


def test_what_cannot_be_coded_is_named(sample, tmp_path):
    with pytest.raises(DataError, match="there are 0 sentences, 2 frames and the coder 'anna'"):
        analysis.Coding(sample.head(0), coder="anna")
    with pytest.raises(DataError, match="code each of conflict, morality"):
        analysis.Coding(sample, coder="anna").code({"conflict": True})
    path = tmp_path / "ben.csv"
    analysis.write_sample(sample.head(1), path)
    with pytest.raises(DataError, match=r"ben\.csv holds the codes of another sample"):
        analysis.Coding(sample, coder="ben", path=path)


@pytest.mark.skipif(find_spec("ipywidgets") is not None, reason="ipywidgets is there")
def test_without_widgets_the_way_out_is_said(sample):
    assert analysis.code_sentences(sample, coder="anna") == WITHOUT_WIDGETS


@pytest.mark.skipif(find_spec("ipywidgets") is None, reason="only JupyterLab's environment has it")
def test_the_buttons_keep_what_is_ticked(sample):
    layout = build_widget(analysis.Coding(sample, coder="anna"))
    text, conflict, morality, buttons = layout.children
    assert "=1+1" in text.value
    conflict.value = True
    buttons.children[1].click()
    assert layout.coding.codes.loc[0, ["conflict", "morality"]].tolist() == ["1", "0"]
    assert "&lt;b&gt;Rain" in text.value
    assert conflict.value is False
    assert morality.value is False
    buttons.children[0].click()
    assert conflict.value is True
