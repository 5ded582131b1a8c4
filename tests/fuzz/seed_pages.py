"""Pages from which `make fuzz` starts: one for each part of the reader, and broken ones.

``python tests/fuzz/seed_pages.py FOLDER`` writes them into the folder, and beside it, as FOLDER.dict,
the pieces of markup that Atheris puts into them.
"""

import sys
from pathlib import Path
from random import Random

import conftest  # noqa: F401  # the profile that the tests need
from test_pages import PAGE, PIECES, SENTENCES, draw_page, encoded

BROKEN = 150
HEADS = {
    "stated body": '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "articleBody": '
    '"The council met. It voted for the new bridge, and for the road to it.", "wordCount": 900, '
    '"author": [{"name": "A. Author"}], "articleSection": ["Town"], "isAccessibleForFree": "False"}]}</script>',
    "open graph": '<meta property="og:title" content="The bridge"><meta property="og:site_name" '
    'content="Herald"><meta property="article:section" content="Town"><meta name="author" content="A. Author">'
    '<meta name="description" content="The council met and voted for the bridge.">'
    '<link rel="canonical" href="https://herald.example/bridge">',
    "no statement": "",
}
BODIES = {
    "plain": SENTENCES,
    "lists and tables": f"<ul><li>One</li><li>Two</li></ul>{SENTENCES}<table><tr><th>Year</th><td>2026</td></tr></table>",
    "teasers": f"{SENTENCES}<aside class=related><h3>Read more</h3><ul><li><a href=/a>The old bridge</a></ul></aside>{SENTENCES}",
    "comments": f"{SENTENCES}<section id=comments><article class=comment><p>I like it, wrote a reader of the paper.</article></section>",
    "two articles": f"{SENTENCES}</article><article><h1>The road</h1>{SENTENCES.replace('council', 'mayor')}",
    "pictures": f"<figure><img src=a.jpg alt=bridge><figcaption>The bridge. Photo: A. Author</figcaption></figure>{SENTENCES}",
    "embeds": f"{SENTENCES}<blockquote class=twitter-tweet><p>Now!</p>&mdash; A (@a)</blockquote><iframe src=/x></iframe>",
    "bare text": "The council of the town met again, and it voted.<br><br>" * 8,
    "paywall": f"{SENTENCES}<div class=paywall><p>Subscribe to continue reading this article.</p></div>",
    "hidden": f"{SENTENCES}<div style='display: none'>{SENTENCES}</div><template>{SENTENCES}</template>",
    "odd signs": "<p>\u201cZażółć gęślą jaźń\u201d, 東京の市長は言った。 Привет \U0001f600 &#x202e;&nbsp;&shy;x</p>"
    * 4,
    "nested": "<div>" * 60 + SENTENCES,
}


def draw_seeds() -> dict[str, bytes]:
    """Give the pages by name, always the same."""
    random = Random(0)
    whole = {
        f"{head}, {body}".replace(" ", "-"): (
            f"<html lang=en><head><title>The bridge - Herald</title>{meta}</head><body><nav><a href=/>Home</a></nav>"
            f"<article><h1>The bridge</h1>{text}</article><footer>© Herald</footer></body></html>"
        ).encode()
        for head, meta in HEADS.items()
        for body, text in BODIES.items()
    }
    broken = {f"broken-{n}": encoded(random, draw_page(random)) for n in range(BROKEN)}
    return {"sound": PAGE.encode(), **whole, **broken}


def quoted(piece: str) -> str:
    """Write a piece of markup as a line of a libFuzzer dictionary."""
    raw = piece.encode("utf-8", "surrogatepass")[:60]
    return '"' + "".join(f"\\x{byte:02x}" for byte in raw) + '"'


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in draw_seeds().items():
        (folder / name).write_bytes(page)
    lines = [quoted(piece) for piece in PIECES]
    folder.with_name(f"{folder.name}.dict").write_text("\n".join(lines) + "\n", encoding="ascii")
