"""From the moments of two sides to log-odds, the test's z and its interval; and q from p."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

from analysis.compare.moments import Floats, Moments, sum_by

PRIOR_WORDS = 10.0  # a0: enough to keep a word that one side lacks finite, too little to shrink
LEVEL = 0.05
Z_OF_LEVEL = -float(special.ndtri(LEVEL / 2))
JUST_PAST_ZERO = 1e-9  # where p < LEVEL but the interval holds 0, its bound is moved here


def student_t(degrees: float) -> float:
    """Give the value that Student's t passes, on either side, with a chance of `LEVEL`."""
    return float(special.stdtrit(degrees, 1 - LEVEL / 2))


@dataclass(frozen=True, eq=False)
class Contrast:
    """One side against another, summed over the strata that hold both; arrays have a value a term.

    Attributes
    ----------
    own, other
        Moments of the two sides, shape (strata, terms).
    over, under
        The two sums of Mantel and Haenszel, sum y_A n_B / N and sum y_B n_A / N. Their difference
        is U, the uses of side A beyond those expected of its words.
    own_variance, other_variance, covariance
        Of U under permutation, by the side whose uses they come from.
    at_equal_rates
        Var U as the sides' lengths make it (see `_at_equal_rates`), 0 if there are strata; the
        three are enlarged together where they add up to less.
    """

    own: Moments
    other: Moments
    over: Floats
    under: Floats
    own_variance: Floats
    other_variance: Floats
    covariance: Floats
    at_equal_rates: Floats

    @property
    def difference(self) -> Floats:
        """U, the statistic of the test."""
        return self.over - self.under

    @property
    def variance(self) -> Floats:
        """Var U when the articles' sides are permuted inside each stratum, or what is more."""
        return self.own_variance + 2 * self.covariance + self.other_variance

    @property
    def z(self) -> Floats:
        """U in standard deviations, 0 where no permutation can change U."""
        squares = self.own.squares.sum(axis=0) + self.other.squares.sum(axis=0)
        moves = self.variance > 1e-12 * squares
        return np.where(moves, self.difference / np.sqrt(np.where(moves, self.variance, 1)), 0.0)

    @property
    def uses(self) -> tuple[Floats, Floats]:
        """Uses of each term on the two sides."""
        return self.own.uses.sum(axis=0), self.other.uses.sum(axis=0)


def contrast(own: Moments, other: Moments) -> Contrast:
    """Compare two sides inside their strata, with A's articles drawn anew in each stratum.

    With ``e = y - y_stratum / n_stratum * n`` for an article, a random draw of m_A of the m
    articles of a stratum has mean 0 and variance ``m_A m_B / (m (m - 1)) * sum e ** 2``.
    """
    articles = own.articles + other.articles
    words = np.maximum(own.words + other.words, 1)
    scale = own.articles * other.articles / (articles * np.maximum(articles - 1, 1))
    by_words = scale / words
    by_squares = scale * (own.words_squared + other.words_squared) / words**2

    def covariance(one: Moments, two: Moments) -> Floats:
        crossed = one.uses * two.products + two.uses * one.products
        sums: Floats = by_squares @ (one.uses * two.uses) - by_words @ crossed
        return sums

    variances = (
        scale @ own.squares + covariance(own, own),
        scale @ other.squares + covariance(other, other),
        covariance(own, other),
    )
    permuted = variances[0] + 2 * variances[2] + variances[1]
    at_equal_rates, excess = np.zeros_like(permuted), np.ones_like(permuted)
    if len(articles) == 1:
        at_equal_rates = _at_equal_rates(own, other, permuted / scale[0])
        excess = np.maximum(at_equal_rates / np.maximum(permuted, 1e-300), 1)
    return Contrast(
        own=own,
        other=other,
        over=(other.words / words) @ own.uses,
        under=(own.words / words) @ other.uses,
        own_variance=variances[0] * excess,
        other_variance=variances[1] * excess,
        covariance=variances[2] * excess,
        at_equal_rates=at_equal_rates,
    )


def _at_equal_rates(own: Moments, other: Moments, squares: Floats) -> Floats:
    """Var U at equal rates of two sides in one stratum.

    An article's e has a variance in proportion to its length as far as uses are independent, and
    to the square of its length as far as they come in bursts; `squares` is the sum of e ** 2. A
    permutation gives every article the same variance, too little where a side is a few long ones.
    """
    words, uses = own.words + other.words, (own.uses + other.uses).sum(axis=0)
    independent = np.minimum(uses / np.maximum(squares, 1e-300), 1)
    by_words = own.words / np.maximum(words, 1)
    by_bursts = own.words_squared / np.maximum(own.words_squared + other.words_squared, 1)
    of_own = independent * by_words + (1 - independent) * by_bursts
    return np.asarray(squares * ((1 - by_words) ** 2 * of_own + by_words**2 * (1 - of_own)))


def log_odds(sides: Contrast) -> Floats:
    """Log-odds of each term on one side against the other.

    Without strata the informative Dirichlet prior of Monroe, Colaresi and Quinn (2008, eq. 15 and
    16), alpha = `PRIOR_WORDS` x the term's pooled share. With strata the rate ratio of Mantel and
    Haenszel with one more stratum of `PRIOR_WORDS` words a side that use the term at its pooled
    share, on the scale of log-odds.
    """
    uses, uses_other = sides.uses
    words, words_other = sides.own.words.sum(), sides.other.words.sum()
    share = (uses + uses_other) / max(words + words_other, 1)
    if len(sides.own.articles) > 1:
        little = PRIOR_WORDS * share / 2
        seen = little > 0
        over, under = (np.where(seen, sum_ + little, 1.0) for sum_ in (sides.over, sides.under))
        return odds_of_ratio(np.log(over / under), share, words, words_other)
    odds = []
    for used, of in ((uses, words), (uses_other, words_other)):
        counted = np.where(share > 0, used + PRIOR_WORDS * share, 1.0)
        odds.append(np.log(counted / np.maximum(of + PRIOR_WORDS - counted, 1e-9)))
    return np.where(share > 0, odds[0] - odds[1], 0.0)


