"""What needs the extra `scale`: run by `make scale`, skipped where it is not installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from outlets import make_outlets

from analysis import pipeline

distributed = pytest.importorskip("distributed", reason="needs the extra scale: run make scale")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write articles of several outlets to five files of JSON Lines, with one row that is none."""
    articles = make_outlets(10)
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(5):
        part = articles.iloc[number::5]
        part.to_json(folder / f"{number}.jsonl", orient="records", lines=True, date_format="iso")
    (folder / "6.jsonl").write_text("no JSON\n")
    return folder


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Say in which folder corpora are kept from now on."""

    def use(name: str) -> None:
        monkeypatch.setattr(pipeline, "prepared_folder", lambda: tmp_path / name)

    return use


@pytest.fixture
def alone(source, kept):
    """The same source, prepared in this process."""
    kept("alone")
    corpus = pipeline.prepare(source)
    assert len(corpus.quotes)
    assert len(corpus.removed)
    return corpus


@pytest.fixture(scope="module")
def cluster() -> Iterator:
    """Three real worker processes, which a nanny starts anew when they die."""
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0",
        protocol="tcp", host="127.0.0.1",
    ) as cluster:  # fmt: skip
        yield cluster


@pytest.fixture
def client(cluster) -> Iterator:
    """A client of theirs."""
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(3)
        yield client
