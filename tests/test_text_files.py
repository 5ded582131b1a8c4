"""Texts that were read lie in files, and in memory only while somebody looks at them."""

import pandas as pd
import pyarrow as pa
import pytest

from analysis import text_files
from analysis.text_files import TextFiles


@pytest.fixture
def frames():
    return [
        pd.DataFrame({"article_id": [f"{n}-{row}" for row in range(n)], "text": [f"Nr {n}. " * 500] * n})
        for n in (3, 0, 1, 4)
    ]  # fmt: skip


def test_texts_are_those_that_were_given_and_cost_no_memory(tmp_path, frames, monkeypatch):
    monkeypatch.setattr(text_files, "BYTES_AT_ONCE", 10_000)
    before = [frame.copy() for frame in frames]
    texts = TextFiles(tmp_path)
    texts.put(frames[:2])
    texts.put(frames[2:])
    texts.close()
    texts.close()  # nothing waits any more
    assert len(list(tmp_path.iterdir())) == 2
    for frame, other in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, other)
    held = pa.total_allocated_bytes()
    joined = pd.concat(frames, ignore_index=True)
    assert pa.total_allocated_bytes() - held < 5_000  # of 28 kB
    assert joined["text"].iloc[-1] == "Nr 4. " * 500


def test_what_is_no_column_of_strings_is_left_alone(tmp_path):
    frame = pd.DataFrame({"text": pd.Series(["half a pair \ud83d"], dtype=object)})
    texts = TextFiles(tmp_path)
    texts.put([frame])
    texts.close()
    assert frame["text"].dtype == object
    assert not list(tmp_path.iterdir())
