"""Findings as a frame."""

from analysis.check.findings import (
    BLOCKS,
    FINDING_COLUMNS,
    FINE,
    QUALIFIES,
    Finding,
    of_whole,
    percent,
    tabulate_findings,
)


def test_what_blocks_comes_first_and_articles_are_counted():
    table = tabulate_findings(
        [
            Finding(FINE, "dates", "All have one."),
            Finding(QUALIFIES, "size", "Small.", outlet="Herald", articles=("a", "b")),
            Finding(BLOCKS, "language", "Mixed.", "terms"),
        ]
    )
    assert table.columns.tolist() == FINDING_COLUMNS
    assert table["check"].tolist() == ["language", "size", "dates"]
    assert table["n_articles"].tolist() == [0, 2, 0]
    assert table["articles"].tolist() == [[], ["a", "b"], []]
    assert tabulate_findings([]).columns.tolist() == FINDING_COLUMNS


def test_the_same_of_many_outlets_is_one_finding():
    def undated(name):
        return Finding(
            QUALIFIES, "dates", f"{name} lacks dates.", outlet=name, articles=(name.lower(),),
            group="lack dates", brief="1 of 2",
        )  # fmt: skip

    few = tabulate_findings([undated(name) for name in "ABC"])
    assert few["outlet"].tolist() == ["A", "B", "C"]
    many = tabulate_findings([*[undated(name) for name in "ABCD"], Finding(FINE, "x", "Fine.")])
    assert many["outlet"].tolist() == ["", ""]
    assert many["what"][0] == (
        "4 outlets lack dates: A (1 of 2), B (1 of 2), C (1 of 2) and D (1 of 2)."
    )
    assert many["articles"][0] == ["a", "b", "c", "d"]


def test_shares_say_none_only_of_none():
    assert of_whole(12, 110, "Herald") == "12 of 110 articles of Herald (11%)"
    assert [percent(n, 1000) for n in (0, 1, 500, 999, 1000)] == [
        "0%", "<1%", "50%", ">99%", "100%",
    ]  # fmt: skip
