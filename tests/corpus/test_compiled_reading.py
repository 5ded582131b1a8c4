"""What compiled code reads of texts is what plain Python reads of them."""

import re
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import analysis
from analysis.corpus import clean as cleaning
from analysis.corpus.compiled_phrases import CompiledCorpus
from analysis.corpus.context import context_features, mark_twice
from analysis.corpus.draft import Draft, lay_out
from analysis.corpus.furniture import Rows
from analysis.corpus.language import _count_compiled, _count_plain
from analysis.corpus.line_keys import number_spans
from analysis.corpus.notices import read_notices
from analysis.corpus.numbered_words import Vocabulary, word_places
from analysis.corpus.phrase_places import Ask
from analysis.corpus.repair import repair_located
from analysis.corpus.repeats import line_key
from analysis.corpus.returning import find_breaks
from analysis.corpus.scoring import _context_compiled, best_labels, read_model
from analysis.corpus.shared_phrases import Corpus
from analysis.corpus.signs import TRIMMED

MODEL = read_model()
PHRASES = [" ".join(phrase) for held in MODEL.features.phrases.values() for phrase, _ in held]
WORDS = """
The of and said mayor Mayor NATO O'Neil don’t it's straße STRASSE İstanbul ŉ ǅ x2 ² ٣ 1 12 1,200
9.30 9:30 30/09/2026 1999 2026 June Sept. 9 May jan 3 @reed #now https://a.org www.a.com a.net
Reporting newsletter 東京 мир _x_ K ſee ﬁne 😀 U.S. ' '' ’ –
""".split()  # noqa: SIM905 - easier to read and to extend
SIGNS = [*" \t.,!?…:;-–—'\"“”‘’«»„()[]|©•/", "\xa0", "...", ". “", "? (", " - ", "\x1c", "。"]
line = st.lists(
    st.sampled_from([*WORDS, *PHRASES, *SIGNS, " ", " ", " "]) | st.text(max_size=3), max_size=25
).map("".join)
lines = st.lists(line.map(lambda text: " ".join(text.split("\n"))), min_size=1, max_size=6)
many = settings(max_examples=300, deadline=None)


def draft(text, *, compiled=True):
    return Draft("a", "Argus", "", text, compiled=compiled)


@many
@given(lines)
def test_rows_of_features_are_the_same(texts):
    text = "\n".join(texts)
    plain, compiled = (Rows(MODEL.features, draft(text, compiled=so)) for so in (False, True))
    assert plain.lines == compiled.lines
    np.testing.assert_array_equal(compiled.table, plain.table)
    assert compiled.read_on == plain.read_on


@many
@given(lines.map("\n".join) | lines.map("\n \x1c\r\n".join) | lines.map(" ### ".join))
def test_lines_stand_where_they_stand(text):
    plain, compiled = (lay_out(text, compiled=so).bounds.tolist() for so in (False, True))
    assert compiled == plain


@settings(max_examples=1500, deadline=None)
@given(
    st.lists(
        st.sampled_from([*".!?…:\n\"”»'’)]-–— \t\xa0A_aé1²“‘«([", "\n\n", ". ", ": "]), max_size=14
    ).map("".join)
    | line
)
@example('.""\n')  # the space behind two marks parts nothing, the first mark does
def test_sentences_begin_at_the_same_places(text):
    plain, compiled = (find_breaks(text, compiled=so).tolist() for so in (False, True))
    assert compiled == plain


@many
@given(st.lists(line, min_size=2, max_size=8))
def test_lines_have_one_number_where_they_have_one_key(texts):
    text, ends = "".join(texts), np.cumsum([len(one) for one in texts]).tolist()
    bounds = np.column_stack([[0, *ends[:-1]], ends])
    found = number_spans(text, bounds, compiled=True, opening=2, trim=True)
    keys = [line_key(one.strip(TRIMMED)) for one in texts]
    openings = [" ".join(key.split(" ")[:2]) if key.count(" ") > 1 else "" for key in keys]
    for read, numbers in ((keys, found.keys), (openings, found.openings)):
        same = [[one == other for one in read] for other in read]
        assert (numbers[:, None] == numbers).tolist() == same
        assert [number == 0 for number in numbers] == [key == "" for key in read]


@many
@given(st.lists(line, max_size=6))
def test_words_have_the_same_numbers(texts):
    plain, compiled = Vocabulary(), Vocabulary(compiled=True)
    for text in texts:
        assert compiled.read(text).tolist() == plain.read(text).tolist()
        assert word_places(text, compiled=True) == word_places(text)
    assert compiled.spelt() == plain.spelt()


