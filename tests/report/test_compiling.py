"""What a fresh installation has to compile is compiled beside the first preparation."""

import multiprocessing
import subprocess
import sys

import pytest

from analysis.report import compiling

KERNELS = (
    "analysis.text.scan_kernels",
    "analysis.text.run_kernels",
    "analysis.text.pair_kernels",
    "analysis.text.event_cosines",
    "analysis.compare.saddlepoint_kernels",
)


def test_all_that_is_compiled_is_used():
    code = (
        "import sys; from analysis.report import compiling;"
        "compiling.start_worker = lambda: None; compiling.compile_all();"
        f"print([name for name in {KERNELS} if name not in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("compiled", "size", "n"), [(False, 1000, 1), (True, 1000, 0), (False, 10, 0)]
)
def test_a_process_compiles_once_and_for_large_sources(tmp_path, monkeypatch, compiled, size, n):
    (tmp_path / "a.txt").write_text("x" * size)
    monkeypatch.setattr(compiling, "LEAST_COMPILED_BYTES", 1000)
    monkeypatch.setattr(compiling, "is_compiled", lambda: compiled)
    before = set(multiprocessing.active_children())
    with compiling.compiling_beside(str(tmp_path)):
        assert len(set(multiprocessing.active_children()) - before) == n
    assert set(multiprocessing.active_children()) == before


def test_what_lies_at_an_address_is_not_measured():
    assert compiling.size_of("s3://nowhere/news") == 0
