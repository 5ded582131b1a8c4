import numpy as np
import pytest

from analysis.text import by_term


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_pieces_are_looked_up_and_counted_as_the_whole(monkeypatch, at_once):
    monkeypatch.setattr(by_term, "AT_ONCE", at_once)
    ids = np.array([2, -1, 0, 2, 2, -1, 1], dtype=np.int32)
    values = np.array([5, 6, 7, 9], dtype=np.uint8)
    found = by_term.take_for(values, ids)
    assert found.tolist() == [7, 9, 5, 7, 7, 9, 6]
    assert found.dtype == values.dtype
    chosen = np.array([1, 0, 1, 0, 1, 0, 0], dtype=bool)
    assert by_term.count_for(ids, 4, chosen).tolist() == [1, 0, 2, 0]
    assert by_term.count_for(ids[ids >= 0], 4).tolist() == [1, 1, 3, 0]
    pointer = np.array([0, 3, 3, 7])
    of_articles = by_term.count_chosen(ids, pointer, np.array([True, False, True, False]))
    assert of_articles.tolist() == [2, 0, 2]
    places, terms = by_term.sorted_places(ids, np.array([True, False, True, False]))
    assert (places.tolist(), terms.tolist()) == ([2, 0, 3, 4], [0, 2, 2, 2])