def test_words_keep_their_numbers_when_there_are_more_of_them_than_was_room_for():
    compiled = Vocabulary(compiled=True)
    compiled.compiled.known = type(compiled.compiled.known)(
        np.zeros(16, np.uint64), np.full(16, -1, np.int32)
    )
    texts = [" ".join(f"w{chr(97 + n % 26) * (1 + n // 26)}" for n in range(300))] * 2
    assert [compiled.read(text).tolist() for text in texts] == [list(range(1, 301))] * 2


@many
@given(line)
def test_function_words_are_counted_alike(text):
    assert tuple(_count_compiled(text)) == _count_plain(text)


@many
@given(lines, st.booleans())
def test_context_and_labels_are_the_same(texts, english):
    read = Rows(MODEL.features, draft("\n".join(texts), compiled=False))
    if not len(read.lines):
        return
    rows = read.table.astype(float)
    ends = rows[:, MODEL.features.names.index("ends")]
    given = mark_twice(read.lines, read.keys), rows[:, 0], rows[:, 1], ends, rows[:, MODEL.signals]
    np.testing.assert_allclose(
        _context_compiled(*given), context_features(*given), rtol=0, atol=1e-12
    )
    odds = MODEL.log_odds(read, english=english)
    labels = [best_labels(odds, compiled=so).tolist() for so in (False, True)]
    assert labels[0] == labels[1]


DAMAGE = ["â€™", "Ã©", "&amp;", "&#39;", "#39;s", "quot;", "amp;", "�", "??", '"?', "?s", "?ll", "\xad",
          "don?t", "\x85", "\ud800", "\u200b", "\r\n", "à ", "é’", "”—", "&", "# ", "it's;"]  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from([*DAMAGE, *WORDS, " ", "\n", "“"]), max_size=12).map("".join))
def test_text_is_mended_alike_whether_or_not_it_is_looked_at_first(text):
    assert repair_located(text, compiled=True) == repair_located(text)


def test_marks_that_stand_side_by_side_are_no_double_encoding():
    text = "“‘Yes,’” he said … “No”—and left.\n" * 3
    assert repair_located(text, compiled=True) == repair_located(text) == (text, [])


OPENINGS = [
    "Comments on this article are closed.",
    "Please sign up to our weekly newsletter",
    "You've read all your free articles",
    "This story is for subscribers only",
    "Unlock the full story",
    "Did you spot an error",
    "Support independent journalism",
]


@many
@given(st.lists(st.sampled_from(OPENINGS) | line, min_size=1, max_size=6))
def test_no_notice_is_overlooked_because_its_words_are_not_there(texts):
    notices, article = read_notices(), draft("\n".join(re.sub(r"\s+", " ", x) for x in texts))
    read = Rows(MODEL.features, article).lines
    everywhere = notices.find(read, set(), split=True)
    assert notices.find(read, set(), split=True, likely=notices.likely(article)) == everywhere


@st.composite
def corpora(draw):
    texts = draw(st.lists(st.lists(st.integers(1, 4), max_size=30), min_size=1, max_size=12))
    outlets = draw(st.lists(st.sampled_from("AB"), min_size=len(texts), max_size=len(texts)))
    return [np.array(text, np.int32) for text in texts], outlets


@settings(max_examples=200, deadline=None)
@given(corpora(), st.integers(1, 3), st.booleans())
def test_phrases_that_come_back_are_the_same(given, length, tail):
    plain, compiled = Corpus(*given), CompiledCorpus(*given)
    asks = [
        Ask(length, tail, 2, at_edge, 0.1, habits=length > 1)
        for (length, at_edge), tail in product(((1, 0.6), (2, 0.8), (3, 0.0)), (False, True))
    ]
    found = plain.candidates(asks), compiled.candidates(asks)
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one[0], other[0])
        np.testing.assert_array_equal(one[1], other[1])
    ask = Ask(length, tail, 2, 0.5)
    assert spreads(plain, ask) == spreads(compiled, ask)


def spreads(corpus, ask):
    """Give where phrases stand, and what is known of each there, whatever their numbers are."""
    places, group, spread = corpus.spread(ask)
    known = list(zip(*(column.tolist() for column in vars(spread).values()), strict=True))
    return [(place, known[one]) for place, one in zip(places.tolist(), group.tolist(), strict=True)]


def test_articles_are_cleaned_alike(monkeypatch):
    loaded = analysis.load("sample")
    plain = analysis.clean(loaded)
    monkeypatch.setattr(cleaning, "LEAST_COMPILED", 0)
    compiled = analysis.clean(loaded)
    for name in ("articles", "removed", "rejected"):
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(compiled, name))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "😀", "a", "…"])
def test_texts_of_next_to_nothing_are_read(text):
    plain, compiled = (Rows(MODEL.features, draft(text, compiled=so)) for so in (False, True))
    assert compiled.table.tolist() == plain.table.tolist()
    assert Vocabulary(compiled=True).read(text).tolist() == Vocabulary().read(text).tolist()
