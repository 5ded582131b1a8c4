"""How far long work has come, on a terminal; nothing in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from tqdm import tqdm

SILENT_SECONDS = 1.0  # quick work needs no bar

Result = TypeVar("Result")


def track(
    results: Iterable[Result], label: str, sizes: Sequence[int], counts: Sequence[int] | None = None
) -> Iterator[Result]:
    """Pass results on, and show how far they are, the articles a second and the time left.

    Parameters
    ----------
    results
        One for each of `sizes`, in their order.
    label
        What is done.
    sizes
        How much work each is, in any unit.
    counts
        The articles of each; where they are not known, the length of each result is taken.
    """
    bar: tqdm[Any] = tqdm(
        desc=label,
        total=sum(sizes),
        bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed}, {remaining} left{postfix}",
        disable=not sys.stderr.isatty(),
        delay=SILENT_SECONDS,
        leave=False,
    )
    start, articles = time.monotonic(), 0
    with bar:
        for number, result in enumerate(results):
            articles += counts[number] if counts else len(result)  # type: ignore[arg-type]
            rate = articles / max(time.monotonic() - start, 1e-9)
            bar.set_postfix_str(f"{articles:,} articles, {rate:,.0f}/s", refresh=False)
            bar.update(sizes[number])
            yield result
