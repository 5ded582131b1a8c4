"""Broken and hostile texts through repair, cleaning, tokens, labels and shared text."""

from itertools import pairwise
from random import Random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import clean, find_reuse, label_wire, repair, split_sentences, tokenize
from analysis.corpus.credits import find_agency
from analysis.corpus.dates import read_dates
from analysis.corpus.from_text import find_title
from analysis.corpus.outlets import outlet_of_url

FUZZ = settings.get_profile("hostile")
# Marks at which a rule looks, damage, and what no reader would call text.
PIECES = [
    "\n", "\n\n", " ", "\t", "\r\n", "\r", ".", "...", "…", "!", "?", ":", ": ", "-", " — ", "|", "•", "»", "«", "“", "”", '"',
    "'", "’", "(", ")", "[", "]", "/", "@", "#", "&", "&amp;", "&amp;amp;", "&lt;p&gt;", "&#39;", "#39;", "quot;", "&#0;", "&#xD800;",
    "<p>", "</p>", "<b", "<!--", "-->", "<script>", "</script>", "<br/>", "\0", "\x1b[31m", "\x07", "\x7f", "\x85", "\x9f", "\xa0",
    "\u2028", "\u200b", "\u200d", "\ufeff", "\ufffd", "\ufffds", "?s", "Ã©", "â€™", "â€œ", "Â ", "Ã", "é", "İ", "ß", "ﬁ", "日本。", "ทดสอบ",
    "العربية", "\U0001f600", "e\u0301", "\ud800", "\udc80", "\udfff", "(AP)", "(Reuters) -", "By ", "AFP", "PARIS (AFP) —", "Source: ",
    "© 2026 ", "Copyright", "All rights reserved", "contributed to this report.", "With reporting from", "Read more:", "Sign up",
    "Share", "Advertisement", "Related", "Subscribe to continue", "Photo:", "12:30", "2026-01-05", "30 February 2026", "1/2/03",
    "http://", "https://t.co/x", "www.", "pic.twitter.com/", "a@b.com", "[email protected]", " ### ", "The man said it was late.",
    "She went to the town and he stayed.", "the", "of", "A", "a", "word", "Gazette", "x" * 300, "$x^2$", "[[", "\\", "{0}", "%s", "../",
]  # fmt: skip


def draw_text(random):
    """Draw a text: pieces run together or spaced, any code points, or one piece over and over."""
    kind, size = random.randrange(4), random.randrange(30)
    if kind < 2:
        return " "[:kind].join(random.choices(PIECES, k=size))
    if kind == 2:
        return "".join(chr(random.choice((random.randrange(0x110000), 65))) for _ in range(size))
    return random.choice(PIECES) * random.randrange(200)


# Drawn from one number each, as drawing them one by one takes longer than reading them.
TEXTS = st.integers(0, 2**40).map(lambda seed: [draw_text(r) for r in [Random(seed)] * 40])


def frame_of(texts, outlet="Gazette"):
    ids = [f"a{n}" for n in range(len(texts))]
    frame = pd.DataFrame({"article_id": ids, "outlet": outlet, "published": pd.NaT}, dtype=object)
    # A column of pandas' own strings cannot hold half a surrogate pair; one of objects can.
    frame["title"] = pd.Series([text[:60] for text in texts], dtype=object)
    frame["text"] = pd.Series(texts, dtype=object)
    return frame


@settings(FUZZ, max_examples=100)
@given(TEXTS)
def test_every_reader_of_a_string_bears_any_string(texts):
    for text in texts:
        read_in_every_way(text)
    sound = pd.Series([text for text in texts if text.isprintable()], dtype="str")
    dates, unreadable = read_dates(sound)
    assert list(unreadable) == [
        bool(t.strip()) and pd.isna(d) for t, d in zip(sound, dates, strict=True)
    ]


def read_in_every_way(text):
    mended = repair(text)
    assert repair(mended) == mended
    find_agency(text), find_title(text), outlet_of_url(text)
    spans = split_sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@settings(FUZZ, max_examples=50)
@given(TEXTS)
def test_cleaning_loses_nothing_and_comes_to_rest(texts):
    articles = frame_of(texts)
    cleaned = clean(articles)
    kept, rejected = set(cleaned.articles["article_id"]), set(cleaned.rejected["article_id"])
    assert kept | rejected == set(articles["article_id"])
    assert not kept & rejected
    again = clean(cleaned.articles)
    assert list(again.articles["text"]) == list(cleaned.articles["text"])
    loaded = dict(zip(articles["article_id"], articles["text"], strict=True))
    for cut in cleaned.removed.itertuples():
        assert 0 <= cut.start <= cut.end <= len(loaded[cut.article_id])
        assert cut.text == loaded[cut.article_id][cut.start : cut.end]
    for row in cleaned.articles.itertuples():
        for start in range(0, len(row.text), max(1, len(row.text) // 7)):
            place = cleaned.locate(row.article_id, start, min(start + 3, len(row.text)))
            assert 0 <= place[0] <= place[1] <= len(loaded[row.article_id])


@settings(FUZZ, max_examples=50)
@given(TEXTS)
def test_tokens_labels_and_shared_text_of_any_texts(texts):
    articles = frame_of(texts)
    tokens = tokenize(articles)
    assert len(tokens.pointer) == len(articles) + 1
    lengths = articles["text"].map(len).to_numpy()
    for row in range(len(articles)):
        ends = tokens.ends[tokens.pointer[row] : tokens.pointer[row + 1]]
        assert not len(ends) or ends.max() <= lengths[row]
    labels = label_wire(articles)
    assert list(labels.index) == list(articles["article_id"])
    assert set(labels["origin"]) <= {"wire", "edited wire", "own"}
    assert find_reuse(articles)["share"].between(0.1, 1).all()
