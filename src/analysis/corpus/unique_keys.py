"""YAML whose keys stand once each."""

from __future__ import annotations

from typing import Any

import yaml

from analysis.corpus.schema import DataError


class UniqueLoader(yaml.SafeLoader):
    """Reads plain YAML and refuses a key that stands twice, where YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = [key for key in keys if keys.count(key) > 1]
        if twice:
            raise DataError(
                f"line {node.start_mark.line + 1}: {twice[0]!r} stands twice; keep one of them"
            )
        return super().construct_mapping(node, deep=deep)
