"""Groups of articles that share words: NMF, made tighter step by step, as matrix algebra."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigsh
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from analysis.compare.moments import Floats, Integers
from analysis.text.by_term import AT_ONCE, count_for
from analysis.text.matrix_parts import pick_rows
from analysis.text.on_disk import room_for
from analysis.text.portions import portions

# Above 1, so that general words that a list of stop words happens to lack decide no topic.
RARITY = 1.2
FITTED = 20_000  # articles
NMF_STEPS = 400
NMF_TOLERANCE = 1e-3
SVD_TOLERANCE = 1e-3
SMALL = 100  # articles or words, up to which the dense decomposition is the quicker
LATENT_DIMENSIONS = 30
# Singular values enter with this power: at 1 the two or three broadest contrasts of a corpus decide
# alone, at 0 its noise counts as much as its themes.
DAMPING = 0.75
MOST_ROUNDS = 50
MIXTURE_ROUNDS = 10
# Words of an article come in bursts: a repeated theme is not evidence again and again. So each
# counts as a part of an independent draw.
EVIDENCE_OF_A_WORD = 0.3
PRIOR_USES = 0.1  # of each word in each topic
SHARE_STEPS = 100
TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Fit:
    """Topics as arrays.

    Attributes
    ----------
    shares
        Shape (articles, topics): how each article is made up; rows sum to 1, or to 0 for an
        article without words.
    profiles
        Shape (topics, words): each word's mean weight in the topic's articles beyond its mean in
        all, the rarity of the word taken out again: what many articles of the topic share.
    typicality
        Shape (articles,): cosine of each article and the centroid of its strongest topic.
    """

    shares: Floats
    profiles: Floats
    typicality: Floats


def fit_model(counts: sparse.csr_matrix[Any], n_topics: int, seed: int) -> Fit:
    """Fit topics to counts of usable words, the largest topic first.

    NMF of the TF-IDF (Lee and Seung 1999) gives each article a topic; spherical k-means in the
    latent space of the TF-IDF (Dhillon and Modha 2001; Deerwester et al. 1990) and a mixture of
    word distributions (Nigam et al. 2000) move articles to where their whole vocabulary fits;
    the shares are the weights of NMF whose topics are held at the centroids found. Of more than
    `FITTED` articles a sample makes the centroids, and all get their shares of them.
    """
    # The matrices are sparse or thin: more threads cost time, and their order moves last digits.
    with threadpool_limits(1):
        return _fit(counts, n_topics, seed)


def _fit(counts: sparse.csr_matrix[Any], n_topics: int, seed: int) -> Fit:
    weights = weigh(counts)
    rows = sample_rows(weights.shape[0], seed)
    sample = pick_rows(weights, rows)
    groups = _groups(pick_rows(counts, rows), sample, n_topics, seed)
    centroids = unit_rows(means(sample, groups, n_topics))
    shares = nonnegative_shares(weights @ centroids.T, centroids @ centroids.T)
    groups = shares.argmax(axis=1)
    has_words = np.diff(weights.indptr) > 0
    shares[~has_words] = 0
    sizes = np.bincount(groups[has_words], minlength=n_topics)
    first = (groups[:, None] == np.arange(n_topics)).argmax(axis=0)
    order = np.lexsort((first, -sizes))
    shares = shares[:, order]
    groups = shares.argmax(axis=1)
    profiles = means(pick_rows(weights, has_words), groups[has_words], n_topics)
    cosines = weights @ unit_rows(profiles).T
    return Fit(
        shares=shares,
        profiles=(profiles - np.asarray(weights.mean(axis=0)))
        / inverse_frequency(counts) ** RARITY,
        typicality=np.take_along_axis(cosines, groups[:, None], axis=1).ravel(),
    )


def sample_rows(n_articles: int, seed: int) -> Integers:
    """Give the articles that topics are fitted on: all, or `FITTED` drawn at random."""
    if n_articles <= FITTED:
        return np.arange(n_articles)
    return np.sort(np.random.default_rng(seed).choice(n_articles, FITTED, replace=False))


def _groups(
    counts: sparse.csr_matrix[Any], weights: sparse.csr_matrix[Any], n_topics: int, seed: int
) -> Integers:
    """Give each article a topic, by three methods of which each starts where the last has ended."""
    n_axes = min(max(LATENT_DIMENSIONS, 2 * n_topics), min(weights.shape))
    singular = leading_axes(weights, n_axes, seed)
    groups = nmf_groups(weights, singular, n_topics)
    # Damped, the place of each article in the latent space, on its unit sphere.
    coordinates = unit_rows(singular[0] * singular[1] ** DAMPING)
    groups = spherical_k_means(coordinates, groups, n_topics)
    return mixture_groups(counts, groups, n_topics)


def weigh(counts: sparse.csr_matrix[Any]) -> sparse.csr_matrix[Any]:
    """TF-IDF with 1 + log(uses), idf to the power `RARITY`, and rows of unit length."""
    data = room_for(counts.nnz, np.float32)
    rarity = inverse_frequency(counts).astype(np.float32) ** RARITY
    sizes = np.diff(counts.indptr)
    for first, last in portions(sizes, AT_ONCE):
        some = counts[first:last].astype(np.float32)
        some.data = (1 + np.log(some.data)) * rarity[some.indices]
        length = np.sqrt(np.asarray(some.multiply(some).sum(axis=1))).ravel()
        some.data /= np.repeat(np.maximum(length, TINY), sizes[first:last])
        data[counts.indptr[first] : counts.indptr[last]] = some.data
    return sparse.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)


def inverse_frequency(counts: sparse.csr_matrix[Any]) -> Floats:
    """Smoothed inverse document frequency of each word, as in ``weigh``."""
    holders = count_for(counts.indices, counts.shape[1], counts.data > 0)
    rarity: Floats = np.log((1 + counts.shape[0]) / (1 + holders)) + 1
    return rarity


def leading_axes(
    weights: sparse.csr_matrix[Any], n_axes: int, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Give the leading singular vectors and values, exact so that the seed leaves no trace."""
    if min(weights.shape) <= max(SMALL, n_axes):
        dense = np.linalg.svd(weights.toarray(), full_matrices=False)
        return dense[0][:, :n_axes], dense[1][:n_axes], dense[2][:n_axes]
    wide = weights.shape[0] <= weights.shape[1]
    rows = weights if wide else weights.T.tocsr()
    columns = rows.T.tocsr()
    n_rows = rows.shape[0]
    gram = LinearOperator(
        (n_rows, n_rows), matvec=lambda vector: rows @ (columns @ vector), dtype=weights.dtype
    )
    start = np.random.default_rng(seed).uniform(0.5, 1.5, n_rows).astype(weights.dtype)
    squares, vectors = eigsh(gram, n_axes, v0=start, tol=SVD_TOLERANCE)
    size = np.sqrt(np.maximum(squares[::-1], TINY))
    vectors = vectors[:, ::-1]
    others = (columns @ vectors) / size
    return (vectors, size, others.T) if wide else (others, size, vectors.T)


