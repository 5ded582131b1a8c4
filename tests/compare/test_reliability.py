"""Agreement, tiers and corrected shares: against published examples and a simulated truth."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import DataError
from analysis.compare.frames import FrameScores
from analysis.compare.reliability import check_frames, choose_tier, krippendorff_alpha, quality
from analysis.compare.reliability_prevalence import correct_prevalence, error_rates, rogan_gladen
from analysis.compare.reliability_sample import as_text, as_written, draw_sample, read_codes

NONE = None
# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C.
FOUR_OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        "C": [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    }
)
# Section A: two observers, two values.
TWO_OBSERVERS = pd.DataFrame(
    {"A": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "B": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}
)


def pairwise_alpha(codes: pd.DataFrame) -> float:
    """Alpha from every pair of codes, written after its definition."""
    observed, values, weight = 0.0, [], 0.0
    for row in codes.to_numpy(dtype=object):
        known = [value for value in row if not pd.isna(value)]
        if len(known) < 2:
            continue
        values += known
        weight += len(known)
        pairs = list(permutations(known, 2))
        observed += sum(a != b for a, b in pairs) / (len(known) - 1)
    chance = np.mean([a != b for a, b in permutations(values, 2)])
    return 1 - observed / weight / chance


def test_alpha_of_krippendorffs_examples():
    assert krippendorff_alpha(FOUR_OBSERVERS) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(TWO_OBSERVERS) == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_all_pairs_of_codes(seed):
    random = np.random.default_rng(seed)
    codes = pd.DataFrame(random.integers(0, 3, (20, 4)).astype(object))
    codes = codes.mask(pd.DataFrame(random.random((20, 4)) < 0.3))
    assert krippendorff_alpha(codes) == pytest.approx(pairwise_alpha(codes))


def test_alpha_is_unknown_without_pairs_or_variation():
    assert np.isnan(krippendorff_alpha(pd.DataFrame({"A": [1, 2, 3]})))
    assert np.isnan(krippendorff_alpha(pd.DataFrame({"A": [1, 1], "B": [1, 1]})))


@pytest.mark.parametrize(
    ("f1", "alpha", "coders", "tier"),
    [
        (0.80, 0.80, 2, "A"), (0.80, 0.79, 2, "B"), (0.667, 0.9, 3, "B"), (0.66, 0.9, 2, "C"),
        (0.5, 0.667, 2, "C"), (0.49, 0.9, 2, "not publishable"), (0.9, 0.66, 2, "not publishable"),
        (0.95, float("nan"), 1, "B"), (0.55, float("nan"), 1, "C"),
    ],
)  # fmt: skip
def test_tiers_at_their_bounds(f1, alpha, coders, tier):
    assert choose_tier(f1, alpha, coders, 10)[0] == tier
    assert choose_tier(f1, alpha, coders, 9) == (
        "not publishable", "coders found it in 9 sentences, 10 are asked",
    )  # fmt: skip


def test_precision_recall_and_f1_by_hand():
    truth = np.array([True, True, False, False])
    machine = np.array([True, False, True, False])
    assert quality(truth, machine, np.ones(4)) == (0.5, 0.5, 0.5)
    # A sentence that stands for three others counts three times.
    assert quality(truth, machine, np.array([3, 1, 1, 1])) == (0.75, 0.75, 0.75)
    assert np.isnan(quality(truth & False, machine & False, np.ones(4))).all()


def test_rogan_and_gladen_by_hand():
    assert rogan_gladen(0.3, 0.8, 0.9) == pytest.approx(0.2 / 0.7)
    assert rogan_gladen(0.05, 0.8, 0.9) == 0
    assert error_rates(np.array([1, 1, 0], bool), np.array([1, 0, 0], bool), np.ones(3)) == (0.5, 1)


def simulated(
    seed: int, n_articles: int = 60
) -> tuple[FrameScores, pd.DataFrame, dict[str, float]]:
    """Two outlets with true shares .5 and .2; words find 70 % of the frame and 10 % of the rest."""
    random = np.random.default_rng(seed)
    rows, texts = [], []
    for number in range(n_articles):
        share = 0.5 if number % 2 else 0.2
        text, at = "", 0
        for place in range(20):
            truth = random.random() < share
            found = random.random() < (0.7 if truth else 0.1)
            sentence = f"Sentence {number} {place}."
            rows.append((number, at, at + len(sentence), truth, found, sentence))
            text, at = f"{text}{sentence} ", at + len(sentence) + 1
        texts.append(text)
    frame = pd.DataFrame(rows, columns=["row", "start", "end", "truth", "found", "sentence"])
    frame["article_id"] = frame["row"].map("a{}".format)
    outlets = ["B" if number % 2 else "A" for number in range(n_articles)]
    articles = pd.DataFrame(
        {"article_id": [f"a{n}" for n in range(n_articles)], "outlet": outlets, "text": texts}
    )
    scores = FrameScores(
        ["conflict"], frame[["article_id", "row", "start", "end"]],
        frame[["found"]].to_numpy(dtype=float), pd.DataFrame(), articles,
    )  # fmt: skip
    coded = frame.iloc[random.permutation(len(frame))[:200]]
    codes = coded[["article_id", "sentence"]].assign(
        outlet="", weight=1.0, coder="one", conflict=coded["truth"].astype(float)
    )
    outlet = np.array(outlets)[frame["row"]]
    return scores, codes, {name: frame["truth"][outlet == name].mean() for name in "AB"}


def test_the_correction_takes_the_errors_out_and_its_interval_covers():
    covered, error, uncorrected = 0, [], []
    for seed in range(20):
        scores, codes, truth = simulated(seed)
        table = correct_prevalence(scores, codes).set_index("outlet")
        for name, share in truth.items():
            row = table.loc[name]
            covered += row["low"] <= share <= row["high"]
            error.append(row["corrected"] - share)
            uncorrected.append(row["share"] - share)
    assert covered / 40 >= 0.85
    assert abs(np.mean(error)) < 0.02
    assert np.mean(np.abs(error)) < np.mean(np.abs(uncorrected))


def test_where_the_words_tell_nothing_no_correction_is_made():
    scores, codes, _ = simulated(0)
    random = np.random.default_rng(1)
    codes = codes.assign(conflict=random.integers(0, 2, len(codes)).astype(float))
    table = correct_prevalence(scores, codes)
    assert table["corrected"].isna().all()
    assert set(table["note"]) == {"the machine agrees with the coders hardly more than chance"}


def test_frames_against_coders():
    scores, codes, _ = simulated(3)
    (row,) = check_frames(scores, codes).to_dict("records")
    truth = codes["conflict"].to_numpy() == 1
    keys = codes["sentence"].str.split().str[1:].tolist()
    places = [20 * int(number) + int(place.rstrip(".")) for number, place in keys]
    found = scores.has[places, 0]
    assert row["precision"] == pytest.approx((truth & found).sum() / found.sum())
    assert row["recall"] == pytest.approx((truth & found).sum() / truth.sum())
    assert row["f1_low"] < row["f1"] < row["f1_high"]
    assert (row["coders"], row["tier"]) == (1, "C" if row["f1"] < 0.667 else "B")


def test_ids_that_are_numbers_meet_their_codes():
    scores, codes, _ = simulated(0, 2)
    numbers = {name: number for number, name in enumerate(scores.articles["article_id"])}
    numbered = [
        frame.assign(article_id=frame["article_id"].map(numbers))
        for frame in (scores.articles, scores.sentences, codes)
    ]
    codes_of = numbered[2].assign(article_id=numbered[2]["article_id"].astype("str"))
    found = check_frames(replace(scores, articles=numbered[0], sentences=numbered[1]), codes_of)
    pd.testing.assert_frame_equal(found, check_frames(scores, codes))


def test_without_codes_nothing_is_coded():
    scores, codes, _ = simulated(0, 2)
    assert check_frames(scores, None)["tier"].tolist() == ["not yet coded"]
    assert check_frames(scores, codes.head(0))["tier"].tolist() == ["not yet coded"]
    assert correct_prevalence(scores, codes.head(0)).empty


def test_codes_of_another_corpus_are_refused():
    scores, codes, _ = simulated(0, 2)
    with pytest.raises(DataError, match=r"none of the .* coded sentences is in the corpus"):
        check_frames(scores, codes.assign(sentence="elsewhere"))
    with pytest.raises(DataError, match="the codes have no column 'conflict'"):
        check_frames(scores, codes.drop(columns="conflict"))


def test_a_sample_holds_every_stratum_with_its_weight():
    scores, _, _ = simulated(0)
    sample = draw_sample(scores, n_sentences=40)
    assert sample["weight"].sum() == pytest.approx(len(scores.sentences))
    assert set(sample["outlet"]) == {"A", "B"}
    assert not sample.duplicated(["article_id", "sentence"]).any()
    pd.testing.assert_frame_equal(sample, draw_sample(scores, n_sentences=40))
    assert not sample.equals(draw_sample(scores, n_sentences=40, seed=1))
    assert "found" not in sample
    with pytest.raises(DataError, match="n_sentences is 0"):
        draw_sample(scores, n_sentences=0)


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "'quoted'", 'a,"b"\nc', "plain"]


def test_a_sample_goes_through_a_file_and_no_cell_is_a_formula(tmp_path):
    sample = pd.DataFrame(
        {"article_id": HOSTILE, "outlet": "=A", "sentence": HOSTILE, "weight": 1.0}
    )
    sample = sample.assign(conflict="1")
    path = tmp_path / "codes.csv"
    analysis.write_sample(sample, path)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert not raw["sentence"].str.startswith(("=", "+", "-", "@", "\t")).any()
    read = read_codes(path, frames=["conflict"])
    assert read["sentence"].tolist() == HOSTILE
    assert read["coder"].unique().tolist() == ["codes"]
    with pytest.raises(DataError, match=r"codes\.csv is there already and may hold codes"):
        analysis.write_sample(sample, path)


@pytest.mark.parametrize("value", HOSTILE)
def test_escaping_is_undone(value):
    assert as_written(str(as_text(value))) == value


def test_codes_that_cannot_be_read_are_named(tmp_path):
    path = tmp_path / "anna.csv"
    head = "article_id,outlet,sentence,weight,conflict\n"
    path.write_text(head + "a,A,s,1,yes\na,A,t,1,maybe\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"anna\.csv, row 3: conflict is 'maybe'; write 1 or yes"):
        read_codes(path, frames=["conflict"])
    path.write_text(head + "a,A,s,none,1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"row 2: weight is 'none'; leave the column"):
        read_codes(path, frames=["conflict"])
    with pytest.raises(DataError, match="lacks the column 'morality'"):
        read_codes(path, frames=["morality"])
    with pytest.raises(DataError, match="there is no file of codes"):
        read_codes(tmp_path / "ben.csv", frames=["conflict"])
    assert read_codes(frames=["conflict"], beside=tmp_path).empty
