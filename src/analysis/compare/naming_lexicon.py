"""Lexicons of names: concepts, and the words that outlets choose between for each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.compare.lexicon_files import (
    Source,
    check_keys,
    find_beside,
    find_twice,
    parse,
    read_text,
    shipped,
)
from analysis.corpus.schema import DataError

WINDOW = 12  # words on either side in which a context may stand
CONCEPT_KEYS = ("concept", "about", "signals", "source", "near", "not_near", "window", "variants")
VARIANT_KEYS = ("name", "forms", "note", "near", "not_near", "window", "case")
FORM = re.compile(r"[\w*]+(?:\([\w|*]+\)[\w*]*)*|\([\w|*]+\)[\w*]*")
KIND, BESIDE = "naming", "naming.yml"


@dataclass(frozen=True)
class Context:
    """What must, and what must not, stand near a use, as forms; ``window`` None: in the article."""

    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    window: int | None = WINDOW


@dataclass(frozen=True)
class Variant:
    """One way to name a concept: its forms, and a note on them."""

    name: str
    forms: tuple[str, ...]
    note: str
    context: Context = field(default_factory=Context)
    case: bool = False


@dataclass(frozen=True)
class Concept:
    """A thing with several names: what it is, what the choice signals, and who says so."""

    name: str
    about: str
    signals: str
    source: str
    variants: tuple[Variant, ...]
    context: Context = field(default_factory=Context)
    origin: str = ""

    @property
    def forms(self) -> list[str]:
        """All that is looked for: the forms of names, and what must or must not stand near."""
        contexts = [self.context, *(variant.context for variant in self.variants)]
        near = [form for context in contexts for form in (*context.near, *context.not_near)]
        return [*(form for variant in self.variants for form in variant.forms), *near]


@dataclass(frozen=True)
class NamingLexicon:
    """Concepts in the order of their files."""

    concepts: tuple[Concept, ...]

    def take(self, names: Iterable[str]) -> NamingLexicon:
        """Keep the named concepts, in the given order.

        Raises
        ------
        DataError
            When a concept is not in the lexicon.
        """
        known = {concept.name: concept for concept in self.concepts}
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"it has: {', '.join(known)}"
                raise DataError(f"the concept {name!r} is not in the lexicon; {hint}")
        return replace(self, concepts=tuple(known[name] for name in names))


def read_naming(*sources: Source, beside: str | Path | None = None) -> NamingLexicon:
    """Read lexicons of names.

    Parameters
    ----------
    *sources
        Each the name of a lexicon of the package (``"conflict"``), a YAML file, or a mapping of
        the same form; ``"shipped"``, and none, are all of the package's.
    beside
        A corpus: the file ``naming.yml`` in its folder is read too, if there is one.

    Returns
    -------
    NamingLexicon
        A concept of a later source takes the place of an earlier one of the same name.

    Raises
    ------
    DataError
        When a file is missing or not YAML, a key is unknown or missing, a variant has no form or
        stands twice; the message names the file, the concept and the remedy.

    Notes
    -----
    Misleads when a variant that outlets use is not listed: its uses are in no share.
    """
    chosen: list[Source] = list(sources or ["shipped"])
    own = None if beside is None else find_beside(beside, BESIDE)
    chosen += [] if own is None else [own]
    concepts: dict[str, Concept] = {}
    for source in chosen:
        names = shipped(KIND) if source == "shipped" else [source]
        for name in names:
            concepts |= {concept.name: concept for concept in read_concepts(name)}
    return NamingLexicon(tuple(concepts.values()))


def read_concepts(source: Source) -> list[Concept]:
    """Read the concepts of one file or mapping."""
    origin, given = parse(source, KIND)
    entries = given.get("concepts")
    if not isinstance(entries, list) or not entries or set(given) != {"concepts"}:
        raise DataError(
            f"{origin} must hold `concepts:` with a list below it, and nothing else (it has: "
            f"{', '.join(map(str, given)) or 'nothing'}); begin with `concepts:` and "
            "`- concept: ...`"
        )
    concepts = [read_concept(entry, place, origin) for place, entry in enumerate(entries, 1)]
    twice = find_twice([concept.name for concept in concepts])
    if twice:
        raise DataError(f"{origin}: the concept {twice!r} stands twice; join the two")
    return concepts


def read_concept(entry: object, place: int, origin: str) -> Concept:
    """Check one concept."""
    where = f"{origin}, concept {place}"
    if not isinstance(entry, Mapping):
        raise DataError(f"{where} is {entry!r}; write `concept:`, `variants:` and the other keys")
    name = read_text(entry, "concept", where)
    where = f"{origin}, concept {name!r}"
    check_keys(entry, CONCEPT_KEYS, where)
    given = entry.get("variants")
    if not isinstance(given, list) or len(given) < 2:
        raise DataError(f"{where} needs two variants or more under `variants:`; list all sides'")
    variants = tuple(read_variant(one, where) for one in given)
    twice = find_twice([variant.name for variant in variants])
    if twice:
        raise DataError(f"{where}: the variant {twice!r} stands twice; join their forms")
    twice = find_twice([form.lower() for variant in variants for form in variant.forms])
    if twice:
        raise DataError(f"{where}: the form {twice!r} stands twice; keep it in one variant")
    about, signals, source = (read_text(entry, key, where) for key in CONCEPT_KEYS[1:4])
    return Concept(name, about, signals, source, variants, _context(entry, where), origin)


def read_variant(entry: object, where: str) -> Variant:
    """Check one variant; a bare word is a variant of that form."""
    if not isinstance(entry, Mapping):
        raise DataError(f"{where}: the variant {entry!r} needs `name:` and `note:`")
    name = read_text(entry, "name", f"{where}, a variant")
    inside = f"{where}, variant {name!r}"
    check_keys(entry, VARIANT_KEYS, inside)
    forms = _forms(entry, "forms", inside) or (name,)
    note, case = read_text(entry, "note", inside), entry.get("case", False)
    if not isinstance(case, bool):
        raise DataError(f"{inside}: case is {case!r}; write true or false")
    return Variant(name, forms, note, _context(entry, inside), case)


def _context(entry: Mapping[str, Any], where: str) -> Context:
    window = entry.get("window", WINDOW)
    if window == "article":
        window = None
    elif not isinstance(window, int) or isinstance(window, bool) or window < 1:
        raise DataError(f"{where}: window is {window!r}; write a number of words, or `article`")
    return Context(_forms(entry, "near", where), _forms(entry, "not_near", where), window)


def _forms(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    given = entry.get(key, [])
    if not isinstance(given, list) or not all(isinstance(form, str) for form in given):
        raise DataError(f"{where}: {key} is {given!r}; write a list of words, as in [war, wars]")
    for form in given:
        words = re.sub(r"[^\w*()|\s]", " ", form).split()
        if not words or not all(FORM.fullmatch(word) for word in words):
            raise DataError(
                f"{where}: {form!r} under {key} cannot be read; write words, with * for any ending "
                "and (a|b) for a choice of endings, as in 'occup(y|ied|iers)'"
            )
    return tuple(given)
