"""Preparing on a cluster of real processes gives what one process gives, whatever happens."""

import subprocess
import sys

import pytest
from cluster_checks import assert_same, kill_holder

from analysis import cluster as clusters
from analysis import pipeline
from analysis.corpus.draft import Draft
from analysis.corpus.schema import DataError
from analysis.corpus.slices import slice_articles
from analysis.kept_quotes import name_code


def test_a_cluster_gives_what_one_process_gives(source, alone, client, kept):
    kept("cluster")
    assert_same(alone, pipeline.prepare(source, cluster=client))


def test_slices_are_cleaned_on_a_cluster_as_in_one_process(source, client, kept, monkeypatch):
    monkeypatch.setattr("analysis.corpus.slices.MOST_TOGETHER", 20)
    kept("alone")
    alone = pipeline.prepare(source)
    assert len(slice_articles(alone.loaded)) > 1
    kept("cluster")
    assert_same(alone, pipeline.prepare(source, cluster=client))


def test_a_killed_worker_changes_nothing(source, alone, client, kept):
    kept("killed")
    with kill_holder(client) as killed:
        corpus = pipeline.prepare(source, cluster=client)
    assert killed
    assert killed[0] not in client.scheduler_info(n_workers=-1)["workers"]
    assert_same(alone, corpus)


def test_a_scheduler_is_found_by_its_address(source, alone, cluster, kept):
    kept("address")
    assert cluster.scheduler_address.startswith("tcp://")
    assert_same(alone, pipeline.prepare(source, cluster=cluster.scheduler_address))


def test_what_was_done_before_a_stop_is_not_done_again(source, client, kept, monkeypatch):
    kept("stopped")
    done = []
    stream = clusters.Cluster.stream

    def counted(self, function, items):
        for result in stream(self, function, items):
            done.append(function.__name__)
            if done.count("read_texts") == 3 and "stopped" not in done:
                done.append("stopped")
                raise KeyboardInterrupt
            yield result

    monkeypatch.setattr(clusters.Cluster, "stream", counted)
    monkeypatch.setattr("analysis.preparation.ARTICLES_AT_ONCE", 10)
    monkeypatch.setattr("analysis.corpus.slices.MOST_TOGETHER", 20)
    monkeypatch.setattr("analysis.kept_quotes.KEPT_EVERY", 0)
    cleanings = []
    clean = clusters.Cluster.clean
    monkeypatch.setattr(
        clusters.Cluster, "clean", lambda *given: cleanings.append(1) or clean(*given)
    )
    with pytest.raises(KeyboardInterrupt):
        pipeline.prepare(source, cluster=client)
    corpus = pipeline.prepare(source, cluster=client)
    assert len(cleanings) == 2  # slices
    n_chunks = -(-len(corpus.articles) // 10)
    assert done.count("read_texts") == n_chunks + 1  # the third was done but not kept
    folders = {path.name for path in corpus.folder.parent.iterdir() if path.is_dir()}
    assert folders == {corpus.folder.name, f"quotes-{name_code()}"}


def test_outlets_stay_whole_and_shares_are_about_equal():
    letters = {"A": [40, 40], "B": [60], "C": [30, 20], "": [10, 10, 10]}
    drafts = [
        Draft(f"{name}{n}", name, "", "x" * size)
        for name, sizes in letters.items()
        for n, size in enumerate(sizes)
    ]
    shares = clusters.share_outlets(drafts, 3)
    assert sorted(row for share in shares for row in share) == list(range(8))
    of = [{drafts[row].outlet for row in share} - {""} for share in shares]
    assert sorted(map(len, of)) == [1, 1, 1]
    sizes = [sum(len(drafts[row].text) for row in share) for share in shares]
    assert sorted(sizes) == [70, 70, 80]
    assert clusters.share_outlets(drafts[:1], 3) == [[0]]


def test_a_worker_with_other_code_is_refused(client, monkeypatch, tmp_path):
    monkeypatch.setattr(clusters, "digest_code", lambda: "other")
    ours = client.run(lambda: "older")
    monkeypatch.setattr(client, "run", lambda _: ours)
    with (
        pytest.raises(DataError, match=r"the worker tcp://.* has another version"),
        clusters.open_cluster(client),
    ):
        pass


def test_an_address_where_nobody_answers_is_an_error(monkeypatch):
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "300ms"}),
        pytest.raises(DataError, match=r"no Dask scheduler answers at 'tcp://127\.0\.0\.1:1'"),
        clusters.open_cluster("tcp://127.0.0.1:1"),
    ):
        pass


def test_a_cluster_without_workers_is_an_error(monkeypatch):
    from distributed import Client, LocalCluster

    monkeypatch.setattr(clusters, "WAIT_SECONDS", 0.2)
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as empty,
        Client(empty, set_as_default=False) as client,
        pytest.raises(DataError, match="has no worker"),
        clusters.open_cluster(client),
    ):
        pass


def test_dask_is_imported_only_where_it_is_asked_for():
    code = "import sys, analysis; sys.exit(any(m in sys.modules for m in ('dask', 'distributed')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
