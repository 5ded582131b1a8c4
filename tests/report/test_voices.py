"""Findings about voices, and the article with its voices marked."""

import pandas as pd
import pytest

from analysis import (
    DataError,
    compare_own_and_quoted,
    compare_voices,
    describe_cues,
    describe_diversity,
    describe_reading,
    describe_unheard,
    describe_voice,
    describe_voices,
    find_quotes,
    plot_voices,
    show_voices,
    tabulate_cues,
    tabulate_unheard,
    tabulate_voices,
)

ROW = pd.Series(
    {
        "outlet": "Herald", "speaker": "Ida Storm", "estimate": 0.2, "low": 0.1, "high": 0.3,
        "p": 0.001, "q": 0.01, "share": 0.25, "share_rest": 0.05, "heard": 8, "words": 90,
        "direct": 0.5, "first": 2, "place": 0.25, "n_articles": 20, "n_articles_rest": 50,
    }
)  # fmt: skip


def test_a_voice_with_its_interval():
    assert describe_voice(ROW) == (
        "Herald lets Ida Storm speak more than the others do (25% of an article's quoted words "
        "against 5%; difference with 95 % interval +10 to +30 points; heard in 8 of 20 articles, "
        "the others have 50)."
    )


def test_no_claim_beyond_chance():
    chance = pd.concat([ROW.drop(["low", "q"]), pd.Series({"low": -0.1, "q": 0.3})])
    assert describe_voice(chance).startswith("No difference can be shown for Ida Storm in Herald")
    assert describe_voices(pd.DataFrame([chance]))[0].startswith("No speaker sets any outlet apart")
    small = pd.concat(
        [ROW.drop(["share", "share_rest"]), pd.Series({"share": 0.03, "share_rest": 0})]
    )
    assert "3.0% of an article's quoted words against 0.0%" in describe_voice(small)
    alone = pd.concat([ROW.drop("n_articles"), pd.Series({"n_articles": 1})])
    assert describe_voice(alone).startswith("Nothing can be inferred about Ida Storm in Herald")


CUE = {
    "outlet": "Herald", "term": "doubting", "estimate": 1.1, "low": 0.7, "high": 1.6, "p": 0.001,
    "q": 0.01, "count": 12, "n_articles": 9, "count_rest": 6, "n_articles_rest": 5, "articles": 20,
    "articles_rest": 50,
}  # fmt: skip


def test_cues_against_the_others_and_between_sides():
    assert describe_cues(pd.DataFrame([CUE])) == [
        "Herald introduces others' words with a word of doubt (claimed, alleged) 3.0 times as often "
        "as the others do (95 % interval 2.0 to 5.0; 9 of 20 articles against 5 of 50)."
    ]
    sides = CUE | {"side": "Norway", "other": "Sweden", "count_rest": 0, "high": float("inf")}
    assert describe_cues(pd.DataFrame([sides]))[0].startswith(
        "Herald introduces the words of Norway with a word of doubt (claimed, alleged), but never "
        "those of Sweden (95 % interval: at least 2.0 times as often;"
    )
    own = CUE | {"term": "alarmed"}
    assert "by words of the kind “alarmed”" in describe_cues(pd.DataFrame([own]))[0]
    chance = CUE | {"q": 0.4}
    assert "is beyond chance" in describe_cues(pd.DataFrame([chance]))[0]
    assert "enough words" in describe_cues(pd.DataFrame(columns=list(CUE)))[0]


def test_diversity_is_told_only_where_intervals_do_not_meet():
    rows = [("Herald", 12.0, 9.0, 15.0, 30, 20, 10), ("Gazette", 4.0, 3.0, 6.0, 9, 20, 10)]
    names = ["outlet", "estimate", "low", "high", "n_speakers", "n_articles", "drawn"]
    table = pd.DataFrame(rows, columns=names)
    assert describe_diversity(table) == [
        "Herald hears more different speakers than Gazette: Herald 12 (9 to 15) and Gazette 4 "
        "(3 to 6); effective speakers in 10 articles, 95 % interval."
    ]
    assert describe_diversity(table.assign(low=2.0))[0].startswith("No outlet can be shown to hear")
    assert "too few articles" in describe_diversity(table[:0])[0]


