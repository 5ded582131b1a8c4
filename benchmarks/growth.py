"""How the time of preparing grows with the articles, on one and two workers.

    python benchmarks/growth.py [--articles 500] [--source newsarticles]

Prepares N, 2N and 4N articles of a source on 1 and 2 Dask workers of one thread each, in a new
folder each time. Processor time is that of the workers and of this process together: where other
programs run on the machine, it tells more than the time that passes.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from distributed import Client, LocalCluster

import analysis
from analysis import pipeline

BLOCKS, WORKERS = (1, 2, 4), (1, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--source", default="newsarticles")
    options = parser.parse_args()
    articles = analysis.load(options.source).drop(columns="origin")
    articles = articles.sample(options.articles * max(BLOCKS), random_state=0)
    print("| articles | workers | seconds | processor seconds | articles a processor second |")
    print("|---|---|---|---|---|")
    for n_workers in WORKERS:
        spent = []
        for blocks in BLOCKS:
            some = articles.head(options.articles * blocks)
            with tempfile.TemporaryDirectory() as folder:
                for number in range(4):
                    file = Path(folder, f"{number}.jsonl")
                    some[number::4].to_json(file, orient="records", lines=True, date_format="iso")
                seconds, cpu = prepare(folder, n_workers)
            spent.append(cpu)
            rate = len(some) / cpu
            print(f"| {len(some):,} | {n_workers} | {seconds:.0f} | {cpu:.0f} | {rate:.0f} |")
        exponent = np.polyfit(np.log(BLOCKS), np.log(spent), 1)[0]
        print(f"| exponent | {n_workers} | | {exponent:.2f} | |", flush=True)


def prepare(source: str, n_workers: int) -> tuple[float, float]:
    """Give the seconds that pass, and those of all processors, without starting the workers."""
    with (
        tempfile.TemporaryDirectory() as kept,
        LocalCluster(
            n_workers=n_workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        pipeline.prepared_folder = lambda: Path(kept)
        list(client.run(warm).values())
        before, start = processor(client), time.perf_counter()
        analysis.prepare(source, cluster=client)
        return time.perf_counter() - start, processor(client) - before


def warm() -> None:
    """Load what is loaded at the first use."""
    analysis.clean(analysis.load("sample"))
    analysis.find_quotes(analysis.load("sample"))


def processor(client: Client) -> float:
    """Give the processor seconds of the workers and of this process."""
    measure: Callable[[], float] = time.process_time
    return sum(client.run(measure).values()) + measure()


if __name__ == "__main__":
    main()