def nmf_groups(
    weights: sparse.csr_matrix[Any], singular: tuple[Floats, Floats, Floats], n_topics: int
) -> Integers:
    """Give the topic with the largest weight in each article by NMF."""
    from sklearn.decomposition import NMF  # takes long to import
    from sklearn.exceptions import ConvergenceWarning

    by_article, by_word = nonnegative_start(singular, n_topics, float(weights.mean()))
    model = NMF(n_topics, init="custom", max_iter=NMF_STEPS, tol=NMF_TOLERANCE)
    with warnings.catch_warnings():
        # A start for what follows: the last digits of convergence change no group.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = model.fit_transform(weights, W=by_article, H=by_word)
    groups: Integers = fitted.argmax(axis=1)
    return with_every_topic(groups, fitted)


def nonnegative_start(
    singular: tuple[Floats, Floats, Floats], n_topics: int, mean: float
) -> tuple[Floats, Floats]:
    """Start NMF at the singular vectors' stronger signs, zeros at the mean (NNDSVDa).

    Boutsidis and Gallopoulos (2008), "SVD based initialization", Pattern Recognition 41(4).
    """
    left, size, axes = (values[..., :n_topics] for values in (*singular[:2], singular[2].T))
    parts = []
    for sign in (1, -1):
        one, two = np.maximum(sign * left, 0), np.maximum(sign * axes, 0)
        lengths = np.linalg.norm(one, axis=0), np.linalg.norm(two, axis=0)
        parts.append((one, two, *lengths))
    (one, two, *_), strength = parts[0], [part[2] * part[3] for part in parts]
    flipped = strength[1] > strength[0]
    one, two = (np.where(flipped, parts[1][side], parts[0][side]) for side in (0, 1))
    scale = np.sqrt(size * np.maximum(*strength))
    by_article, by_word = (
        side / np.maximum(np.linalg.norm(side, axis=0), TINY) * scale for side in (one, two)
    )
    by_article[by_article < TINY], by_word[by_word < TINY] = mean, mean
    return by_article, np.ascontiguousarray(by_word.T)


