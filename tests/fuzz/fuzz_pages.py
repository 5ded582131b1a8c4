"""Coverage-guided fuzzing of the page reader: `make fuzz`, for as long as you like.

Atheris (libFuzzer for Python) changes the bytes of pages so as to reach new branches of the reader.
It stops at the first page at which the reader raises or takes more than `-timeout` seconds, and writes that
page to a file ``crash-...`` or ``timeout-...``, which goes into a test with the fix.
"""

import sys

import atheris

with atheris.instrument_imports(include=["analysis.corpus", "trafilatura", "justext", "htmldate"]):
    from analysis.corpus.extract import Page, read_page


def read(data: bytes) -> None:
    """Read a page twice: from bytes, and from a string with halves of surrogate pairs in it."""
    for page in (data, data.decode("utf-8", "surrogateescape")):
        found = read_page(page)
        assert isinstance(found, Page)
        for part in (found.text, found.title, found.author, found.site, found.url, found.section):
            part.encode("utf-8")


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
