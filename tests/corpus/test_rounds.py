"""Cleaning in parts gives what cleaning the whole gives, wherever the parts are."""

import pickle

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlets import OUTLETS, make_outlets

from analysis.corpus.clean import Cleaned, clean, draft_articles, finish
from analysis.corpus.rounds import Part, run_rounds
from analysis.corpus.survey import Counted, join_asked, sum_counted


class Elsewhere:
    """Parts that go to another process, as pickling takes them there, before each step."""

    def __init__(self, parts):
        self.parts = parts

    def moved(self):
        self.parts = pickle.loads(pickle.dumps(self.parts))
        return self.parts

    def survey(self, *, everything):
        return join_asked([part.survey(everything=everything) for part in self.moved()])

    def count(self, asked):
        return sum_counted([part.count(asked) for part in self.moved()])

    def cut(self, asked, everywhere):
        return sum(part.cut(asked, everywhere) for part in self.moved())

    def give_up(self):
        for part in self.moved():
            part.give_up()


def clean_in_parts(articles: pd.DataFrame, of_outlet: dict[str, int]) -> Cleaned:
    drafts = draft_articles(articles)
    shares = {number: [] for number in sorted(set(of_outlet.values()))}
    for draft in drafts:
        shares[of_outlet[draft.outlet]].append(draft)
    parts = Elsewhere([Part(share) for share in shares.values()])
    run_rounds(parts)
    done = {draft.article_id: draft for part in parts.parts for draft in part.drafts}
    return finish(articles, [done[name] for name in articles["article_id"]])


@pytest.fixture(scope="module")
def articles():
    return make_outlets()


@pytest.fixture(scope="module")
def whole(articles):
    return clean(articles)


@settings(max_examples=3, deadline=None)
@given(numbers=st.lists(st.integers(0, 3), min_size=len(OUTLETS), max_size=len(OUTLETS)))
def test_parts_of_whole_outlets_give_what_the_whole_gives(articles, whole, numbers):
    found = clean_in_parts(articles, dict(zip(OUTLETS, numbers, strict=True)))
    pd.testing.assert_frame_equal(found.articles, whole.articles)
    pd.testing.assert_frame_equal(found.removed, whole.removed)
    for article_id, text in zip(whole.articles["article_id"], whole.articles["text"], strict=True):
        span = 0, len(text)
        assert found.locate(article_id, *span) == whole.locate(article_id, *span)


def test_what_only_one_outlet_writes_is_cut_and_what_all_write_stays(whole):
    texts = whole.articles.set_index("article_id")["text"]
    assert not texts.str.contains("READ MORE:").any()
    assert texts.str.contains("WATCH LIVE:").all()


def test_an_outlet_alone_would_lose_what_all_write(articles):
    herald = articles[articles["outlet"] == "Herald"]
    assert not clean(herald).articles["text"].str.contains("WATCH LIVE:").any()


def test_a_copied_part_is_cut_by_itself(articles):
    part = Part(draft_articles(articles))
    asked = part.survey(everything=True)
    before = [draft.text for draft in part.drafts]
    other = part.copied()
    assert other.cut(asked, other.count(asked)) > 0
    assert [draft.text for draft in part.drafts] == before
    assert [draft.text for draft in other.drafts] != before
    assert part.cut(asked, part.count(asked)) == len(other.changed)


def test_what_parts_ask_and_count_is_joined_and_summed():
    one, other = {"label": {"a", "b"}, "opening": set()}, {"label": {"b", "c"}, "opening": {"x"}}
    assert join_asked([one, other]) == {"label": {"a", "b", "c"}, "opening": {"x"}}
    counted = [
        Part([]).count({**join_asked([Part([]).survey(everything=True)]), "label": {"a"}})
        for _ in range(2)
    ]
    assert sum_counted(counted).articles == 0
    counts = [Counted(n, {"label": type(counted[0].counts["label"])(a=n)}) for n in (3, 4)]
    assert sum_counted(counts) == (7, {"label": {"a": 7}})


def test_nothing_is_cleaned_to_nothing():
    assert clean(make_outlets().iloc[:0]).articles.empty


class LookedAtAnew(Part):
    """A part that looks at all of its outlets in every round."""

    def survey(self, *, everything):
        del everything
        return super().survey(everything=True)


def test_outlets_that_are_at_rest_need_not_be_looked_at_in_every_round(articles, whole):
    part = LookedAtAnew(draft_articles(articles))
    run_rounds(part)
    pd.testing.assert_frame_equal(finish(articles, part.drafts).articles, whole.articles)
