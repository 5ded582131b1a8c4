import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import scan_pieces
from analysis.text.folding import (
    CONTEXT_LETTERS,
    IN_CONTEXT,
    NO_WORD,
    folding_table,
    spelling_table,
)
from analysis.text.scan import (
    TOKEN_PATTERN,
    find_tokens,
    scan_plain,
    scan_texts,
    utf8_bytes,
)
from analysis.text.scan_pieces import scan_compiled
from analysis.text.threads import equal_shares

# Letters that are lower-cased by context or to another length in UTF-8, marks, surrogates, and
# every width of UTF-8; the rest is what hypothesis thinks of.
ODD = "İıΣσςẞßȺⱥK\u0301\u0307½²_-'’\x00\n \u00a0\ud800\udfff中文😀𐐀𞤀ǅŉΐAaÉé09"
texts = st.lists(st.text(st.sampled_from(ODD) | st.characters(codec=None), max_size=60), max_size=8)


def as_series(texts):
    return pd.Series(texts, dtype=object)


def compiled(texts):
    series = as_series(texts)
    return scan_compiled(series, *utf8_bytes(series))


def assert_same(one, other):
    assert one.terms.tolist() == other.terms.tolist()
    for mine, theirs in zip(one[1:], other[1:], strict=True):
        assert mine.dtype == theirs.dtype
        np.testing.assert_array_equal(mine, theirs)


def test_folding_table_is_str_lower_and_isalnum():
    table = folding_table()
    for point in range(0x110000):
        letter = chr(point)
        lower = letter.lower()
        if letter in CONTEXT_LETTERS:
            assert table[point] == IN_CONTEXT
        else:
            word = lower.isalnum() or lower == "_"
            assert table[point] == (ord(lower) if word else 0), hex(point)


def test_spelling_table_is_the_folding_table_in_utf_8():
    for point, (folded, spelt) in enumerate(
        zip(folding_table().tolist(), spelling_table().tolist(), strict=True)
    ):
        known = folded in (NO_WORD, IN_CONTEXT)
        wanted = folded if known else int.from_bytes(chr(folded).encode(), "little")
        assert spelt == wanted, hex(point)


def test_the_signs_that_runs_are_cut_at_are_of_no_word():
    signs = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    cut = [sign for sign in signs if sign.encode()[:2] == b"\xe2\x80"]
    assert len(cut) == 64
    assert not any(folding_table()[ord(sign)] for sign in cut)


@pytest.mark.parametrize("piece_bytes", [1, 50, 1 << 19])
@given(texts)
@settings(max_examples=100, deadline=None)
def test_compiled_and_plain_scan_agree(piece_bytes, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan_pieces, "PIECE_BYTES", piece_bytes)
        assert_same(compiled(texts), scan_plain(as_series(texts)))


def test_many_pieces_on_several_threads_come_in_the_order_of_the_texts(monkeypatch):
    monkeypatch.setattr(scan_pieces, "PIECE_BYTES", 100)
    monkeypatch.setattr(scan_pieces, "n_threads", lambda: 4)
    rng = np.random.default_rng(0)
    words = [f"Wort{number:x}" for number in range(500)] + ["ΟΔΟΣ", "İstanbul", "é"]
    texts = [" ".join(rng.choice(words, size=rng.integers(40))) for _ in range(300)]
    for _ in range(5):
        assert_same(compiled(texts), scan_plain(as_series(texts)))


@pytest.mark.parametrize("step", ["scan_more", "place"])
def test_a_piece_that_fails_stops_the_threads_that_wait_for_it(monkeypatch, step):
    do = getattr(scan_pieces, step)

    def fail_once(*given):
        if given[1] == (9, 10):
            raise ZeroDivisionError
        return do(*given)

    monkeypatch.setattr(scan_pieces, "PIECE_BYTES", 10)
    monkeypatch.setattr(scan_pieces, "n_threads", lambda: 2)
    monkeypatch.setattr(scan_pieces, step, fail_once)
    with pytest.raises(ZeroDivisionError):
        compiled(["words stay here", "and more of them"] * 20)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_scan_gives_the_matches_of_the_pattern_in_lower_case(texts):
    scan = scan_plain(as_series(texts))
    for row, text in enumerate(texts):
        ids = scan.ids[scan.pointer[row] : scan.pointer[row + 1]]
        assert scan.terms[ids].tolist() == re.findall(TOKEN_PATTERN, text.lower())


