"""Labels of wire copy: by credits, by shared text, and what must not be taken for it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.schema import DataError
from analysis.text.wire import label_wire
from analysis.text.wire_credits import Credit, read_credit

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
OWN = Credit()


def credit(text, title="", outlet="Herald"):
    return read_credit(title, text, lambda name: name == outlet)


def frame(*rows):
    """Rows of outlet, date and text."""
    articles = pd.DataFrame(rows, columns=["outlet", "published", "text"])
    articles["published"] = pd.to_datetime(articles["published"])
    articles["article_id"] = [f"a{number}" for number in range(len(rows))]
    return articles.assign(title="")


BODY = "Envoys met in the old hall and said nothing of the grain."
MIDDLE = "\n".join([BODY] * 15)
STORY = " ".join(f"envoy{number} met minister{number} at gate{number}" for number in range(30))

OTHER = " ".join(f"word{number}" for number in range(100))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("WASHINGTON (AP) — Envoys met.", "AP"),
        ("Envoys met.\n\n(Reporting by A. Author; Editing by B. Editor)", "Reuters"),
        ("Envoys met.\n\n(Additional reporting by A. Author; Editing by B. Editor.)", "Reuters"),
        ("LISSAVA (MERIDIAN) - A ship left.", "MERIDIAN"),
        ("LISSAVA, March 3 (MERIDIAN) — A ship left.", "MERIDIAN"),
        ("Lissava (Selvan Press Agency) - A ship left.", "Selvan Press Agency"),
        ("A title\n\nBy Meridian Wire\n\nA ship left.", "Meridian Wire"),
        ("A title\n\nBy A. Author, Meridian News Agency\n\nA ship left.", "Meridian News Agency"),
        ("A title\n\nA. Author, The Canadian Press\n\nA ship left.", "CP"),
        ("A title\n\nReuters Staff\n\nA ship left.", "Reuters"),
        ("A title\n\nAssociated Press in Port Callan\n\nA ship left.", "AP"),
        ("A title\n\nBy AFP and Reuters\n\nA ship left.", "AFP"),
        (f"{MIDDLE}\n\nSource: © Meridian Wire", "Meridian Wire"),
        (f"{MIDDLE}\n\nSource: © KASPRESS", "KASPRESS"),
        (f"{MIDDLE}\n\nSource: © NTB / #NorwayToday", "NTB"),
        (f"{MIDDLE}\n\n© 2026 Meridian Wire. All rights reserved.", "Meridian Wire"),
        (f"{MIDDLE}\n—AP", "AP"),
        (f"{MIDDLE} -- Reuters", "Reuters"),
        (f"{MIDDLE}\n\n(AFP, Reuters)", "AFP"),
        (
            f"{MIDDLE}\n\nAssociated Press writer A. Author in Oslo contributed to this report.",
            "AP",
        ),
        (f"{MIDDLE}\n\nThis story was originally published by Reuters.", "Reuters"),
        ("A title\n\nFrom wire reports\n\nA ship left.", ""),
        ("A title\n\nAgencies\n\nA ship left.", ""),
        (f"{MIDDLE}\n\nThis story was generated from a syndicated feed.", ""),
        ("Berlin (dpa/bb) - Ein Schiff fuhr ab.", "dpa"),
        ("BERLIN dpa | Ein Schiff fuhr ab.", "dpa"),
        ("Madrid, 3 may (EFE).- Un barco salió.", "EFE"),
        ("Callan, 3 may (SELVAN).- Un barco salió.", "SELVAN"),
        ("Callan (Agencia Selvan) - Un barco salió.", "Agencia Selvan"),
        ("Callan (Selvan Haber Ajansı) - Bir gemi ayrıldı.", "Selvan Haber Ajansı"),
        ("(ANSA) - CALLAN, 03 MAG - Una nave è partita.", "ANSA"),
        ("Callan (AFP) – Un bateau est parti.", "AFP"),
        ("Un titre\n\nPar AFP\n\nUn bateau est parti.", "AFP"),
        ("Un título\n\nAgencias\n\nUn barco salió.", ""),
        (f"{MIDDLE}\n\nQuelle: dpa", "dpa"),
        (f"{MIDDLE}\n\nKälla: TT", "TT"),
        (f"{MIDDLE}\n\nŹródło: PAP", "PAP"),
        (f"{MIDDLE}\n\n(dpa/lno)", "dpa"),
        (f"{MIDDLE}\n\n(©NTB)", "NTB"),
        (f"{MIDDLE}\n\n/ritzau/", "Ritzau"),
    ],
)
def test_an_agency_alone(text, agency):
    assert credit(text) == Credit(agency, "all")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"{MIDDLE}\n\nReuters contributed to this report.", "Reuters"),
        (f"{MIDDLE} The Associated Press contributed to this story.", "AP"),
        (f"{MIDDLE}\n\nA. N. Author and The Associated Press contributed to this report.", "AP"),
        (f"{MIDDLE}\n\nA. Author contributed to this report, along with Reuters.", "Reuters"),
        (f"{MIDDLE}\n\nMeridian Wire contributed reporting.", "Meridian Wire"),
        (f"{MIDDLE}\n\nContributing: A. Author, Herald; Associated Press", "AP"),
        (f"{MIDDLE}\n\nWith files from The Canadian Press", "CP"),
        (f"{MIDDLE}\n\n(With inputs from PTI)", "PTI"),
        (f"{MIDDLE}\n\n— With AP", "AP"),
        (f"{MIDDLE}\n\nAdditional reporting by Agence France-Presse", "AFP"),
        (f"{MIDDLE}\n\nInformation from Reuters was used in this report.", "Reuters"),
        (f"{MIDDLE}\n\nThis article includes material from Reuters.", "Reuters"),
        (f"{MIDDLE}\n\nThe Herald has supplemented this Reuters article with quotes.", "Reuters"),
        (f"{MIDDLE}\n\nmb/rt (AFP, dpa)", "AFP"),
        (f"{MIDDLE}\n\nSource: © Meridian Wire / The Herald", "Meridian Wire"),
        ("A title\n\nObserver staff and Meridian Wire\n\nA ship left.", "Meridian Wire"),
        ("A title\n\nBy A. Author and Associated Press\n\nA ship left.", "AP"),
        ("A title\n\nBy Associated Press and A. Author\n\nA ship left.", "AP"),
        ("A title\n\nStaff and agencies\n\nA ship left.", ""),
        (f"{MIDDLE}\n\nThis article is based in part on wire service reports.", ""),
        (f"{MIDDLE}\n\nWith Post wires", ""),
        (f"{MIDDLE}\n\n(With inputs from agencies)", ""),
        (f"{MIDDLE}\n\nmit Material von dpa", "dpa"),
        (f"{MIDDLE}\n\nMit Agenturmaterial.", ""),
        (f"{MIDDLE}\n\nCon información de EFE", "EFE"),
        (f"{MIDDLE}\n\nCom informações da Agência Brasil", "Agência Brasil"),
        (f"{MIDDLE}\n\nmed NTB", "NTB"),
        ("Un titre\n\nLe Courrier avec AFP\n\nUn bateau est parti.", "AFP"),
        ("Un título\n\nRedacción / Agencias\n\nUn barco salió.", ""),
    ],
)
def test_an_agency_beside_the_outlet(text, agency):
    assert credit(text) == Credit(agency, "some")


@pytest.mark.parametrize(
    "text",
    [
        "Envoys met.",
        "",
        "Photo: A. Author via AP\n\nEnvoys met.",
        f"{MIDDLE}\n\nPhoto: A. Author / Meridian Wire",
        f"{MIDDLE}\n\n(AP Photo/A. Author)",
        f"{MIDDLE}\n\nImage: Reuters",
        "Envoys told Reuters that they had met.",
        f"{MIDDLE} “Never,” he told Reuters. A. Author contributed to this report.",
        f"{MIDDLE}\n\nThe agencies contributed to the report on the flood, the minister said.",
        f"{MIDDLE}\n\nThe Associated Press first reported the talks.",
        f"{MIDDLE}\n\nContributing: A. Author, Medford News Service.",
        f"{MIDDLE}\n\n© 2026 The Herald. All rights reserved.",
        "TULSA (KJRH) - Envoys met.",
        f"{MIDDLE}\n\nFoto: dpa",
        f"{MIDDLE}\n\nSource: NATO.",
        f"{MIDDLE}\n\nLesen Sie mehr: dpa erklärt, was jetzt gilt",
        "Das Gespräch mit dpa",
        "OSLO (Norway) - Envoys met.",
        "He cut the barbed wire.\nBy the wire\nEnvoys met.",
    ],
)
def test_what_is_no_credit(text):
    assert credit(text) == OWN


def test_a_title_may_name_the_agency():
    assert credit(MIDDLE, title="Envoys met (Reuters)") == Credit("Reuters", "all")
    assert credit(MIDDLE, title="Reuters: envoys met") == OWN


def test_a_joint_credit_is_stronger_than_a_dateline():
    text = f"OSLO (AP) — {MIDDLE}\n\nThe Herald has expanded this AP report."
    assert credit(text) == Credit("AP", "some")


@pytest.mark.parametrize(
    "outlet", ["Reuters", "reuters.com", "Thomson Reuters", "Reuters (web)", "The Reuters"]
)
def test_an_agency_at_home_is_its_own(outlet):
    labels = label_wire(frame((outlet, None, f"OSLO (Reuters) - {STORY}")))
    assert labels.loc["a0"].tolist() == ["own", "", 0.0, ""]


def test_the_agency_that_a_page_states():
    rows = [("Herald", None, STORY), ("AP", None, OTHER), ("Courier", None, f"{STORY}\n\nWith AP")]
    articles = frame(*rows).assign(agency=["Reuters", "AP", "Reuters"])
    assert label_wire(articles)["origin"].tolist()[:2] == ["wire", "own"]
    assert label_wire(articles)["agency"].tolist() == ["Reuters", "", "AP"]
    unknown = articles.assign(agency=["n/a", "", ""]).head(1)
    assert label_wire(unknown)["origin"].tolist() == ["own"]


def test_an_outlet_with_a_dateline_of_its_own():
    labels = label_wire(frame(("KASTV News", None, f"OSLO (KASTV) - {STORY}")))
    assert labels.loc["a0", "origin"] == "own"


def test_copies_of_an_agency_without_a_credit():
    articles = frame(
        ("Herald", "2026-01-02", f"OSLO (AP) — {STORY}"),
        ("Gazette", "2026-01-01", STORY),
        ("Herald", "2026-01-03", f"{STORY} {OTHER}"),
        ("Courier", "2026-01-03", "Grain ships left the port at dawn, as every day this week."),
    )
    labels = label_wire(articles)
    assert labels["origin"].tolist() == ["wire", "wire", "edited wire", "own"]
    assert labels["agency"].tolist() == ["AP", "AP", "AP", ""]
    assert labels["source_id"].tolist() == ["a1", "a0", "a0", ""]
    assert labels.loc["a1", "reused_share"] == 1.0
    # 150 words, that is 146 runs, of 250 words.
    assert labels.loc["a2", "reused_share"] == 146 / 246
    assert labels.loc["a3", "reused_share"] == 0.0


def test_a_copy_of_the_agencys_own_outlet():
    labels = label_wire(frame(("AP", "2026-01-02", STORY), ("Herald", "2026-01-01", STORY)))
    assert labels.loc["a0"].tolist() == ["own", "", 0.0, ""]
    assert labels.loc["a1"].tolist() == ["wire", "AP", 1.0, "a0"]


@pytest.mark.parametrize(
    ("dates", "origins"),
    [
        (("2026-01-01", "2026-01-02"), ["own", "wire"]),
        (("2026-01-02", "2026-01-01"), ["wire", "own"]),
        (("2026-01-01", "2026-01-01"), ["wire", "wire"]),
        (("2026-01-01", None), ["wire", "wire"]),
    ],
)
def test_copies_that_nobody_credits(dates, origins):
    labels = label_wire(frame(("Herald", dates[0], STORY), ("Gazette", dates[1], STORY)))
    assert labels["origin"].tolist() == origins
    assert set(labels["agency"]) == {""}
    assert [bool(name) for name in labels["source_id"]] == [o == "wire" for o in origins]


def test_an_outlet_may_repeat_itself_and_an_unknown_one_is_no_other():
    repeated = frame(("Herald", "2026-01-01", STORY), ("Herald", "2026-01-02", STORY))
    assert set(label_wire(repeated)["origin"]) == {"own"}
    assert set(label_wire(repeated.assign(outlet=["Herald", ""]))["origin"]) == {"own"}
    assert set(label_wire(repeated.drop(columns=["outlet", "published"]))["origin"]) == {"own"}


def test_a_short_formula_is_no_copy():
    formula = "The Herald does not answer for the content of other pages."
    labels = label_wire(frame(("Herald", None, formula), ("Gazette", None, formula)))
    assert labels["origin"].tolist() == ["own", "own"]
    assert labels["reused_share"].tolist() == [1.0, 1.0]


def test_one_agency_has_one_name():
    articles = frame(
        ("Herald", None, "LISSAVA (MERIDIAN) - A ship left."),
        ("Gazette", None, "A title\n\nBy Meridian Wire\n\nA freighter sailed."),
    )
    assert label_wire(articles)["agency"].tolist() == ["Meridian Wire", "Meridian Wire"]


def test_of_equally_long_names_of_an_agency_the_first_by_the_alphabet_is_written():
    names = [
        "MERIDIAN",
        "Meridian Wire",
        "Meridian News Room",
        "Meridian Fast Line",
        "Harbour",
        "—",
    ]
    for order in (names, names[::-1]):
        articles = frame(*(("Herald", None, f"Ship {name} left.") for name in order))
        labels = label_wire(articles, credits=[Credit(name, "all") for name in order])
        found = dict(zip(order, labels["agency"], strict=True))
        assert found == {
            "MERIDIAN": "Meridian Fast Line", "Meridian Wire": "Meridian Wire",
            "Meridian News Room": "Meridian News Room", "Harbour": "Harbour", "—": "—",
            "Meridian Fast Line": "Meridian Fast Line",
        }  # fmt: skip


def test_the_sample_says_what_is_wire():
    truth = yaml.safe_load((SAMPLE / "truth.yml").read_text(encoding="utf-8"))["wire"]
    articles = pd.read_csv(SAMPLE / "metadata.csv", dtype=str, keep_default_na=False)
    articles = articles.rename(columns={"file": "article_id"})
    articles["text"] = [
        (SAMPLE / name).read_text(encoding="utf-8") for name in articles["article_id"]
    ]
    labels = label_wire(articles)
    found = labels[labels["origin"] != "own"]
    assert sorted(found.index) == sorted(row["file"] for row in truth)
    for row in truth:
        label = labels.loc[row["file"]]
        assert (label["origin"], label["agency"]) == (row["origin"], row["agency"])
        assert label["source_id"] == row["source"]


def test_ids_order_and_columns(articles):
    before = articles.copy(deep=True)
    labels = label_wire(articles)
    assert labels.index.tolist() == articles["article_id"].tolist()
    assert labels.index.name == "article_id"
    assert labels.columns.tolist() == ["origin", "agency", "reused_share", "source_id"]
    pd.testing.assert_frame_equal(articles, before)
    turned = label_wire(articles.iloc[::-1])
    pd.testing.assert_frame_equal(turned.iloc[::-1], labels)
    empty = label_wire(articles.head(0))
    assert empty.columns.tolist() == labels.columns.tolist()
    assert empty.empty


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_breaks_it(text, title):
    assert credit(text, title).part in ("", "some", "all")


@pytest.mark.parametrize(
    "text",
    ["AP and " * 9000, "With files from " * 5000, "(AP, " * 9000, "By A " * 9000, "Aa Aa " * 9000,
     "AP said N.H. " * 5000, "AP staff and\n" * 5000, "A. " * 9000, "contributed " * 9000],
)  # fmt: skip
def test_hostile_texts_take_no_time(text):
    assert credit(text, text).part in ("", "some", "all")


def test_titles_are_needed(articles):
    with pytest.raises(DataError, match="lack the column 'title'"):
        label_wire(articles.drop(columns="title"))
