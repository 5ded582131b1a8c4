"""A whole corpus, from its files to its findings."""

import pandas as pd
import pytest

from analysis.check.findings import FINDING_COLUMNS
from analysis.check.health import check_corpus
from analysis.check.measure import measure_articles, summarise_outlets
from analysis.pipeline import prepare

TEXT = (
    "The envoys of both sides met in the old hall at {0} on the {0} day of talks. “We have a list "
    "of {0} points,” one of them said, and the others who were with him agreed that it was so."
)


@pytest.fixture
def check(tmp_path):
    def run(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
        path = tmp_path / "articles.csv"
        pd.DataFrame(rows, columns=["outlet", "published", "text"]).to_csv(path, index=False)
        return check_corpus(prepare(path))

    return run


def test_a_healthy_corpus_has_nothing_that_blocks_or_qualifies():
    corpus = prepare("sample")
    measured = measure_articles(corpus)
    findings = check_corpus(corpus, measured=measured)
    assert findings.columns.tolist() == FINDING_COLUMNS
    assert set(findings["level"]) == {"fine"}
    pd.testing.assert_frame_equal(findings, check_corpus(corpus))


def test_what_was_planted_in_the_sample_is_measured():
    table = summarise_outlets(measure_articles(prepare("sample"))).set_index("outlet")
    assert table["undated"].sum() == 4
    assert table.loc["Isthmus Monitor", "quotation_marks"] == "« » 100%"
    assert table.loc["Halvane Tribune", "quotation_marks"] == "'' '' 100%"
    assert set(table["languages"]) == {"English 100%"}
    assert (table["articles"] == 11).all()


def test_a_few_articles_block_inference(check):
    words = ("one", "two", "three", "four", "five")
    rows = [(f"Paper {word}", "2026-01-05", TEXT.format(word)) for word in words]
    findings = check(rows)
    first = findings.iloc[0]
    assert (first["level"], first["check"]) == ("blocks", "number of articles")
    assert first["n_articles"] == 5
    assert (findings["level"] != "blocks").iloc[1:].all()


def test_dates_and_outlets_that_are_missing_or_impossible_are_told(check):
    rows = [(name, "2026-01-05", TEXT.format(f"{name} {n}")) for name in "AB" for n in range(9)]
    findings = check([*rows, ("A", "31 February 2026", TEXT.format("noon")), ("B", "", "")])
    told = findings.set_index("check")
    assert told.loc["impossible dates", "level"] == "qualifies"
    assert "'31 February 2026' cannot be read" in told.loc["impossible dates", "what"]
    assert told.loc["impossible dates", "n_articles"] == 1
    assert told.loc["records set aside", "level"] == "qualifies"
    assert told.loc["records set aside", "what"].startswith("1 record could not be loaded, 5%")
    assert told.loc["missing outlets", "level"] == "fine"
