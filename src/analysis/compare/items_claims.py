"""Claims as items: their sentences, and the passages that come near them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.claims import Longs, Matrix, Sentences, likenesses

CORE = 0.5  # of a claim's sentences hold a word of its core
HELD = 0.8  # of the core's weight in an article, in whatever place: the article may tell it


def claim_mentions(articles: pd.DataFrame, sentences: Sentences, claim: Longs) -> pd.DataFrame:
    """Give a row per sentence of a claim, and per passage that may say the same.

    Parameters
    ----------
    articles
        The articles whose sentences these are.
    sentences
        All their sentences.
    claim
        Of each sentence, as ``align_sentences`` numbers them: 0 for none.
    """
    parts = []
    texts = articles["text"].to_numpy()
    for event_id, rows in sentences.events():
        told = rows[claim[rows] > 0]
        if not len(told):
            continue
        label = name_claims(sentences, told, claim[told], texts)
        near, near_claim = find_near(sentences, rows, claim[rows])
        sentence = np.concatenate([told, near])
        number = np.concatenate([claim[told], near_claim])
        frame = sentences.frame.iloc[sentence][["article_id", "start", "end"]]
        parts.append(
            frame.assign(
                event_id=event_id,
                kind="claim",
                item=[label[one] for one in number],
                near=np.arange(len(sentence)) >= len(told),
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def name_claims(
    sentences: Sentences, told: Longs, claim: Longs, texts: NDArray[Any]
) -> dict[int, str]:
    """Name each claim by its sentence that is nearest to the others: its text on one line."""
    alike = likenesses(sentences.vectors[told]).tocoo()
    same = claim[alike.row] == claim[alike.col]
    nearness = np.bincount(alike.row[same], weights=alike.data[same], minlength=len(told))
    frame = sentences.frame.iloc[told]
    spans = zip(frame["row"], frame["start"], frame["end"], strict=True)
    words = [" ".join(texts[row][start:end].split()) for row, start, end in spans]
    table = pd.DataFrame({"claim": claim, "nearness": -nearness.round(9), "words": words})
    first = table.sort_values(["claim", "nearness", "words"]).drop_duplicates("claim")
    return dict(zip(first["claim"], first["words"], strict=True))


def find_near(sentences: Sentences, rows: Longs, claim: Longs) -> tuple[Longs, Longs]:
    """Find for each claim the articles that may tell it: a sentence of each, and the claim.

    An article may tell a claim if a sentence of it is somewhat like one of the claim's, or if it
    holds nearly all of the words that the claim's sentences have in common, anywhere.
    """
    vectors = sentences.vectors[rows]
    members = indicator(claim, int(claim.max()) + 1)  # shape (claims, sentences); 0 is no claim
    alike = likenesses(vectors).tocoo()
    to_claim = claim[alike.col]
    kept = (to_claim > 0) & (claim[alike.row] != to_claim)
    loose = pd.DataFrame(
        {"sentence": alike.row[kept], "claim": to_claim[kept], "value": alike.data[kept]}
    )
    loose = pd.concat([loose, hold_core(vectors, members, sentences.frame["row"].to_numpy()[rows])])
    article = sentences.frame["row"].to_numpy()[rows]
    loose["article"] = article[loose["sentence"].to_numpy(dtype=np.int64)]
    loose = loose.sort_values(["claim", "article", "value"], ascending=[True, True, False])
    loose = loose.drop_duplicates(["claim", "article"])
    tells = set(zip(claim.tolist(), article.tolist(), strict=True))
    new = [pair not in tells for pair in zip(loose["claim"], loose["article"], strict=True)]
    found = loose[np.array(new, dtype=bool)]
    return rows[found["sentence"].to_numpy(dtype=np.int64)], found["claim"].to_numpy(dtype=np.int64)


def indicator(codes: Longs, n_codes: int) -> Matrix:
    """Give a matrix with a row per code that has a 1 for each member."""
    ones = (np.ones(len(codes)), (codes, np.arange(len(codes))))
    found: Matrix = sparse.csr_array(ones, shape=(n_codes, len(codes)))
    return found


def hold_core(vectors: Matrix, members: Matrix, article: Longs) -> pd.DataFrame:
    """Find the articles that hold the words of a claim's core, and their sentence with the most."""
    has = vectors.copy()
    has.data[:] = 1
    sizes = members.sum(axis=1)
    core = (members @ has).tocsr()
    core.data = (core.data >= np.maximum(CORE * np.repeat(sizes, np.diff(core.indptr)), 2)) * 1.0
    core.eliminate_zeros()
    weight = vectors.max(axis=0).toarray().ravel()  # rarer words weigh more in every sentence
    core = core.multiply(weight).tocsr()
    codes, place = np.unique(article, return_inverse=True)
    in_article = (indicator(place, len(codes)) @ has).tocsr()
    in_article.data[:] = 1
    share = (core @ in_article.T).toarray() / np.maximum(core.sum(axis=1), 1e-9)[:, np.newaxis]
    share[0] = 0
    rows = []
    for claim in np.flatnonzero((share >= HELD).any(axis=1)):
        of_sentence = has @ core[[claim]].toarray().ravel()
        for one in np.flatnonzero(share[claim] >= HELD):
            of_article = np.flatnonzero(place == one)
            rows.append((int(of_article[of_sentence[of_article].argmax()]), int(claim), 0.0))
    return pd.DataFrame(rows, columns=["sentence", "claim", "value"])
