"""Names that are repeated very often are written out, and are the same strings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.compare.repeated_names import repeat_names
from analysis.text.on_disk import LEAST_BYTES


@pytest.mark.parametrize("n_rows", [0, 5, LEAST_BYTES // 4])
def test_names_are_repeated_by_their_codes(n_rows):
    names = pd.Index(["Gazette", "", "Žurnál 🌍", "Post"], dtype="str")
    codes = np.random.default_rng(0).integers(0, len(names), n_rows).astype(np.int32)
    found = pd.Series(repeat_names(names, codes))
    assert found.dtype == "str"
    assert found.tolist() == names.to_numpy()[codes].tolist()


def test_what_is_no_string_stays_so():
    found = repeat_names(pd.Index([3, 5]), np.array([1, 0, 1]))
    assert list(found) == [5, 3, 5]
