"""Work on a Dask cluster: lists of items, and the rounds of cleaning.

Only this module knows of Dask, and only where a cluster was asked for. Every task is a function of
its arguments alone, so that what a lost worker had done is done again by another one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from analysis.corpus.draft import Draft
from analysis.corpus.places import INSTALL
from analysis.corpus.progress import track
from analysis.corpus.rounds import Part, run_rounds
from analysis.corpus.schema import DataError
from analysis.corpus.survey import Asked, Counted, join_asked, sum_counted
from analysis.memory import give_back
from analysis.prepared import digest_code

AHEAD = 3  # tasks a thread that are handed out before the results of the first are taken
PARTS_A_THREAD = 2
WAIT_SECONDS = 60  # for the first worker

Item = TypeVar("Item")
Result = TypeVar("Result")


class Cluster:
    """The workers of a Dask client."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401, Dask has no types
        self.client = client

    @property
    def n_threads(self) -> int:
        """Tasks that run at a time."""
        threads: dict[str, int] = self.client.nthreads()
        return max(1, sum(threads.values()))

    def stream(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Give the results in the order of the items, of which few are under way at a time."""
        waiting: deque[Any] = deque()
        for item in items:
            waiting.append(self.client.submit(function, item, pure=False))
            if len(waiting) >= AHEAD * self.n_threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def clean(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Run the rounds of cleaning; give the drafts as they are then, in their order."""
        n_drafts = len(drafts)
        shares = share_outlets(drafts, PARTS_A_THREAD * self.n_threads)
        parts = ClusterParts(self.client, [[drafts[row] for row in share] for share in shares])
        del drafts  # the scheduler keeps them
        give_back()
        run_rounds(parts)
        done: dict[int, Draft] = {}
        for share, part in zip(shares, parts.take(), strict=True):
            done |= zip(share, part, strict=True)
        del parts
        self.client.run(give_back)  # they still have what the rounds have freed
        return [done[row] for row in range(n_drafts)]


class ClusterParts:
    """The parts of a corpus in the rounds of cleaning, each with the worker that holds it."""

    def __init__(self, client: Any, parts: Sequence[Sequence[Draft]]) -> None:  # noqa: ANN401
        self.client = client
        self.sizes = [len(drafts) for drafts in parts]
        self.parts = [self._submit(Part, drafts) for drafts in parts]

    def survey(self, *, everything: bool) -> Asked:
        """Mend what has changed, and give what has to be counted in all parts."""
        self.parts = self._each(survey_part, everything)
        return join_asked(self._gather("reading what recurs", Part.ask))

    def count(self, asked: Asked) -> Counted:
        """Count what any part asks for."""
        return sum_counted(self._gather("counting it", Part.count, self._submit(same, asked)))

    def cut(self, asked: Asked, everywhere: Counted) -> int:
        """Cut in the light of the counts; give how many texts have changed."""
        known = self._submit(same, (asked, everywhere))
        self.parts = self._each(cut_part, known)
        return sum(self._gather("cutting", count_changed))

    def give_up(self) -> None:
        """Leave nothing of the texts that still change."""
        self.parts = self._each(give_up_part)

    def take(self) -> Iterator[list[Draft]]:
        """Give the drafts of each part, which is then forgotten: one at a time is on its way."""
        yield from track(self._taken(), "cleaning: fetching", self.sizes, self.sizes)

    def _taken(self) -> Iterator[list[Draft]]:
        while self.parts:
            yield self._submit(take_drafts, self.parts[0]).result()
            del self.parts[0]

    def _submit(self, function: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
        # Data goes along with the task: what was only put on a worker would be lost with it.
        return self.client.submit(function, *arguments, pure=False)

    def _each(self, function: Callable[..., Any], *arguments: Any) -> list[Any]:  # noqa: ANN401
        """Do it to each part where it lies: elsewhere it would have to be read anew."""
        held = self.client.who_has(self.parts)
        results = []
        for part in self.parts:
            there = held.get(part.key)
            place = {"workers": list(there), "allow_other_workers": True} if there else {}
            results.append(self.client.submit(function, part, *arguments, pure=False, **place))
        return results

    def _gather(
        self,
        label: str,
        function: Callable[..., Result],
        *arguments: Any,  # noqa: ANN401
    ) -> Iterator[Result]:
        results = self._each(function, *arguments)
        taken = (results.pop(0).result() for _ in self.parts)
        return track(taken, f"cleaning: {label}", self.sizes, self.sizes)


def survey_part(part: Part, everything: bool) -> Part:
    """Give a part that has been surveyed."""
    part = part.copied()
    part.survey(everything=everything)
    return part


def cut_part(part: Part, known: tuple[Asked, Counted]) -> Part:
    """Give a part that has been cut."""
    part = part.copied()
    part.cut(*known)
    return part


def give_up_part(part: Part) -> Part:
    """Give a part without the texts that still change."""
    part = part.copied()
    part.give_up()
    return part


def count_changed(part: Part) -> int:
    """Count the texts that the last round has changed."""
    return len(part.changed)


def take_drafts(part: Part) -> list[Draft]:
    """Give the drafts of a part."""
    return part.drafts


def same(value: Item) -> Item:
    """Give what was given, on a worker."""
    return value


def share_outlets(drafts: Sequence[Draft], n_shares: int) -> list[list[int]]:
    """Share out rows, those of an outlet together and those of none anywhere, about equally."""
    outlets: dict[object, list[int]] = defaultdict(list)
    for row, draft in enumerate(drafts):
        outlets[draft.outlet or row].append(row)
    letters = {name: sum(len(drafts[n].text) for n in rows) for name, rows in outlets.items()}
    heap = [(0, number) for number in range(max(1, min(n_shares, len(outlets))))]
    shares: list[list[int]] = [[] for _ in heap]
    for name in sorted(outlets, key=lambda name: -letters[name]):  # the largest first
        load, number = heapq.heappop(heap)
        shares[number] += outlets[name]
        heapq.heappush(heap, (load + letters[name], number))
    return shares


@contextmanager
def open_cluster(cluster: Any) -> Iterator[Cluster]:  # noqa: ANN401
    """Connect to a Dask cluster.

    Parameters
    ----------
    cluster
        A client, which stays open; or an address or a cluster, to which one is opened meanwhile.

    Raises
    ------
    DataError
        When Dask is not installed, nobody answers, or a worker has other code than this process.
    """
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise DataError(f"cluster is given, which needs Dask: {INSTALL}") from error
    own = None if isinstance(cluster, Client) else _connect(Client, cluster)
    client = cluster if own is None else own
    try:
        _check_workers(client)
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):
            yield Cluster(client)
    finally:
        if own is not None:
            own.close()


def _connect(connect: Callable[..., Any], cluster: Any) -> Any:  # noqa: ANN401
    try:
        return connect(cluster, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise DataError(f"no Dask scheduler answers at {cluster!r} ({error})") from error


def _check_workers(client: Any) -> None:  # noqa: ANN401
    try:
        client.wait_for_workers(1, timeout=WAIT_SECONDS)
    except TimeoutError as error:
        raise DataError(
            f"the Dask cluster has no worker after {WAIT_SECONDS} s; start one: dask worker ADDRESS"
        ) from error
    ours = digest_code()
    for address, theirs in client.run(digest_code).items():
        if theirs != ours:
            raise DataError(
                f"the worker {address} has another version of this package; install the same one "
                "on all machines"
            )
