from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.portions import portions


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 50))
def test_portions_cover_every_item_once_and_are_larger_by_one_item_at_most(sizes, most):
    found = list(portions(np.array(sizes, dtype=np.int32), most))
    assert [item for first, end in found for item in range(first, end)] == list(range(len(sizes)))
    for first, end in found:
        assert first < end
        assert sum(sizes[first : end - 1]) <= most + max(sizes)


def test_portions_are_not_smaller_than_they_need_be():
    assert list(portions(np.ones(10), 4)) == [(0, 3), (3, 7), (7, 10)]
