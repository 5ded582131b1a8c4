"""Articles of several outlets, each with furniture of its own and some that all have."""

import random

import pandas as pd

OUTLETS = ("Herald", "Gazette", "Courier", "Tribune", "")
WORDS = [
    "harbour",
    "council",
    "bridge",
    "minister",
    "budget",
    "ferry",
    "island",
    "school",
    "strike",
    "police",
    "water",
    "market",
    "tender",
    "railway",
    "protest",
    "hospital",
    "court",
    "farm",
    "storm",
    "election",
    "museum",
    "library",
    "airport",
    "border",
]


def make_outlets(n_articles: int = 8, seed: int = 0) -> pd.DataFrame:
    """Make articles: labels, calls and closing lines, of which "WATCH LIVE:" is everybody's."""
    draw = random.Random(seed)
    rows = []
    for outlet in OUTLETS:
        for number in range(n_articles):
            text = [_sentence(draw) for _ in range(8)]
            text.insert(3, f"WATCH LIVE: {_sentence(draw)}")
            if outlet == "Herald":
                text.insert(5, f"READ MORE: {_sentence(draw)}")
            if outlet == "Gazette":
                text.append("Write to our news desk at desk@gazette.example with your story.")
            quote = f"“{_sentence(draw)[:-1]},” said Ada {draw.choice(WORDS).title()}."
            paragraphs = [" ".join(text[:4]), quote, " ".join(text[4:])]
            if outlet in ("Courier", "Tribune"):
                paragraphs.insert(0, "Home | World | Sport | Weather")
            if outlet == "Courier":
                paragraphs[-1] += " This report first stood in the Courier of the coast."
            rows.append((f"{outlet or 'none'}-{number}", outlet, "\n\n".join(paragraphs)))
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "text"])
    days = pd.date_range("2026-01-05", periods=n_articles).tolist() * len(OUTLETS)
    titles = [_sentence(draw) for _ in rows]
    return frame.assign(published=days, title=titles, url="")


def _sentence(draw: random.Random) -> str:
    words = " ".join(draw.choice(WORDS) for _ in range(draw.randint(8, 14)))
    return f"The {words} was {draw.choice(WORDS)} after {draw.choice(WORDS)}."