def spherical_k_means(coordinates: Floats, groups: Integers, n_topics: int) -> Integers:
    """Move each article to the group whose direction is nearest, until none moves."""
    for _ in range(MOST_ROUNDS):
        similarity = coordinates @ unit_rows(means(coordinates, groups, n_topics)).T
        moved = with_every_topic(similarity.argmax(axis=1), similarity)
        if np.array_equal(moved, groups):
            break
        groups = moved
    return groups


def with_every_topic(groups: Integers, similarity: Floats) -> Integers:
    """Give each topic that lost all its articles the one that fits its own topic least."""
    groups = groups.copy()
    for topic in range(similarity.shape[1]):
        sizes = np.bincount(groups, minlength=similarity.shape[1])
        if sizes[topic] == 0:
            fits = similarity[np.arange(len(groups)), groups]
            groups[np.where(sizes[groups] > 1, fits, np.inf).argmin()] = topic
    return groups


def mixture_groups(counts: sparse.csr_matrix[Any], groups: Integers, n_topics: int) -> Integers:
    """Move articles by expectation maximisation for a mixture of word distributions.

    Rare words weigh as much as frequent ones: short articles are known by them.
    """
    uses = counts.astype(np.float64)
    uses.data = 1 + np.log(uses.data)
    transposed = uses.T.tocsr()
    membership = np.eye(n_topics)[groups]
    for _ in range(MIXTURE_ROUNDS):
        words = (transposed @ membership).T
        words += PRIOR_USES
        words /= words.sum(axis=1, keepdims=True)
        size = membership.mean(axis=0)
        fit = EVIDENCE_OF_A_WORD * (uses @ np.log(words).T) + np.log(np.maximum(size, TINY))
        moved = np.exp(fit - fit.max(axis=1, keepdims=True))
        moved /= moved.sum(axis=1, keepdims=True)
        best = moved.argmax(axis=1)
        if (np.bincount(best, minlength=n_topics) == 0).any():
            break  # a topic would be swallowed
        settled = np.abs(moved - membership).max() < 1e-3
        membership, groups = moved, best
        if settled:
            break
    return groups


def nonnegative_shares(fit: Floats, overlap: Floats) -> Floats:
    """Give the weights w >= 0 that rebuild each article from the topics best, as shares.

    The multiplicative steps of Lee and Seung (1999) for W with H fixed, from the products
    ``X H'`` and ``H H'``.
    """
    shares = np.full(fit.shape, 1 / fit.shape[1])
    for _ in range(SHARE_STEPS):
        shares *= fit / np.maximum(shares @ overlap, TINY)
    total = shares.sum(axis=1, keepdims=True)
    return shares / np.where(total > 0, total, 1)


def means(rows: Any, groups: Integers, n_topics: int) -> Floats:  # noqa: ANN401, dense or sparse
    """Mean row of each group, 0 for a group without rows."""
    size = np.bincount(groups, minlength=n_topics)
    ones = np.ones(len(groups))
    member = sparse.csr_matrix((ones, (groups, np.arange(len(groups)))), (n_topics, len(groups)))
    sums: Any = member @ rows
    dense = np.asarray(getattr(sums, "toarray", lambda: sums)(), dtype=np.float64)
    return dense / np.maximum(size, 1)[:, None]


def unit_rows(rows: Floats) -> Floats:
    """Scale rows to unit length; a row of 0 stays."""
    scaled: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), TINY)
    return scaled