def test_silences():
    row = {
        "outlet": "Herald", "speaker": "Ida", "n_events": 6, "heard_in": "Gazette; Post",
        "estimate": -3.0, "low": float("-inf"), "high": -1.0, "p": 0.001, "q": 0.02,
    }  # fmt: skip
    assert describe_unheard(pd.DataFrame([row])) == [
        "Herald never lets Ida speak on 6 events on which others do (Gazette; Post; 95 % interval: "
        "at most 0.37 times as often)."
    ]
    assert "none beyond chance" in describe_unheard(pd.DataFrame([row | {"q": 0.5}]))[0]
    assert describe_unheard(pd.DataFrame([row])[:0])[0].startswith("Each outlet hears those")
    assert tabulate_unheard(pd.DataFrame([row]))["at most"].round(2).tolist() == [0.37]


def test_articles_in_other_languages_are_said_to_be_half_read():
    texts = [
        "“We wait,” Ida Storm said to the men who were at the gate of the town.",
        "„Wir warten hier auf das Schiff“, sagte Ida Storm am Montag zu den Leuten im Hafen.",
    ]
    articles = pd.DataFrame({"article_id": ["a", "b"], "text": texts})
    said = describe_reading(find_quotes(articles), articles)
    assert said[0].startswith("2 quotations and 0 passages of indirect speech in 2 articles of 2")
    assert said[1].startswith("1 article is not in English: there only quotation marks are read")
    assert len(describe_reading(find_quotes(articles[:1]), articles[:1])) == 1


def test_tables_and_figure():
    table = pd.DataFrame([dict(ROW), dict(ROW) | {"outlet": "Gazette", "heard": 0}])
    shown = tabulate_voices(table)
    assert shown["outlet"].tolist() == ["Herald"]
    assert shown["articles"].tolist() == ["8 of 20"]
    assert shown["% of quoted words"].tolist() == [25.0]
    figure = plot_voices(table)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Ida Storm"]
    assert len(plot_voices(table[:0]).axes) == 0
    cues = tabulate_cues(pd.DataFrame([CUE, CUE | {"count": 0, "count_rest": 0}]))
    assert cues["times"].round(2).tolist() == [3.0]


def test_own_and_quoted_side_by_side():
    columns = ["outlet", "term", "estimate", "low", "high", "q", "count_rest"]
    whole = pd.DataFrame([("Herald", "regime", 2.0, 1.0, 3.0, 0.01, 4)], columns=columns)
    own = whole.assign(estimate=2.5, count_rest=0)
    quoted = whole.assign(low=-1.0, q=0.6)
    found = compare_own_and_quoted(whole, own, quoted).iloc[0]
    assert found["all: times"] == pytest.approx(7.389, abs=1e-3)
    assert pd.isna(found["own voice: times"])
    assert found["carried by"] == "own voice"


ARTICLE = pd.DataFrame(
    [("h1", "Herald", "Talks <1>", "Ida Storm said it was <late>. “We wait,” she said. Bo left.")],
    columns=["article_id", "outlet", "title", "text"],
)


def test_the_voices_of_an_article_are_marked_by_line_and_number():
    shown = show_voices(ARTICLE, find_quotes(ARTICLE), "h1")
    page = shown.data["text/html"]
    assert "Talks &lt;1&gt;" in page
    assert 'title="Ida Storm, reported">it was &lt;late&gt;</mark><sup>1</sup>' in page
    assert 'title="Ida Storm, quoted">We wait,</mark><sup>1</sup>' in page
    assert "underline dashed" in page
    assert "underline solid" in page
    assert "<late>" not in page
    assert "[quoted 1: We wait,]" in shown.data["text/plain"]
    assert "1 Ida Storm (2 passages)" in shown.data["text/plain"]


def test_the_pieces_are_the_text():
    shown = show_voices(ARTICLE, find_quotes(ARTICLE)[:0], "h1")
    assert ARTICLE["text"][0] in shown.data["text/plain"]
    assert "Nobody is quoted" in shown.data["text/plain"]


def test_an_unknown_article_is_named():
    with pytest.raises(DataError, match="no article has the article_id 'x'"):
        show_voices(ARTICLE, find_quotes(ARTICLE), "x")
    with pytest.raises(DataError, match="lack the column 'title'"):
        show_voices(ARTICLE.drop(columns="title"), find_quotes(ARTICLE), "h1")


def test_compared_voices_can_be_told():
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Gazette"]})
    voices = pd.DataFrame(
        {
            "article_id": ["a", "b"], "speaker": ["Ida", "Bo"], "speaker_kind": "person",
            "country": "", "words": 5, "words_direct": 5, "n_quotes": 1, "place": 0.1, "first": True,
        }
    )  # fmt: skip
    unknown = compare_voices(voices, articles, of="country")
    assert describe_voices(unknown, of="country") == [
        "No country is known of anybody who is quoted or reported here."
    ]
    table = compare_voices(voices, articles)
    assert describe_voice(table.iloc[0]).startswith("Nothing can be inferred about")
