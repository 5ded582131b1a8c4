"""Frames of sentences: counted by hand, by voice, with the words behind them."""

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import DataError
from analysis.compare.frames_words import association
from analysis.text import code_points

LEXICON = {
    "frames": [
        {"frame": "money", "about": "a", "source": "s", "seeds": ["price(s)", "tax(|es|ed)"]},
        {"frame": "fate", "about": "a", "source": "s", "seeds": ["mother(s)", "old man"]},
    ]
}
ROWS = [
    ("a", "A", "The price rose. It rained. A mother and an old man paid the tax."),
    ("b", "A", 'Prices fell. "My mother waits," she said.'),
    ("c", "B", "It rained. It snowed."),
    ("d", "B", "A mother waits. It rained."),
]


def tokens(rows=ROWS, voices: bool = False) -> analysis.Tokens:
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "text"])
    read = analysis.tokenize(frame)
    return analysis.mark_voices(read, analysis.find_quotes(frame)) if voices else read


@pytest.fixture
def scores() -> analysis.FrameScores:
    # So small a corpus has no common words: each seed weighs what its share of nine leaves it.
    return analysis.score_frames(tokens(), analysis.read_frames(LEXICON), expand=False)


def test_weights_fall_with_the_share_of_sentences(scores):
    words = scores.words.set_index("word")
    assert words.loc["mother(s)", "n_sentences"] == 3
    assert words.loc["mother(s)", "weight"] == pytest.approx(np.log(3 / 9) / np.log(0.01))
    assert words.loc["old man", "weight"] == pytest.approx(np.log(1 / 9) / np.log(0.01))


def test_a_sentence_adds_up_its_words(scores):
    mixed = scores.scores[2]
    words = scores.words.set_index("word")["weight"]
    assert mixed == pytest.approx([words["tax(|es|ed)"], words["mother(s)"] + words["old man"]])
    assert scores.sentences["row"].tolist() == [0, 0, 0, 1, 1, 2, 2, 3, 3]


def test_an_article_that_stands_in_its_outlet_twice_counts_once(scores):
    frame = pd.DataFrame(ROWS, columns=["article_id", "outlet", "text"]).assign(copy_of="")
    copies = frame.iloc[:2].assign(article_id=["a again", "b again"], copy_of=["a", "b"])
    twice = pd.concat([copies.iloc[:1], frame.iloc[:1], copies.iloc[1:], frame.iloc[1:]])
    lexicon = analysis.read_frames(LEXICON)
    found = analysis.score_frames(
        analysis.tokenize(twice.reset_index(drop=True)), lexicon, expand=False
    )
    assert found.articles["article_id"].tolist() == ["a", "b", "c", "d"]
    pd.testing.assert_frame_equal(found.sentences, scores.sentences)
    pd.testing.assert_frame_equal(found.words, scores.words, check_exact=True)
    assert found.scores.tolist() == scores.scores.tolist()


def test_a_voice_keeps_only_its_words():
    lexicon = analysis.read_frames(LEXICON)
    own = analysis.score_frames(tokens(voices=True), lexicon, voice="own", expand=False)
    quoted = analysis.score_frames(tokens(voices=True), lexicon, voice="quoted", expand=False)
    assert own.words.set_index("word").loc["mother(s)", "n_sentences"] == 2
    assert quoted.words["word"].tolist() == ["mother(s)"]
    assert set(quoted.sentences["article_id"]) == {"b"}


def test_a_voice_that_nobody_has_is_refused():
    with pytest.raises(DataError, match=r"none of the 2 articles has a sentence .* 'quoted'"):
        analysis.score_frames(
            tokens(ROWS[2:], voices=True), analysis.read_frames(LEXICON), voice="quoted"
        )


