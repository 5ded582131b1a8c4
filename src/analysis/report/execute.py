"""Notebooks run in kernels of their own, several at a time; nothing of them outlives the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from tqdm import tqdm

from analysis.report.verdict import find_problems, find_warnings

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

KERNEL = "python3"  # the one that ipykernel gives for the running Python
GRACE = 5  # seconds in which a worker without parent ends its kernel
# Else a kernel would keep the most that it ever needed until its notebook ends. Large arrays go
# back to the system when they are freed (by glibc, which Arrow then asks too), smaller ones after
# each cell: they would be handed back and forth all the time.
ALLOCATING = {
    "MALLOC_MMAP_THRESHOLD_": str(16 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(32 << 20),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
STARTUP = """
def _give_back(result, modules=__import__("sys").modules):
    if "analysis.memory" in modules:
        modules["analysis.memory"].give_back()


get_ipython().events.register("post_run_cell", _give_back)
del _give_back
"""


@dataclass(frozen=True)
class Limits:
    """What a run may take.

    Attributes
    ----------
    cell, run
        Seconds of a cell, and of all notebooks together.
    workers
        Notebooks at a time; 0: one a core.
    memory
        Gigabytes that a notebook may allocate, where the system can limit it; 0: no limit.
    """

    cell: float = 600
    run: float = 1800
    workers: int = 0
    memory: float = 0


@dataclass(frozen=True)
class Task:
    """A notebook to run.

    Attributes
    ----------
    notebook, output
        Where it is, and where it goes with its outputs.
    folder
        The working folder of its kernel.
    values
        Parameters; those not given keep their defaults.
    seconds
        Limit of one cell.
    memory
        Gigabytes; 0: no limit.
    took
        Seconds that it took the last time; 0: not known.
    """

    notebook: Path
    output: Path
    folder: Path
    values: Mapping[str, Any]
    seconds: float
    memory: float = 0
    took: float = 0


@dataclass(frozen=True)
class Outcome:
    """How a notebook ended: good if it has no problems; warnings are what its error stream said."""

    stem: str
    seconds: float = 0.0
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    late: bool = False


class Stopped(KeyboardInterrupt):
    """The run was told to end, by Ctrl-C or by the system."""


class EncryptedKernelManager(AsyncKernelManager):
    """Talks to kernels encrypted: they warn on every start otherwise."""

    transport_encryption = "auto"


def run_notebooks(tasks: Sequence[Task], limits: Limits) -> list[Outcome]:
    """Run notebooks in processes of their own.

    Parameters
    ----------
    tasks
        What to run; an `output` is written even where the run fails.
    limits
        Notebooks at a time and seconds in all; what is not done by then is late.

    Returns
    -------
    list of Outcome
        One a task, in their order.

    Notes
    -----
    On an exception, as Ctrl-C raises it, the workers and their kernels are ended first.
    """
    workers = min(limits.workers or os.cpu_count() or 1, len(tasks))
    outcomes: dict[str, Outcome] = {}
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), start_worker)
    own: set[BaseProcess] = set()
    try:
        futures = {pool.submit(run_task, task): task.notebook.stem for task in take_turns(tasks)}
        own = set(multiprocessing.active_children()) - others
        hidden = not sys.stderr.isatty()
        done = as_completed(futures, timeout=limits.run)
        for future in tqdm(done, total=len(tasks), unit="notebook", disable=hidden):
            outcomes[futures[future]] = collect(future, futures[future])
    except TimeoutError:
        late = f"was not done when the run's {limits.run:g} seconds were over"
        for task in tasks:
            stem = task.notebook.stem
            outcomes.setdefault(stem, Outcome(stem, limits.run, (late,), late=True))
    finally:
        if len(outcomes) < len(tasks) or any(outcome.late for outcome in outcomes.values()):
            for worker in own:
                worker.terminate()
        pool.shutdown(cancel_futures=True)
    return [outcomes[task.notebook.stem] for task in tasks]


def take_turns(tasks: Sequence[Task]) -> list[Task]:
    """Order notebooks: those that took longest first, so that no long one is left for last.

    In a first run the largest first, and small ones between: large ones side by side would wait
    for each other, as they need the same parts of the corpus, which one of them makes.
    """
    if all(task.took for task in tasks):
        return sorted(tasks, key=lambda task: -task.took)
    by_size = deque(sorted(tasks, key=lambda task: -task.notebook.stat().st_size))
    return [by_size.pop() if turn % 2 else by_size.popleft() for turn in range(len(tasks))]


def collect(future: Future[Outcome], stem: str) -> Outcome:
    """Give what a worker found, or that it died."""
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(stem, problems=("the process that ran it died; was memory short?",))


@contextmanager
def stoppable() -> Iterator[None]:
    """Take SIGTERM like Ctrl-C, where signals can be taken: in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def start_worker() -> None:
    """Prepare a worker: only its parent ends it, and it does not outlive its parent."""

    def leave(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise SystemExit(128 + number)  # unwinds through the client, which ends its kernel

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, lambda number, frame: None)  # not ignored: kernels inherit that
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(GRACE)  # the pool's own loop outlives the exception
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def run_task(task: Task) -> Outcome:
    """Run one notebook and judge it."""
    import papermill  # takes a second, which only workers need to pay
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    os.environ.update({"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "TQDM_DISABLE": "1"})
    os.environ.update(
        ALLOCATING | {name: os.environ[name] for name in ALLOCATING.keys() & os.environ}
    )
    task.folder.mkdir(parents=True, exist_ok=True)
    limit_memory(task.memory)
    start = time.monotonic()
    problems: list[str] = []
    late = False
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            os.environ["IPYTHONDIR"] = profile  # nobody's start-up files change a report
            startup = Path(profile, "profile_default", "startup", "give_back.py")
            startup.parent.mkdir(parents=True)
            startup.write_text(STARTUP, encoding="ascii")
            papermill.execute_notebook(
                as_template(task.notebook),
                as_template(task.output),
                dict(task.values),
                kernel_name=KERNEL,
                kernel_manager_class=EncryptedKernelManager,
                progress_bar=False,
                execution_timeout=task.seconds,
                shutdown_kernel="immediate",
                cwd=task.folder,
            )
    except CellTimeoutError:
        late = True
        problems = [f"a cell took more than {task.seconds:g} seconds"]
    except DeadKernelError:
        problems = ["the kernel died; was memory short?"]
    except Exception as error:
        problems = [f"{type(error).__name__}: {str(error).strip()[-500:]}"]
    seconds = time.monotonic() - start
    stem = task.notebook.stem
    if not task.output.is_file():
        return Outcome(stem, seconds, tuple(problems or ["nothing was written"]), late=late)
    notebook = nbformat.read(task.output, as_version=4)  # type: ignore[no-untyped-call]
    found = find_problems(notebook)
    errors = [problem for problem in found if ": " in problem]
    told = errors if errors and not late else problems or found
    return Outcome(stem, seconds, tuple(told), tuple(find_warnings(notebook)), late)


def limit_memory(gigabytes: float) -> None:
    """Bound what this worker, and each kernel that it starts, may allocate."""
    if resource is not None and gigabytes:
        size = int(gigabytes * 1e9)
        resource.setrlimit(
            resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1])
        )


def as_template(path: Path) -> str:
    """Write a path so that papermill, which takes it for a format string, gives it back."""
    return str(path).replace("{", "{{").replace("}", "}}")
