"""A sample of sentences for coders, and their codes read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.compare.frames import FrameScores
from analysis.compare.lexicon_files import find_beside
from analysis.corpus.schema import DataError
from analysis.corpus.taking import texts_at

BESIDE = "codes.csv"
LABELS = ["article_id", "outlet", "sentence", "weight"]
ESCAPED = ("=", "+", "-", "@", "\t", "\r", "'")  # what a spreadsheet takes for a formula
YES, NO = {"1", "yes", "y", "true", "1.0"}, {"0", "no", "n", "false", "0.0"}


def draw_sample(
    scores: FrameScores, *, n_sentences: int = 200, by: str = "outlet", seed: int = 0
) -> pd.DataFrame:
    """Draw sentences for coders, from every group and every frame.

    Parameters
    ----------
    scores
        As ``score_frames`` gives them.
    n_sentences
        About so many: as many from each stratum, all of a smaller one.
    by
        Column of the articles. A stratum is a group and the frame with the highest score, or none.
    seed
        Of the draw; the same seed gives the same sentences.

    Returns
    -------
    pandas.DataFrame
        In random order: ``article_id``, the `by` column as ``outlet``, ``sentence``, ``weight``
        (sentences of the corpus that the row stands for), and an empty column a frame. What the
        machine thinks is not shown, so that coders are not led.

    Raises
    ------
    DataError
        When `n_sentences` is below 1 or the column is missing.
    """
    if n_sentences < 1 or by not in scores.articles:
        raise DataError(
            f"n_sentences is {n_sentences} and by is {by!r}; take 1 or more sentences, and a "
            f"column of the articles ({', '.join(map(str, scores.articles))})"
        )
    random = np.random.default_rng(seed)
    rows = scores.sentences["row"].to_numpy()
    of_article, groups = pd.factorize(scores.articles[by].astype(str))
    best = np.where(scores.has.any(axis=1), scores.scores.argmax(axis=1), -1)
    # As many numbers as pairs of a group and a frame, or none.
    pairs = of_article[rows] * (len(scores.names) + 1) + best + 1
    strata = pd.Series(pd.factorize(pairs)[0])
    sizes = strata.value_counts()
    each = max(1, round(n_sentences / len(sizes)))
    chosen, weights = [], []
    for _, members in strata.groupby(strata):
        taken = random.permutation(members.index.to_numpy())[:each]
        chosen.append(taken)
        weights.append(np.full(len(taken), len(members) / len(taken)))
    places, weight = np.concatenate(chosen), np.concatenate(weights)
    order = random.permutation(len(places))
    places, weight = places[order], weight[order]
    spans = scores.sentences.iloc[places]
    texts = texts_at(scores.articles["text"], spans["row"].to_numpy())
    sample = pd.DataFrame(
        {
            "article_id": spans["article_id"].to_numpy(),
            "outlet": np.asarray(groups[of_article[spans["row"]]]),
            "sentence": [
                " ".join(text[start:end].split())
                for text, start, end in zip(texts, spans["start"], spans["end"], strict=True)
            ],
            "weight": weight.round(6),
        }
    )
    return sample.assign(**dict.fromkeys(scores.names, ""))


def write_sample(sample: pd.DataFrame, path: str | Path) -> None:
    """Write a sample as CSV that a spreadsheet opens as text: no cell of it is a formula.

    Raises
    ------
    DataError
        When the file is there already: it may hold somebody's codes.
    """
    path = Path(path)
    if path.exists():
        raise DataError(f"{path.name} is there already and may hold codes; choose another name")
    sample.map(as_text).to_csv(path, index=False, encoding="utf-8-sig")


def as_text(value: object) -> object:
    """Put an apostrophe before what a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and value.startswith(ESCAPED) else value


def as_written(value: str) -> str:
    """Undo `as_text`."""
    return value[1:] if value.startswith("'") and value[1:].startswith(ESCAPED) else value


def read_codes(
    *paths: str | Path, frames: list[str], beside: str | Path | None = None
) -> pd.DataFrame:
    """Read the codes of one or several coders.

    Parameters
    ----------
    *paths
        CSV files as ``write_sample`` made them, with 1 (or yes) and 0 (or no) in the columns of
        the frames; an empty cell is not coded. A column ``coder`` names the coder; without it each
        file is a coder's.
    frames
        The frames that were coded.
    beside
        A corpus: where no path is given, the file ``codes.csv`` in its folder is read.

    Returns
    -------
    pandas.DataFrame
        A row per sentence and coder: ``article_id, outlet, sentence, weight, coder`` and a column
        a frame (1.0, 0.0 or missing). No rows where there is no file.

    Raises
    ------
    DataError
        When a file is missing, a column is missing, or a code cannot be read; the message names
        the file, the row and the remedy.
    """
    if not paths and beside is not None:
        found = find_beside(beside, BESIDE)
        paths = () if found is None else (found,)
    parts = [_read(Path(path), frames) for path in paths]
    columns = [*LABELS, "coder", *frames]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _read(path: Path, frames: list[str]) -> pd.DataFrame:
    if not path.is_file():
        raise DataError(f"there is no file of codes {str(path)!r}; draw a sample and have it coded")
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in [*LABELS, *frames] if name not in table]
    if missing:
        raise DataError(
            f"{path.name} lacks the column {missing[0]!r} (it has: "
            f"{', '.join(map(str, table))}); keep the columns of the sample as they were drawn"
        )
    if "coder" not in table:
        table["coder"] = path.stem
    table = table.map(as_written)
    weight = pd.to_numeric(table["weight"], errors="coerce")
    if not (weight > 0).all():
        row = int((~(weight > 0)).to_numpy().argmax())
        raise DataError(
            f"{path.name}, row {row + 2}: weight is {table['weight'].iloc[row]!r}; leave the "
            "column as it was drawn"
        )
    codes = {name: _numbers(table[name], path.name, name) for name in frames}
    return table[[*LABELS, "coder"]].assign(weight=weight, **codes)


def _numbers(column: pd.Series[str], file: str, frame: str) -> pd.Series[float]:
    given = column.str.strip().str.lower()
    read = given.map(dict.fromkeys(YES, 1.0) | dict.fromkeys(NO, 0.0))
    wrong = read.isna() & (given != "")
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise DataError(
            f"{file}, row {row + 2}: {frame} is {column.iloc[row]!r}; write 1 or yes, 0 or no, or "
            "nothing"
        )
    return read.astype(float)
