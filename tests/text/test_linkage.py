"""Average linkage on a sparse graph, against scipy's on the full one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from analysis.text.linkage import join_linked


def graph(n_rows, links):
    dense = np.zeros((n_rows, n_rows))
    for (one, other), value in links.items():
        dense[one, other] = dense[other, one] = value
    return sparse.csr_array(dense)


CHAIN = graph(4, {(0, 1): 0.9, (1, 2): 0.5, (0, 2): 0.3, (2, 3): 0.3})


def test_groups_join_by_the_mean_of_all_their_links():
    # 0 and 1 join at 0.9; with 2 their mean is 0.4, and the three with 3 have 0.3 / 3.
    assert join_linked(CHAIN, 0.41).tolist() == [0, 0, 2, 3]
    assert join_linked(CHAIN, 0.39).tolist() == [0, 0, 0, 3]
    assert join_linked(CHAIN, 0.09).tolist() == [0, 0, 0, 0]


def test_pairs_that_must_not_stand_together_keep_their_groups_apart():
    assert join_linked(CHAIN, 0.09, apart=[(0, 3)]).tolist() == [0, 0, 0, 3]
    assert join_linked(CHAIN, 0.09, apart=[(0, 1)]).tolist() == [0, 1, 1, 1]


def test_a_group_is_kept_apart_from_what_any_of_its_rows_is_kept_apart_from():
    links = graph(3, {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.8})
    assert join_linked(links, 0.5, apart=[(1, 2)]).tolist() == [0, 0, 2]
    assert join_linked(links, 0.5).tolist() == [0, 0, 0]


def test_parts_that_weak_links_connect_are_joined_as_if_they_were_alone():
    far = {(row + 4, other + 4): link for (row, other), link in {(0, 1): 0.9, (1, 2): 0.5}.items()}
    links = graph(7, {(0, 1): 0.9, (1, 2): 0.5, (0, 2): 0.3, (2, 3): 0.3, **far, (3, 4): 0.3})
    assert join_linked(links, 0.39).tolist() == [0, 0, 0, 3, 4, 4, 6]


def test_pairs_that_must_stand_together_do_so_without_a_link():
    assert join_linked(CHAIN, 0.95, same=[(0, 3), (3, 2)]).tolist() == [0, 1, 0, 0]


def test_no_rows_have_no_groups():
    assert join_linked(sparse.csr_array((0, 0)), 0.5).tolist() == []


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 12), st.integers(0, 10_000), st.floats(0.05, 0.95))
def test_groups_are_those_of_scipy(n_rows, seed, threshold):
    values = np.random.default_rng(seed).random((n_rows, n_rows))
    links = np.triu(values, 1) + np.triu(values, 1).T
    distances = squareform(1 - links - np.eye(n_rows), checks=False)
    theirs = fcluster(linkage(distances, "average"), 1 - threshold, "distance")
    ours = join_linked(sparse.csr_array(links), threshold)
    assert (ours[:, None] == ours).tolist() == (theirs[:, None] == theirs).tolist()


@pytest.mark.parametrize("threshold", [0.2, 0.6])
def test_the_order_of_the_rows_changes_nothing(threshold):
    values = np.random.default_rng(3).random((30, 30))
    links = np.triu(values, 1) + np.triu(values, 1).T
    order = np.random.default_rng(4).permutation(30)
    straight = join_linked(sparse.csr_array(links), threshold)[order]
    shuffled = join_linked(sparse.csr_array(links[order][:, order]), threshold)
    assert ((straight[:, None] == straight) == (shuffled[:, None] == shuffled)).all()
