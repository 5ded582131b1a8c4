"""Numbers lead back to the passages that they were counted from."""

import pandas as pd

from analysis.compare.evidence import find_evidence, sample_articles
from analysis.text.concordance import concordance
from analysis.text.tokens import tokenize


def test_each_passage_is_from_another_article_of_the_group(articles):
    tokens = tokenize(articles)
    table = pd.DataFrame({"outlet": ["Herald", "Gazette"], "term": ["regime", "government"]})
    lines = find_evidence(tokens, table, n_lines=2)
    assert lines["term"].tolist() == ["government", "government", "regime", "regime"]
    assert lines["article_id"].tolist() == ["g1", "g2", "h1", "h2"]
    text = articles.set_index("article_id")["text"]
    for line in lines.itertuples():
        assert text[line.article_id][line.start : line.end].lower() == line.term


def test_of_an_article_that_stands_twice_only_one_gives_a_passage(articles):
    tokens = tokenize(articles.assign(copy_of=["", "h1", *[""] * 10]))
    table = pd.DataFrame({"outlet": ["Herald"], "term": ["regime"]})
    assert find_evidence(tokens, table)["article_id"].tolist() == ["h1"]


def test_no_terms_give_no_passages(articles):
    tokens = tokenize(articles)
    nothing = pd.DataFrame({"outlet": [], "term": []})
    lines = find_evidence(tokens, nothing)
    assert lines.empty
    assert list(lines.columns) == ["term", *concordance(tokens, "regime").columns]


def test_an_article_of_median_length_stands_for_its_outlet(articles):
    table = sample_articles(tokenize(articles).counts(), n_terms=2)
    assert table["outlet"].tolist() == ["Courier", "Gazette", "Herald"]
    assert table["words"].tolist() == [4, 5, 5]
    assert table["title"].tolist() == ["Talks go on"] * 3
    assert table["published"].tolist() == ["2026-01-06"] * 3
    assert table["begins"].iloc[2] == "Envoys left. The regime waited."
    assert table["terms"].iloc[2] == "waited, regime"
