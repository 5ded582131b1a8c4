import pandas as pd
import pytest

from analysis.corpus.load import load
from analysis.corpus.truncation import CUT, ELLIPSIS, PAYWALL, find_truncation, mark_truncated

WHOLE = "The council met on Monday.\nIt voted for the new bridge by nine votes to four."
OPEN = "The council met on Monday.\nIt voted for the new bridge by nine votes and then the"


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("", ""),
        ("\nSubscribe now to continue reading", PAYWALL),
        ("\nTo read the full story, subscribe or sign in.", PAYWALL),
        ("\nAlready a subscriber? Log in", PAYWALL),
        ("\nThe rest of this article is available to subscribers only.", PAYWALL),
        ("\nWeiterlesen mit dem Probeabo", PAYWALL),
        ("\nDieser Artikel ist nur für Abonnenten.", PAYWALL),
        ("\nCet article est réservé aux abonnés.", PAYWALL),
        ("\nIl vous reste 75.4% de cet article à lire.", PAYWALL),
        ("\nPara seguir leyendo, inicia sesión", PAYWALL),
        ("\nContenuto riservato agli abbonati", PAYWALL),
        ("\nDette er kun for abonnenter", PAYWALL),
        ("\nEr wollte das Buch weiterlesen, sagte er.", ""),
        ("\nThe mayor then said that the ferry …", ELLIPSIS),
        ("\nThe mayor then said [...]", ELLIPSIS),
        ("\nThe mayor then [+2314 chars]", ELLIPSIS),
        ("\nThe mayor, who had been against it for many years,", CUT),
        ("\nMembers want to read the report, and neighbours can subscribe to a list.", ""),
        ("\nAnn Smith, Town News", ""),
    ],
)
def test_end_of_a_text(end, reason):
    assert find_truncation(WHOLE + end) == reason


def test_empty_text_is_not_truncated():
    assert find_truncation(" \n") == ""


def test_missing_full_stop_counts_only_against_the_habit_of_the_outlet():
    habit = pd.DataFrame({"text": [WHOLE] * 5 + [OPEN], "outlet": "Herald"})
    assert mark_truncated(habit).tolist() == [""] * 5 + [CUT]
    assert mark_truncated(habit.iloc[1:]).tolist() == [""] * 5  # four others are too few
    none = pd.DataFrame({"text": [WHOLE] * 3 + [OPEN] * 3, "outlet": "Herald"})
    assert mark_truncated(none).eq("").all()


@pytest.mark.parametrize(
    "end",
    ["\nReporting by the staff of the paper in Saltmere by Anna Lund", "\nmore soon", " -"],
)
def test_signature_or_dash_behind_the_last_sentence_is_no_cut(end):
    habit = pd.DataFrame({"text": [WHOLE] * 5 + [WHOLE + end], "outlet": "Herald"})
    assert mark_truncated(habit).eq("").all()


def test_articles_of_another_outlet_make_no_habit():
    mixed = pd.DataFrame({"text": [WHOLE] * 5 + [OPEN], "outlet": ["Herald"] * 5 + ["Gazette"]})
    assert mark_truncated(mixed).eq("").all()


def test_loaded_articles_have_the_column_only_where_one_is_truncated(tmp_path):
    (tmp_path / "one.txt").write_text(WHOLE)
    assert "truncated" not in load(tmp_path)
    (tmp_path / "two.txt").write_text(WHOLE + "\nSubscribe to continue reading")
    assert load(tmp_path).set_index("origin")["truncated"].to_dict() == {
        "one.txt": "",
        "two.txt": PAYWALL,
    }


def test_column_of_the_file_stays(tmp_path):
    table = pd.DataFrame({"text": [WHOLE, WHOLE + " and …"], "truncated": [3, 4]})
    table.to_json(tmp_path / "articles.jsonl", orient="records", lines=True)
    assert load(tmp_path / "articles.jsonl")["truncated"].tolist() == [3, 4]
