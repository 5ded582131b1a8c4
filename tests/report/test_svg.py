"""Figures in fewer bytes: the same drawing, and nothing of it that could run."""

import re
from pathlib import Path
from urllib.parse import unquote

import matplotlib.image
import numpy as np
import pytest
from browser import needs_browser
from lxml import etree
from matplotlib.figure import Figure

from analysis.report.display import draw_svg
from analysis.report.svg import as_address, shrink, straighten

HOSTILE = "</text><script>alert(1)</script> & \"quoted\" 'single' #a %41 \u2028 é"


def draw(label: str = "a") -> str:
    """Bars, steps, dots, a dashed line, clipped and turned text."""
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots(1, 2)
    random = np.random.default_rng(0)
    axes[0].fill_between(range(300), random.poisson(0.1, 300), step="mid")
    axes[0].plot([0, 300], [0, 2], "--", color="red")
    axes[0].set_xlabel(label)
    axes[1].plot(random.random(300), random.random(300), "o", markersize=3, alpha=0.6)
    axes[1].plot(random.random(50), random.random(50), "s", color="orange")
    axes[1].set_ylabel("up", rotation=90)
    return draw_svg(figure, "figure")


@pytest.mark.parametrize(
    ("path", "straight"),
    [
        ("M 0 0 \nL 1 0 \nL 2 0 \nL 2 1 \nz", "M0 0L2 0L2 1z"),
        ("M 0 0 L 0 0 L 5 0 L 5 0", "M0 0L5 0"),
        ("M 0 0 L 5 0 L 2 0", "M0 0L5 0L2 0"),  # back again: a cap stands at the turn
        ("M 1.004 1 C 1 2 3 4 5 6.128 L 7 7", "M1 1C1 2 3 4 5 6.13L7 7"),
        ("M 0 0 L 1 0 M 2 0 L 3 0", "M0 0L1 0M2 0L3 0"),
        ("m 0 0 l 1 0 l 1 0", "m 0 0 l 1 0 l 1 0"),
    ],
)
def test_a_path_keeps_the_points_at_which_it_turns(path, straight):
    assert straighten(path) == straight


def test_a_drawing_loses_two_thirds_of_its_bytes_and_none_of_its_words():
    svg = draw("words of an axis")
    small = shrink(svg)
    assert len(as_address(svg)) < len(svg) / 3
    root, old = (etree.fromstring(one.encode()) for one in (small, svg))
    texts = [[t.text for t in one.iter("{*}text")] for one in (root, old)]
    assert texts[0] == texts[1]
    assert len(list(root.iter("{*}use"))) == len(list(old.iter("{*}use")))
    assert "metadata" not in small
    assert len(shrink(small)) == len(small)


def test_every_reference_still_leads_somewhere():
    small = shrink(draw())
    names = re.findall(r' id="([^"]*)"', small)
    assert len(names) == len(set(names)) > 0
    assert set(re.findall(r"#(i\w+)", small)) == set(names)


def test_words_stay_words_in_the_address():
    address = as_address(draw(HOSTILE))
    assert not set(address) & set("<>\"'#&\n")
    root = etree.fromstring(unquote(address.partition(",")[2]).encode())
    assert HOSTILE in [text.text for text in root.iter("{*}text")]
    assert not list(root.iter("{*}script"))


@pytest.mark.parametrize(
    "other", ["<svg", "", "<html/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_what_is_no_drawing_comes_back_as_it_is(other):
    assert shrink(other) == other


@needs_browser
def test_it_looks_the_same(chromium, tmp_path: Path):
    svg = draw("é < ü")
    pictures = []
    for name, content in (("old", svg), ("new", shrink(svg))):
        page = chromium.new_page(viewport={"width": 600, "height": 420})
        path = tmp_path / f"{name}.svg"
        path.write_text(content, encoding="utf-8")
        page.goto(path.as_uri())
        page.screenshot(path=tmp_path / f"{name}.png")
        pictures.append(matplotlib.image.imread(tmp_path / f"{name}.png"))
        page.close()
    assert pictures[0].min() < 0.1  # something is drawn
    difference = np.abs(pictures[0] - pictures[1]).max(axis=2)
    assert (difference > 0.1).mean() < 0.001
