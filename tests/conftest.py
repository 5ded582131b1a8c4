"""Texts that can be counted by hand."""

from collections.abc import Iterator

import pandas as pd
import pytest
from browser import start_chromium
from hypothesis import settings

# How long an example takes says more of the machine than of the code; tests/fuzz measures cost.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

ROWS = [
    ("h1", "Herald", "2026-01-05", "Talks open", "The regime met envoys. The regime said no."),
    ("h2", "Herald", "2026-01-06", "Talks go on", "Envoys left. The regime waited."),
    ("h3", "Herald", "2026-01-07", "Bridge closed", "Soldiers closed the bridge at night."),
    ("h4", "Herald", None, "Grain", "Grain ships left the port."),
    (
        "g1",
        "Gazette",
        "2026-01-05",
        "Talks open",
        "The government met envoys. The government said no.",
    ),
    ("g2", "Gazette", "2026-01-06", "Talks go on", "Envoys left. The government waited."),
    ("g3", "Gazette", "2026-01-07", "Bridge closed", "Soldiers closed the bridge at night."),
    ("g4", "Gazette", None, "Grain", "Grain ships left the port."),
    ("c1", "Courier", "2026-01-05", "Talks open", "Both sides met envoys in the old hall."),
    ("c2", "Courier", "2026-01-06", "Talks go on", "Envoys left the hall."),
    ("c3", "Courier", "2026-01-07", "Bridge closed", "The bridge is closed."),
    ("c4", "Courier", None, "Grain", "Grain ships left the port at dawn."),
]


@pytest.fixture
def articles() -> pd.DataFrame:
    """Three outlets of four articles each, in the columns that `load` gives."""
    frame = pd.DataFrame(ROWS, columns=["article_id", "outlet", "published", "title", "text"])
    frame["published"] = pd.to_datetime(frame["published"])
    frame["url"] = ""
    frame["origin"] = frame["article_id"] + ".txt"
    return frame


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """A real browser."""
    with start_chromium() as browser:
        yield browser
