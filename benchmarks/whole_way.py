"""From files to a published report: minutes, peak memory and the share of each step.

    python benchmarks/whole_way.py SOURCE [--workers 2] [--no-report]

SOURCE may be what recombine.py makes. With --workers the corpus is prepared by so many Dask
workers, which needs the extra `scale`. What was prepared before, and all quotations that
were kept, are deleted first. Processor time is
that of all processes, and tells what a step costs where the machine is shared. Memory is theirs
too: pages that several of them share count once (PSS), also those of files that are open, which
the system takes back when memory is short; the second figure leaves these out.
"""

import argparse
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import analysis
from analysis import pipeline, preparation, prepared_corpus
from analysis.prepared import fingerprint, prepared_folder
from analysis.report.execute import Limits
from analysis.report.run import run_report

# What the steps of a preparation are called, and the functions that do them.
STEPS = {
    "read_pieces": "read", "clean_articles": "clean", "read_all_credits": "wire credits",
    "add_wire": "wire labels", "write_frames": "write", "write_tokens": "tokenise",
}  # fmt: skip
TICK = os.sysconf("SC_CLK_TCK")
REPORT = "title: The whole way\ncorpus: {source}\n"


class Meter:
    """Time, processor time and peak memory of steps, over all processes that this one started."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {}
        self.peak = np.zeros(2)
        self.ended = 0.0  # processor seconds of processes that are gone
        self.last: dict[int, float] = {}
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        while True:
            self.look()
            time.sleep(0.5)

    def look(self) -> float:
        """Give the processor seconds so far, and note the memory."""
        found = dict(processes(os.getpid()))
        self.ended += sum(cpu for pid, cpu in self.last.items() if pid not in found)
        self.last = found
        self.peak = np.maximum(self.peak, sum(map(memory_of, found)))
        return self.ended + sum(self.last.values())

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step; those of one name add up."""
        self.peak = np.zeros(2)
        start, cpu = time.perf_counter(), self.look()
        yield
        row = self.rows.setdefault(name, [0.0, 0.0, np.zeros(2)])
        row[0] += time.perf_counter() - start
        row[1] += self.look() - cpu
        row[2] = np.maximum(row[2], self.peak)
        print(f"{name}: {row[0]:,.0f} s, processor {row[1]:,.0f} s", flush=True)

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function that is measured."""

        def measured(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            with self.step(name):
                return function(*arguments, **named)

        return measured


def memory_of(pid: int) -> NDArray[np.float64]:
    """Give the bytes that a process has in memory with its share of common pages, and its own."""
    try:
        lines = Path("/proc", str(pid), "smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return np.zeros(2)
    found = dict(line.split()[:2] for line in lines[1:])
    return np.array([int(found.get(name, 0)) * 1024.0 for name in ("Pss:", "Pss_Anon:")])


def processes(root: int) -> Iterator[tuple[int, float]]:
    """Give processor seconds of a process and all below it."""
    of: dict[int, list[int]] = {}
    known: dict[int, float] = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        of.setdefault(int(fields[1]), []).append(int(entry))
        known[int(entry)] = (int(fields[11]) + int(fields[12])) / TICK
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        if pid in known:
            yield pid, known[pid]
        waiting += of.get(pid, [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--no-report", action="store_true")
    options = parser.parse_args()
    meter = Meter()
    for name, step in STEPS.items():
        setattr(preparation, name, meter.timed(step, getattr(preparation, name)))
    for module in (pipeline, prepared_corpus):  # on a cluster, and here
        module.write_quotes = meter.timed("quotes", module.write_quotes)
    source = options.source.resolve()
    with tempfile.TemporaryDirectory(prefix="whole-way-") as folder:
        key = fingerprint(source, None)[:20]
        for kept in prepared_folder().glob(f"*{key}*"):
            shutil.rmtree(kept)
        for kept in prepared_folder().glob("quotes-*"):
            shutil.rmtree(kept, ignore_errors=True)
        with open_workers(options.workers) as cluster:
            corpus = analysis.prepare(source, cluster=cluster)
        _ = corpus.quotes
        with meter.step("events"):
            corpus = corpus.with_events()
        articles = corpus.articles
        megabytes = sum(len(text.encode()) for text in articles["text"]) / 1e6
        if not options.no_report:
            file = Path(folder, "whole.yml")
            file.write_text(REPORT.format(source=source))
            with meter.step("report"):
                limits = Limits(cell=7200, run=14400)
                result = run_report(file, out=Path(folder, "report"), limits=limits)
            print("report:", "built" if result.good else result.problems)
    show(meter.rows, len(articles), megabytes)


@contextmanager
def open_workers(n_workers: int) -> Iterator[Any]:
    """Start Dask workers, if any are wanted, and end them."""
    if not n_workers:
        yield None
        return
    from distributed import Client, LocalCluster

    place = {"n_workers": n_workers, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(**place) as cluster, Client(cluster) as client:
        yield client


def show(rows: dict[str, list[Any]], n_articles: int, megabytes: float) -> None:
    whole = sum(cpu for _, cpu, _ in rows.values())
    print(f"\n{n_articles:,} articles, {megabytes:,.0f} MB of text\n")
    print(
        "| step | minutes | processor minutes | share | peak memory, GB | without files, GB "
        "| ms an article |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, (seconds, cpu, (peak, own)) in rows.items():
        print(
            f"| {name} | {seconds / 60:.1f} | {cpu / 60:.1f} | {cpu / whole:.0%} "
            f"| {peak / 1e9:.1f} | {own / 1e9:.1f} | {cpu / n_articles * 1e3:.2f} |"
        )
    seconds = sum(row[0] for row in rows.values())
    peak, own = np.max([row[2] for row in rows.values()], axis=0) / 1e9
    print(f"| all | {seconds / 60:.1f} | {whole / 60:.1f} | 100% | {peak:.1f} | {own:.1f} | |")


if __name__ == "__main__":
    main()
