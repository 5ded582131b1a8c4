"""Frames are shown with their tier, withheld below it, and announced only when coded."""

import pandas as pd

import analysis

ROW = {
    "frame": "conflict", "outlet": "Herald", "estimate": 0.2, "low": 0.1, "high": 0.3, "p": 0.001, "q": 0.01,
    "share": 0.3, "share_low": 0.2, "share_high": 0.4, "share_rest": 0.1, "count": 30, "total": 100,
    "count_rest": 10, "total_rest": 100, "n_articles": 9, "articles": 10, "n_articles_rest": 5,
    "articles_rest": 10, "n_events": 3,
}  # fmt: skip
TABLE = pd.DataFrame([ROW, {**ROW, "frame": "morality"}, {**ROW, "outlet": "Gazette", "q": 0.5}])


def checked(**tiers: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"frame": frame, "tier": tier, "why": "F1 0.70, one coder", "f1_low": 0.6, "f1_high": 0.8, "sentences": 50}
            for frame, tier in tiers.items()
        ]
    )  # fmt: skip


RATED = checked(conflict="B", morality="not publishable")
UNCODED = checked(conflict="not yet coded", morality="not yet coded")


def test_a_finding_stands_with_its_tier_and_the_rest_is_withheld():
    said = analysis.describe_frames(TABLE, RATED)
    assert said == [
        "Herald takes the angle “conflict” more often than the others (30% of 100 sentences, 95 % interval "
        "20% to 40%; the others 10% of 100; tier B).",
        "Withheld as not publishable: morality. The words find too little of what coders find, or coders do "
        "not agree.",
    ]


def test_what_is_not_coded_is_not_announced():
    assert analysis.describe_frames(TABLE, UNCODED) == [
        "No difference is announced: the frames are not yet coded."
    ]
    (said,) = analysis.describe_reliability(UNCODED)
    assert said.startswith("Not yet coded: conflict and morality.")


def test_reliability_in_words():
    assert analysis.describe_reliability(RATED) == [
        "conflict: tier B (F1 0.70, one coder; F1 95 % interval 0.60 to 0.80; 50 sentences coded).",
        "morality: withheld, not publishable (F1 0.70, one coder; F1 95 % interval 0.60 to 0.80; 50 "
        "sentences coded).",
    ]


def test_figures_and_tables_withhold_too():
    figure = analysis.plot_frames(TABLE, RATED)
    titles = [axes.get_title("left") for axes in figure.axes if axes.get_visible()]
    assert titles == ["conflict (tier B)"]
    assert set(analysis.tabulate_frames(TABLE, RATED)["frame"]) == {"conflict"}
    titles = [axes.get_title("left") for axes in analysis.plot_frames(TABLE, UNCODED).axes]
    assert titles == ["conflict (not yet coded)", "morality (not yet coded)"]


def test_where_nothing_is_publishable_the_figure_says_so():
    none = checked(conflict="not publishable", morality="not publishable")
    figure = analysis.plot_frames(TABLE, none)
    assert figure.texts[0].get_text() == "no frame is reliable enough to be shown"


def test_single_articles_and_empty_comparisons():
    alone = TABLE.assign(articles=1, articles_rest=1, q=1.0)
    assert "Nothing can be inferred about frames: each outlet has a single article." in (
        analysis.describe_frames(alone, RATED)
    )
    assert analysis.describe_frames(TABLE.head(0), RATED) == [
        "No event has articles of two groups, so that frames cannot be compared inside."
    ]
