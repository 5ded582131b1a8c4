"""Tables as they stand in the file, read in parts."""

import json

from analysis.corpus import tables


def test_a_column_may_be_empty_in_one_part_of_a_table(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "LETTERS_AT_ONCE", 10)
    rows = [
        {"text": f"Text {n} is long enough.", "mood": None if n < 2 else "calm"} for n in range(4)
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    table = tables.read_table(path, path.name)
    assert table.frame["mood"].dtype == "str"
    assert table.frame["mood"].isna().tolist() == [True, True, False, False]
    assert table.frame.index.tolist() == [1, 2, 3, 4]
