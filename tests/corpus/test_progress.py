"""A bar on a terminal, with articles a second and the time left; nothing in a log."""

import io
import sys
import time

import pytest

from analysis.corpus import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("stream", "shown"), [(Terminal, True), (io.StringIO, False)])
def test_progress_is_shown_on_a_terminal_only(monkeypatch, stream, shown):
    monkeypatch.setattr(sys, "stderr", stream())
    monkeypatch.setattr(progress, "SILENT_SECONDS", 0)
    results = [["a", "b"], ["c"]]

    def slowly():
        for result in results:
            time.sleep(0.2)  # a bar is drawn ten times a second at most
            yield result

    assert list(progress.track(slowly(), "reading", [60, 40])) == results
    written = sys.stderr.getvalue()
    assert ("reading" in written) is shown
    if shown:
        assert "100%" in written
        assert "3 articles, " in written
        assert "left" in written
