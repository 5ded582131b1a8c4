import json

from analysis.corpus.statements import Statements, read_statements


def page(*stated):
    scripts = (f"<script type='application/ld+json'>{json.dumps(one)}</script>" for one in stated)
    return f"<html><head>{''.join(scripts)}</head><body></body></html>"


def test_statements_of_an_article():
    found = read_statements(
        page(
            {"@type": "Organization", "name": "Town News"},
            {
                "@graph": [
                    {
                        "@type": "NewsArticle",
                        "articleBody": "<p>One &amp; two.</p><p>Three.</p>",
                        "datePublished": "2024-05-06",
                        "articleSection": ["Local", "Traffic"],
                        "author": [{"@type": "Person", "name": "Ann Smith"}],
                        "provider": {"name": "Reuters"},
                        "isAccessibleForFree": "False",
                        "wordCount": "1200",
                    }
                ]
            },
        )
    )
    assert found == Statements(
        body="One & two.\nThree.",
        published=("2024-05-06",),
        section="Local",
        credits=("Ann Smith", "Reuters"),
        free=False,
        words=1200,
    )


def test_no_or_damaged_statements():
    assert read_statements("<html>") == Statements()
    assert read_statements("<script type='application/ld+json'>{]</script>") == Statements()
    deep = "[" * 100_000
    assert read_statements(f"<script type='application/ld+json'>{deep}</script>") == Statements()
    odd = page({"articleBody": 3, "author": None, "wordCount": "many", "articleSection": {}})
    assert read_statements(odd) == Statements()
