"""Columns in which few names stand in very many rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Strings of which each stands in memory once, and not once a row.
SHARED = pd.StringDtype("python", na_value=np.nan)


def repeat_names(names: pd.Index, codes: NDArray[Any]) -> Any:  # noqa: ANN401, whatever pandas holds
    """Repeat names by their codes; strings are shared by all rows that have them."""
    if isinstance(names.dtype, pd.StringDtype):
        names = names.astype(SHARED)
    return names.take(codes).array
