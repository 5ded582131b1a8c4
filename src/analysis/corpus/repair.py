"""Damaged encoding mended: double encoding, entities, invisible characters, lost apostrophes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import ftfy

from analysis.corpus.language import FUNCTION_WORDS, is_english
from analysis.corpus.signs import tabled_codes, tabled_signs
from analysis.corpus.spans import Edit, SpanMap, apply_edits, substitute

# ftfy only decodes: widths, ligatures, quote marks and Unicode form are the outlet's own style.
CODEC = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=True,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
# Marks that stand side by side in intact texts; none begins what was doubly encoded.
MARKS = "‘’“”–—…\xa0\ufffd"
# Double encoding shows as other neighbouring characters beyond ASCII, or as one before a space
# that was a no-break space; a C1 control or a surrogate is damage by itself.
# One set of characters comes first, as that is quick to look for.
SUSPECT = re.compile(
    r"[^\x00-\x1a\x1c-\x7f]"
    r"(?:(?<=[\x1b\x80-\x9f\ud800-\udfff])"
    rf"|(?<=[^\x00-\x7f])[^\x00-\x7f](?<![{MARKS}]{{2}})|(?<=[ÃÂÐÑà-ï]) )"
)
# An ampersand that was escaped again and again, as `&amp;amp;`, is resolved in one go: each round
# over the text would only take one level away.
ENTITY = re.compile(
    r"&(?:(?:amp|AMP|#38|#[xX]26);)*(?P<name>(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)"
)
# Entities whose ampersand was lost on the way, as some feeds leave them; a row of them at once.
LAME_ENTITY = re.compile(
    r"(?: (?=#39;(?:s|t|re|ve|ll|d|m)\b))?(?<![&\w;])(?:#(?:39|3[468]|8\d{3}|1[3-5]\d);)+"
)
LAME_NAMES = ("quot;", "nbsp;", "amp;", "apos;")
LAME_NAME = re.compile(r"(?<![&\w;])(?:(?:(?:quot|nbsp|apos);)+|(?:amp;)+)")
BREAK = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
SPACE = re.compile(r"[\xa0\u202f\u2007]")
# Joiners carry meaning between letters of other scripts and in emoji, so they go only after ASCII;
# a row of them at once, else each would go in a round of its own.
UNSEEN = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff"
INVISIBLE = re.compile(rf"(?<![^\x00-\x7f])[{UNSEEN}\u200c\u200d]+|[{UNSEEN}]+")
UNUSUAL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u2007\u200b-\u200d\u2028\u2029\u202f\u2060\ufeff]"
)
# What stands where a typographic mark of three bytes was lost; two U+FFFD are an accented letter.
APOSTROPHE = re.compile(
    r"(?:\ufffd{3}|\"?\ufffd|[\"?])(?=(?P<ending>d|ll|m|re|s|t|ve)(?![\w=&?\ufffd]))"
)
STEM = re.compile(r"(?<![\w/.=&\ufffd?-])[A-Za-z]+\Z")
NEGATED = frozenset(
    """
    ain aren can couldn didn doesn don hadn hasn haven isn mightn mustn needn shouldn wasn weren
    won wouldn
    """.split()  # noqa: SIM905 - easier to read and to extend
)
CONTRACTED = frozenset(
    """
    he here how i it let she that there they we what where who you
    """.split()  # noqa: SIM905 - easier to read and to extend
)
# Plurals such as "cafés" lose an accented letter where a possessive loses its apostrophe.
ACCENTED = frozenset(
    """
    attach caf canap clich communiqu divorc entr expos fianc habitu jos matin pel prot pur resum
    ros saut souffl toupe touch
    """.split()  # noqa: SIM905 - easier to read and to extend
)
OPENING = re.compile(r"(?<![^\s(\[])\"\ufffd(?=\[?(?P<word>[A-Za-z]+))")
# A mark and the space behind it, read as two bytes of another encoding; no text has a letter
# directly behind both a quotation mark and a question mark.
CLOSING = re.compile(r"(?<=[\w.,;!?…'’)\]-])\"\?(?=\[?[A-Za-z])(?!(?:d|ll|m|re|s|t|ve)(?!\w))")
DASH = re.compile(r"(?<=\w )\"\?(?=\[?[A-Za-z])")
# What is in all of these, with one set of characters at the beginning, which is quick to look for.
LOST = re.compile(r"[\"?\ufffd](?:(?=(?:d|ll|m|re|s|t|ve)(?!\w))|(?<=[?\ufffd])(?=\[?[A-Za-z]))")
LOST_OPENING = re.compile(r"[?\ufffd](?=[A-Za-z])")
QUOTATION = re.compile(
    r"(?:(?<=[\s(\[])|(?<![^\n]))(?P<open>\?|\ufffd|\ufffd{3})(?=[A-Za-z])"
    r"(?P<said>[^\n?\ufffd\"“”]{1,600}[,.!])(?P=open)(?=\s|$)",
    re.MULTILINE,
)


# Mending may bring more damage to light. Real texts take a few rounds; one that is made to take a
# round per word is left as it is after so many, as its cost grows with the square of its length.
MOST_ROUNDS = 20


def repair(text: str) -> str:
    r"""Mend the damaged encoding of a text; an intact text comes back as it is.

    Parameters
    ----------
    text
        Any text, doubly encoded or not.

    Returns
    -------
    str
        The text with its characters decoded, HTML entities resolved, line breaks as ``\n``,
        ordinary spaces for no-break spaces, and without invisible or control characters.
        Apostrophes and quotation marks that became ``?`` or U+FFFD are put back where the words
        around them leave no doubt. Quotation marks, ligatures and widths stay as the outlet
        sets them.

    Notes
    -----
    The decoding is ftfy's (Speer 2019, doi:10.5281/zenodo.2591652).
    """
    return repair_located(text)[0]


def repair_located(text: str, *, compiled: bool = False) -> tuple[str, list[SpanMap]]:
    """Mend a text; the maps, followed backwards, lead from its places to the old ones.

    Compiled code may tell first that it is intact, which pays for some hundred texts.
    """
    maps: list[SpanMap] = []
    if compiled and _is_intact(text):
        return text, maps
    for _ in range(MOST_ROUNDS):
        before = text
        for edits in STEPS:
            found = edits(text)
            if found:
                text, spans = apply_edits(text, found)
                maps.append(spans)
        if text == before:
            break
    return text, maps


def _is_intact(text: str) -> bool:
    # numba is imported only where it pays
    from analysis.corpus.damage_kernels import may_be_damaged, tabled_concerns

    codes = tabled_codes(text)
    if codes is None:
        return False
    return not may_be_damaged(codes, tabled_concerns(), tabled_signs().kinds)


def _decode(text: str) -> list[Edit]:
    """Undo double encoding line by line, as one text may be pasted from several sources."""
    edits: list[Edit] = []
    if (text.isascii() and "\x1b" not in text) or not SUSPECT.search(text):
        return edits
    start = 0
    for line in text.split("\n"):
        if SUSPECT.search(line):
            edits += _differences(line, ftfy.fix_text_segment(line, CODEC), start)
        start += len(line) + 1
    return edits


def _differences(old: str, new: str, start: int) -> list[Edit]:
    """List the words that differ; the whole stretch where the number of words does."""
    if old == new:
        return []
    before, after = old.split(" "), new.split(" ")
    if len(before) != len(after):
        return [_difference(old, new, start)]
    edits = []
    for word, mended in zip(before, after, strict=True):
        if word != mended:
            edits.append(_difference(word, mended, start))
        start += len(word) + 1
    return edits


def _difference(old: str, new: str, start: int) -> Edit:
    """Give the one edit between two strings, without what they share at both ends."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return Edit(start + head, start + len(old) - tail, new[head : len(new) - tail])


