"""A real browser, and everything that is wrong with a page in it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no chromium or google-chrome on the PATH"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "print": {"viewport": {"width": 703, "height": 1009}, "color_scheme": "light"},  # A4's inside
}
CUT_OFF = """[...document.querySelectorAll("main *")].filter(one =>
  one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible" &&
  one.clientWidth > 0).map(one => one.outerHTML.slice(0, 100))"""
FILLER = ("no description", "image", "figure", "picture", "plot")


def needs_browser(test: Callable) -> Callable:
    """Mark a test that needs a browser, where others of its module do not."""
    for mark in NEEDS_BROWSER:
        test = mark(test)
    return test


@contextmanager
def start_chromium() -> Iterator:
    """Give a browser for as long as it is needed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


def look(chromium, path: Path, view: str) -> list[str]:
    """Open a page and say everything that is wrong with it."""
    from axe_playwright_python.base import AXE_SCRIPT

    wrong: list[str] = []
    context = chromium.new_context(**VIEWS[view], bypass_csp=False)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (wrong.append("a dialog opened"), dialog.dismiss()))
    page.on("request", lambda request: note_request(request, path, wrong))
    page.goto(path.as_uri())
    if page.title() == "pwned":
        wrong.append("a script ran")
    context.close()
    # A second visit in which axe may run, which the page's own policy forbids.
    context = chromium.new_context(**VIEWS[view], bypass_csp=True)
    page = context.new_page()
    page.emulate_media(media="print" if view == "print" else "screen")
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    page.evaluate(AXE_SCRIPT)
    for violation in page.evaluate("axe.run()")["violations"]:
        wrong.append(f"axe {violation['id']}: {violation['nodes'][0]['html'][:200]}")
    sideways = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if sideways > 0:
        wrong.append(
            f"{'cut off on paper' if view == 'print' else 'scrolls sideways'} by {sideways}"
        )
    if view == "print" and (cut := page.evaluate(CUT_OFF)):
        wrong.append(f"cut off on paper, as paper does not scroll: {cut}")
    for alt in page.eval_on_selector_all("img", "images => images.map(image => image.alt)"):
        if len(alt) < 15 or alt.lower().startswith(FILLER):
            wrong.append(f"alt is no description: {alt!r}")
    if page.eval_on_selector_all("img", "images => images.some(image => !image.naturalWidth)"):
        wrong.append("a picture is broken")
    context.close()
    return wrong


def note_request(request, path: Path, wrong: list[str]) -> None:
    """Note what a page asks for besides itself."""
    if request.url != path.as_uri() and not request.url.startswith("data:"):
        wrong.append(f"asks for {request.url}")
