"""Lexicons of names: concepts, and the words that outlets choose between for each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from analysis.corpus.datasets import locate_built_in
from analysis.corpus.schema import DataError

WINDOW = 12  # words on either side in which a context may stand
CONCEPT_KEYS = ("concept", "about", "signals", "source", "near", "not_near", "window", "variants")
VARIANT_KEYS = ("name", "forms", "note", "near", "not_near", "window", "case")
FORM = re.compile(r"[\w*]+(?:\([\w|*]+\)[\w*]*)*|\([\w|*]+\)[\w*]*")
BESIDE = "naming.yml"

Source = str | Path | Mapping[str, Any]


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


def shipped_lexicons() -> list[str]:
    """Give the names of the package's own lexicons."""
    entries = files("analysis").joinpath("lexicons", "naming").iterdir()
    return sorted(entry.name[:-4] for entry in entries if entry.name.endswith(".yml"))


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
    if beside is not None:
        root = locate_built_in(beside) or Path(beside)
        path = (root if root.is_dir() else root.parent) / BESIDE
        chosen += [path] if path.is_file() else []
    concepts: dict[str, Concept] = {}
    for source in chosen:
        names = shipped_lexicons() if source == "shipped" else [source]
        for name in names:
            concepts |= {concept.name: concept for concept in read_concepts(name)}
    return NamingLexicon(tuple(concepts.values()))


def read_concepts(source: Source) -> list[Concept]:
    """Read the concepts of one file or mapping."""
    origin, given = parse(source)
    entries = given.get("concepts")
    if not isinstance(entries, list) or not entries or set(given) != {"concepts"}:
        raise DataError(
            f"{origin} must hold `concepts:` with a list below it, and nothing else (it has: "
            f"{', '.join(map(str, given)) or 'nothing'}); begin with `concepts:` and "
            "`- concept: ...`"
        )
    concepts = [read_concept(entry, place, origin) for place, entry in enumerate(entries, 1)]
    twice = _twice([concept.name for concept in concepts])
    if twice:
        raise DataError(f"{origin}: the concept {twice!r} stands twice; join the two")
    return concepts


def parse(source: Source) -> tuple[str, Mapping[str, Any]]:
    """Give a source's name and its content."""
    if isinstance(source, Mapping):
        return "the lexicon", source
    if isinstance(source, str) and source in shipped_lexicons():
        text = files("analysis").joinpath("lexicons", "naming", f"{source}.yml").read_text("utf-8")
        return f"{source}.yml", yaml.safe_load(text)
    path = Path(source)
    if not path.is_file():
        raise DataError(
            f"there is no lexicon {str(source)!r}; give a YAML file, or one of the package's: "
            f"{', '.join(shipped_lexicons())}"
        )
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    return path.name, given if isinstance(given, Mapping) else {}


def read_concept(entry: object, place: int, origin: str) -> Concept:
    """Check one concept."""
    where = f"{origin}, concept {place}"
    if not isinstance(entry, Mapping):
        raise DataError(f"{where} is {entry!r}; write `concept:`, `variants:` and the other keys")
    name = _text(entry, "concept", where)
    where = f"{origin}, concept {name!r}"
    _check_keys(entry, CONCEPT_KEYS, where)
    given = entry.get("variants")
    if not isinstance(given, list) or len(given) < 2:
        raise DataError(f"{where} needs two variants or more under `variants:`; list all sides'")
    variants = tuple(read_variant(one, where) for one in given)
    twice = _twice([variant.name for variant in variants])
    if twice:
        raise DataError(f"{where}: the variant {twice!r} stands twice; join their forms")
    twice = _twice([form.lower() for variant in variants for form in variant.forms])
    if twice:
        raise DataError(f"{where}: the form {twice!r} stands twice; keep it in one variant")
    texts = (_text(entry, key, where) for key in ("about", "signals", "source"))
    return Concept(name, *texts, variants, _context(entry, where), origin)


def read_variant(entry: object, where: str) -> Variant:
    """Check one variant; a bare word is a variant of that form."""
    if not isinstance(entry, Mapping):
        raise DataError(f"{where}: the variant {entry!r} needs `name:` and `note:`")
    name = _text(entry, "name", f"{where}, a variant")
    inside = f"{where}, variant {name!r}"
    _check_keys(entry, VARIANT_KEYS, inside)
    forms = _forms(entry, "forms", inside) or (name,)
    note, case = _text(entry, "note", inside), entry.get("case", False)
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


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        found = "is missing" if value is None else f"is {value!r}"
        raise DataError(f"{where}: {key} {found}; write `{key}: some words`")
    return " ".join(value.split())


def _check_keys(entry: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in entry:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it may have: {', '.join(known)}"
            raise DataError(f"{where} has an unknown key {key!r}; {hint}")


def _twice(names: list[str]) -> str:
    return next((name for name in names if names.count(name) > 1), "")
