"""A report's folder is whole or not there."""

import pytest

from analysis.corpus.schema import DataError
from analysis.report.folders import build_beside, replace_folder, swap


def fill(folder, text):
    folder.mkdir()
    (folder / "index.html").write_text(text)
    return folder


def test_a_new_report_takes_the_place_of_the_last(tmp_path):
    out = fill(tmp_path / "out", "old")
    with build_beside(out) as work:
        swap(fill(work / "site", "new"), out, work)
    assert (out / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_last_report_survives_what_goes_wrong(tmp_path):
    out = fill(tmp_path / "out", "old")
    with pytest.raises(FileExistsError), build_beside(out) as work:
        fill(fill(work / "site", "new"), "again")
    assert (out / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_stop_between_the_two_moves_brings_the_last_report_back(tmp_path):
    out = fill(tmp_path / "out", "old")
    with pytest.raises(FileNotFoundError), build_beside(out) as work:
        swap(work / "site", out, work)  # nothing was built: the second move fails
    assert (out / "index.html").read_text() == "old"


def test_the_next_run_repairs_what_a_killed_one_left(tmp_path):
    out = tmp_path / "out"
    killed = tmp_path / ".out.building"
    killed.mkdir()
    fill(killed / "last", "old")
    fill(killed / "site", "new")
    (killed / "file").write_text("x")
    with build_beside(out) as work:
        assert (out / "index.html").read_text() == "old"
        assert list(work.iterdir()) == []


def test_two_runs_do_not_build_in_one_folder(tmp_path):
    out = tmp_path / "out"
    with build_beside(out) as work:
        with pytest.raises(DataError, match="another run is building in"), build_beside(out):
            pass
        assert work.is_dir()


def test_a_file_is_no_folder_for_a_report(tmp_path):
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(DataError, match="out is a file; give a folder"), build_beside(out):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("mine")
    with (
        pytest.raises(DataError, match=r"cannot write in .*file"),
        build_beside(tmp_path / "file" / "out"),
    ):
        pass


def test_a_failure_replaces_the_last_failure(tmp_path):
    replace_folder(fill(tmp_path / "new", "new"), fill(tmp_path / "failed", "old"))
    assert (tmp_path / "failed" / "index.html").read_text() == "new"