def test_shares_and_comparison_by_hand():
    many = [(f"{a}{n}", o, text) for n in range(12) for a, o, text in ROWS] + [
        (f"x{n}", "AB"[n % 2], "Rain. " * 40) for n in range(24)
    ]
    scored = analysis.score_frames(tokens(many), analysis.read_frames(LEXICON), expand=False)
    assert scored.shares.loc["a0"].tolist() == pytest.approx([2 / 3, 1 / 3])
    table = analysis.compare_frames(scored).set_index(["frame", "outlet"])
    row = table.loc[("money", "A")]
    assert (row["count"], row["total"]) == (12 * 3, 12 * 5 + 12 * 40)
    assert (row["count_rest"], row["total_rest"]) == (0, 12 * 4 + 12 * 40)
    assert row["q"] < 0.05
    assert row["low"] > 0


def company(n: int = 40) -> list[tuple[str, str, str]]:
    """``freight`` keeps company with money, ``lamp`` with nothing, ``taxed`` avoids money."""
    rows = []
    for number in range(n):
        said = "The price of freight rose." if number % 2 else "The lamp burned."
        filler = " ".join(f"Word{number}x{place} stood there." for place in range(20))
        rows.append((f"a{number}", "AB"[number // 2 % 2], f"{said} {filler}"))
    return rows


def test_words_that_keep_company_are_added_at_a_lower_weight():
    scored = analysis.score_frames(tokens(company()), analysis.read_frames(LEXICON))
    added = scored.words[scored.words["origin"] == "expanded"]
    assert added["word"].tolist() == ["freight", "rose"]
    assert added["frame"].tolist() == ["money"] * 2
    assert (added["weight"] < 0.5).all()
    assert added["lift"].iloc[0] == pytest.approx(21 * 40 / 20)


def test_association_by_hand():
    g2, lift = association(np.array([10.0]), np.array([10.0]), np.array([10.0]), 100)
    assert lift[0] == pytest.approx(10)
    assert g2[0] == pytest.approx(2 * (10 * np.log(10) + 90 * np.log(90 / 81)))


def test_evidence_holds_the_whole_sentence(scores):
    strong = analysis.score_frames(tokens(company()), analysis.read_frames(LEXICON))
    lines = analysis.find_frame_evidence(strong, n_lines=1)
    assert lines["match"].tolist() == ["The price of freight rose."] * 2
    assert lines["term"].unique().tolist() == ["money"]


def test_shipped_frames():
    assert analysis.read_frames().names == [
        "conflict", "human interest", "economic consequences", "morality", "responsibility",
    ]  # fmt: skip
    assert len(analysis.read_frames("policy").names) == 14


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "must hold `frames:` with a list"),
        ({"frames": ["x"]}, "frame 1 is 'x'; write `frame:`"),
        (
            {"frames": [{**LEXICON["frames"][0], "seed": 1}]},
            "unknown key 'seed'; did you mean 'seeds'",
        ),
        (
            {"frames": [{**LEXICON["frames"][0], "seeds": "price"}]},
            "frame 'money': seeds is 'price'",
        ),
        ({"frames": [{**LEXICON["frames"][0], "seeds": []}]}, "frame 'money' has no seeds"),
        ({"frames": [LEXICON["frames"][0]] * 2}, "the frame 'money' stands twice"),
        ("framez", "there is no lexicon 'framez'"),
    ],
)
def test_what_is_wrong_with_a_lexicon_is_named(given, message):
    with pytest.raises(DataError, match=message):
        analysis.read_frames(given)


def test_sentences_are_numbered_through_however_many_texts_are_read_at_once(monkeypatch):
    rows = [("n", "A", "?! 1. Rain."), *ROWS, ("m", "B", "... A tax.")]
    found = [analysis.score_frames(tokens(rows), analysis.read_frames(LEXICON), expand=False)]
    monkeypatch.setattr(code_points, "ROWS", 1)
    found.append(analysis.score_frames(tokens(rows), analysis.read_frames(LEXICON), expand=False))
    pd.testing.assert_frame_equal(found[0].sentences, found[1].sentences)
    np.testing.assert_array_equal(found[0].scores, found[1].scores)
    assert found[1].scores[-1, 0] > 0 == found[1].scores[-1, 1]