def odds_of_ratio(log_ratio: Floats, share: Floats, words: float, words_other: float) -> Floats:
    """Turn a log rate ratio into log-odds, the pooled `share` of the term being given."""
    total = max(words + words_other, 1)
    ratio = np.exp(np.clip(log_ratio, -300, 300))
    rate_other = share * total / np.maximum(words * ratio + words_other, 1e-300)
    rate = np.minimum(ratio * rate_other, 1)
    with np.errstate(divide="ignore"):
        return log_ratio + np.log1p(-np.minimum(rate_other, 1)) - np.log1p(-rate)


def interval(sides: Contrast, estimate: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Give the log-odds that the test does not reject at `LEVEL`, by Fieller's theorem.

    If A's rate is 1/x of the other side's, A's uses times x fit the rest. Then ``U(x) = x over -
    under`` and its variance is a quadratic in x, so ``U(x) ** 2 <= z ** 2 Var(x)`` lies between
    two roots; ``-log x`` is the log rate ratio.

    A bound is infinite where the counts cannot give one: a side lacks the term, a side is a
    single article, or the term's spread over articles allows any ratio. Where p and the interval
    disagree about 0, p decides and the bound moves to 0. The estimate always lies inside.
    """
    low, high = _fieller(sides)
    low, high = _bounds_of_absent(sides, low, high)
    uses, uses_other = sides.uses
    words, words_other = sides.own.words.sum(), sides.other.words.sum()
    share = (uses + uses_other) / max(words + words_other, 1)
    low, high = (odds_of_ratio(bound, share, words, words_other) for bound in (low, high))
    differs = p < LEVEL
    low = np.where(differs & (estimate > 0), np.maximum(low, JUST_PAST_ZERO), low)
    high = np.where(differs & (estimate < 0), np.minimum(high, -JUST_PAST_ZERO), high)
    low, high = (
        np.where(differs, low, np.minimum(low, 0)),
        np.where(differs, high, np.maximum(high, 0)),
    )
    if min(sides.own.articles.sum(), sides.other.articles.sum()) < 2:
        return np.full_like(low, -np.inf), np.full_like(high, np.inf)
    return np.minimum(low, estimate), np.maximum(high, estimate)


def _fieller(sides: Contrast) -> tuple[Floats, Floats]:
    """Roots of ``a x^2 - 2 b x + c`` as bounds of -log x; infinite where there is no such root."""
    squared = Z_OF_LEVEL**2
    a = sides.over**2 - squared * sides.own_variance
    b = sides.over * sides.under + squared * sides.covariance
    c = sides.under**2 - squared * sides.other_variance
    root = np.sqrt(np.maximum(b**2 - a * c, 0))
    # q / a and c / q avoid the difference of two nearly equal numbers.
    q = b + np.where(b >= 0, root, -root)
    with np.errstate(divide="ignore", invalid="ignore"):
        roots = np.where(b >= 0, c / q, q / a), np.where(b >= 0, q / a, c / q)
        low, high = -np.log(roots[1]), -np.log(roots[0])
    return np.where(a > 0, low, -np.inf), np.where(c > 0, high, np.inf)


def _bounds_of_absent(sides: Contrast, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Bound the ratio where a side lacks the term.

    If chance leaves side A without the term with probability P at equal rates, it does so with
    about ``P ** r`` at r times the rate; the bound is the r at which that is ``LEVEL / 2``.
    """
    uses, uses_other = sides.uses
    low, high = np.where(uses == 0, -np.inf, low), np.where(uses_other == 0, np.inf, high)
    for absent, drawn in (
        ((uses == 0) & (uses_other > 0), sides.own),
        (
            (uses_other == 0) & (uses > 0),
            sides.other,
        ),
    ):
        chance = log_chance_of_none(sides, drawn, np.flatnonzero(absent))
        with np.errstate(divide="ignore"):
            bound = np.log(np.log(LEVEL / 2) / np.minimum(chance, -1e-300))
        if drawn is sides.own:
            high[absent] = bound
        else:
            low[absent] = -bound
    return low, high


def log_chance_of_none(sides: Contrast, drawn: Moments, terms: NDArray[np.intp]) -> Floats:
    """Log-probability that a random draw of side `drawn` holds none of a term's articles."""
    held = sparse.coo_array(sides.own.holders[:, terms] + sides.other.holders[:, terms])
    articles = sides.own.articles + sides.other.articles
    stratum, d = held.coords[0], held.data
    m, k = articles[stratum], drawn.articles[stratum]
    return sum_by(held.coords[1], log_ways(m - d, k) - log_ways(m, k), len(terms))


def log_ways(n: Floats, k: Floats) -> Floats:
    """Log of the number of ways to choose k of n, -inf where there is none."""
    logs = special.gammaln(np.arange(float(np.max(n, initial=0)) + 1) + 1)
    some = (k >= 0) & (k <= n)
    of, chosen = n.astype(np.int64), np.where(some, k, 0).astype(np.int64)
    return np.where(some, logs[of] - logs[chosen] - logs[of - chosen], -np.inf)