def _resolve_entities(text: str) -> list[Edit]:
    edits = []
    if "&" in text:
        edits += substitute(text, ENTITY, lambda match: html.unescape("&" + match["name"]))
    if "#" in text:
        edits += substitute(
            text, LAME_ENTITY, lambda m: html.unescape(m.group().lstrip().replace("#", "&#"))
        )
    if any(name in text for name in LAME_NAMES):
        edits += substitute(text, LAME_NAME, _unescape_names)
    return sorted(edits)


def _unescape_names(match: re.Match[str]) -> str:
    """Resolve a row of names without ampersands; a row of `amp;` is one that was escaped often."""
    names = match.group()
    if names.startswith("amp;"):
        return "&"
    return html.unescape("".join(f"&{name};" for name in names.split(";")[:-1]))


def _normalize_spaces(text: str) -> list[Edit]:
    if not UNUSUAL.search(text):
        return []
    edits = substitute(text, BREAK, lambda match: "\n")
    edits += substitute(text, SPACE, lambda match: " ")
    edits += substitute(text, INVISIBLE, lambda match: "")
    return sorted(edits)


def _restore_quotes(text: str) -> list[Edit]:
    # The quick questions first, as few texts are damaged.
    if not LOST.search(text):
        return []
    edits = {
        Edit(*match.span(), "’")
        for match in APOSTROPHE.finditer(text)
        if _is_apostrophe(text, match)
    }
    if "\ufffd" in text:
        edits |= {
            Edit(*m.span(), '"') for m in OPENING.finditer(text) if _opens_quotation(m["word"])
        }
    if '"?' in text:
        edits |= {Edit(*match.span(), '" ') for match in CLOSING.finditer(text)}
        edits |= {Edit(*match.span(), "— ") for match in DASH.finditer(text)}
    for match in QUOTATION.finditer(text) if LOST_OPENING.search(text) else ():
        edits.add(Edit(*match.span("open"), "“"))
        edits.add(Edit(match.end("said"), match.end(), "”"))
    return sorted(edits) if edits and is_english(text) else []


def _is_apostrophe(text: str, match: re.Match[str]) -> bool:
    """Tell whether the word before leaves no doubt: don't, they've, the minister's."""
    stem = STEM.search(text, max(0, match.start() - 30), match.start())
    if stem is None:
        return False
    word, ending = stem.group().lower(), match["ending"]
    if ending == "t":
        return word in NEGATED
    if ending == "s":
        return len(word) > 1 and word not in ACCENTED
    return word in CONTRACTED


def _opens_quotation(word: str) -> bool:
    """Tell whether a word is whole, for the mark before it may be its accented first letter."""
    return word[0].isupper() or word in FUNCTION_WORDS


STEPS: tuple[Callable[[str], list[Edit]], ...] = (
    _decode,
    _resolve_entities,
    _normalize_spaces,
    _restore_quotes,
)
