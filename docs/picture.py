"""Draw the README's picture and print its finding: one group, named by nine outlets."""

from pathlib import Path

import analysis

NAMES = ["isil", "isis", "islamic state", "daesh"]

news = analysis.prepare("newsarticles")
terms = analysis.compare_terms(news.counts(ngrams=(1, 2)))
named = terms[terms["term"].isin(NAMES)]
certain = named[(named["q"] <= 0.05) & (named["low"] > 0)]
named = named[named["outlet"].isin(certain["outlet"])]
figure = analysis.plot_terms(named, n_terms=2)
shown = analysis.show_figure(
    figure,
    alt=" ".join(analysis.describe_terms(named)),
    caption="What outlets call the group",
    name="names",
    data=named,
)
(Path(__file__).parent / "names.svg").write_text(shown.data["image/svg+xml"], encoding="utf-8")
for sentence in analysis.describe_terms(named):
    print(sentence)