@given(texts)
@settings(max_examples=100, deadline=None)
def test_offsets_point_at_the_token_in_the_original(texts):
    scan = compiled(texts)
    for row, text in enumerate(texts):
        for token in range(scan.pointer[row], scan.pointer[row + 1]):
            spelt = text[scan.starts[token] : scan.ends[token]]
            # A sigma is lower-cased by what stands around it, which is cut off here.
            assert scan.terms[scan.ids[token]].replace("ς", "σ") in spelt.lower().replace("ς", "σ")


def test_letters_that_change_length_keep_their_place():
    words, starts, ends = find_tokens("ALİ, İSTANBUL'da")
    assert words == ["ali", "stanbul", "da"]
    assert [(a, b) for a, b in zip(starts, ends, strict=True)] == [(0, 3), (6, 13), (14, 16)]


def test_many_terms_make_the_table_grow():
    text = " ".join(f"word{number:06d}" for number in range(20_000)) + " " + "long" * 5_000
    assert_same(
        compiled([text, text, "word000001"]), scan_plain(as_series([text, text, "word000001"]))
    )


def test_terms_that_begin_alike_are_sorted_and_merged_by_what_follows():
    words = [f"beginning{'x' * (n % 9)}{n % 7}" for n in range(200)]
    texts = [" ".join(words[:120]), " ".join(words[80:]), "жжжжжжжж жжжжа жжжж жжжжжжжжа"]
    assert_same(compiled(texts), scan_plain(as_series(texts)))


@pytest.mark.parametrize("length", [7, 8, 9, 63, 64, 65, 127, 128, 129, 5000])
def test_words_across_the_borders_of_blocks(length):
    # Behind and before: a shift of each word by every number of bytes, and what stops it.
    texts = [" " * before + "Ab" * (length // 2) + end for before in range(9) for end in ("", ".")]
    texts += [text + "’é “" + text for text in texts]
    assert_same(compiled(texts), scan_plain(as_series(texts)))


@pytest.mark.parametrize("sign", ["’", "—", "\u203f", "\u2040", "â", "€"])
def test_signs_across_the_borders_of_blocks(sign):
    texts = ["a" * before + sign + "bc" + sign * 2 + "d" * 70 + sign for before in range(130)]
    assert_same(compiled(texts), scan_plain(as_series(texts)))


@pytest.mark.parametrize("length", range(14, 19))
def test_short_and_long_words_that_begin_alike(length):
    texts = ["a" * length + end for end in ("", "b", "é", "bc")] * 2
    texts.append(" ".join(texts))
    assert_same(compiled(texts), scan_plain(as_series(texts)))


def test_more_runs_than_are_cut_at_once():
    texts = ["a bc. " * 9000, "—ж, ab" * 9000, "abc" * 30_000 + " d ef" * 5000 + "жс" * 20_000]
    assert_same(compiled(texts), scan_plain(as_series(texts)))


def test_a_letter_in_context_takes_back_what_was_found_before_it():
    texts = ["Early words stay. ΟΔΟΣ and late ones İstanbul'da", "words stay", "ΣΑΣ"] * 3
    assert_same(compiled(texts), scan_plain(as_series(texts)))


@pytest.mark.parametrize("dtype", ["str", object])
@pytest.mark.parametrize("texts", [[], [""], ["", "a b c", "", "two words", ""], ["only one"]])
def test_empty_and_short_texts(texts, dtype):
    series = pd.Series(texts, dtype=dtype)
    assert_same(scan_compiled(series, *utf8_bytes(series)), scan_plain(series))


def test_slices_and_joined_frames_are_read_in_their_own_order():
    series = pd.Series(["one", "two three", "Five é six", "seven"], dtype="str")
    for part in (series.iloc[1:3], series.iloc[::-1], pd.concat([series[2:], series[:2]])):
        assert_same(scan_compiled(part, *utf8_bytes(part)), scan_plain(part))


def test_size_decides_and_the_result_does_not_depend_on_it(monkeypatch):
    series = pd.Series(["Grain ships left.", "The ΟΔΟΣ bridge"], dtype="str")
    plain = scan_texts(series)
    monkeypatch.setattr("analysis.text.scan.LEAST_COMPILED_BYTES", 1)
    assert_same(scan_texts(series), plain)


def test_a_small_corpus_does_not_import_numba():
    code = (
        "import sys, pandas as pd; from analysis.text.tokens import tokenize;"
        "frame = pd.DataFrame({'article_id': ['a'], 'text': ['Grain ships left']});"
        "tokenize(frame).counts(ngrams=(1, 2)); sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(1, 8))
def test_shares_cover_every_stretch_once(lengths, n_shares):
    pointer = np.cumsum([0, *lengths])
    shares = equal_shares(pointer, n_shares)
    covered = [stretch for first, last in shares for stretch in range(first, last)]
    assert covered == list(range(len(lengths)))
