"""One name per speaker per corpus, and who the speakers are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.corpus.schema import DataError, check_articles, check_columns
from analysis.text.heard import Heard
from analysis.text.initials import find_full_names
from analysis.text.name_words import read_name_words, surname
from analysis.text.offices import find_holders
from analysis.text.persons import Named, count_names, merge_persons
from analysis.text.places import country_in, read_places
from analysis.text.speaker_kinds import (
    COUNTRY,
    GROUP,
    ORGANISATION,
    PERSON,
    bare_name,
    speaker_country,
    speaker_kind,
)
from analysis.text.speaker_roles import commonest, read_role
from analysis.text.spellings import plain
from analysis.text.texts import Texts, replaced
from analysis.text.word_classes import PEOPLE

NEEDED = ("article_id", "start", "end", "kind", "speaker")
TITLES = ("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "President", "Minister", "Senator")
MOST_TEXTS = 5  # that are searched for how a word is written
COLUMNS = ("name", "kind", "country", "roles", "variants", "n_articles", "n_quotes")


@dataclass(frozen=True, eq=False)
class Speakers:
    """The speakers of a corpus.

    Attributes
    ----------
    quotes
        The rows that were named, with ``speaker`` as the corpus knows it, ``speaker_kind`` and
        ``country``.
    people
        One row per speaker, the most often heard first: ``name``, ``kind`` (``"person"``,
        ``"country"``, ``"organisation"``, ``"group"``), ``country`` (of the office, or named by
        the speaker's own words; ``""`` if unknown), ``roles`` (offices stated beside the name, the
        commonest first) and ``variants`` (other forms in the articles), each joined by ``"; "``,
        ``n_articles`` in which they are quoted or reported, ``n_quotes`` (stretches).
    """

    quotes: pd.DataFrame
    people: pd.DataFrame


def name_speakers(quotes: pd.DataFrame, articles: pd.DataFrame) -> Speakers:
    """Give each speaker one name in the whole corpus, and say who they are.

    Parameters
    ----------
    quotes
        The rows of ``find_quotes``.
    articles
        The articles in which they were found, with ``article_id`` and ``text``.

    Returns
    -------
    Speakers
        Rows without a speaker are kept as they are.

    Raises
    ------
    DataError
        When a column is missing, or a quote's article is not among the articles.

    Notes
    -----
    A surname becomes the full name that the corpus gives it. Spellings such as Zelensky and
    Zelenskyy go together if their given names agree; people of one surname with different given
    names stay apart, and a surname that several of them bear stays by itself unless one is named
    ten times as often as the others together. Capitals stand for their countries, an office
    of a country for the one person named in it, and initials for the one organisation whose
    name they spell, if an article that they speak in writes it out. Names, offices and countries
    are read in English only (``lexicons/names_en.yml``, ``places_en.yml``).

    Misleads where two people share their full name, and where a surname that occurs alone
    belongs to somebody whom the corpus never names in full.
    """
    check_columns(quotes, NEEDED, name="quotes", source="what find_quotes gives")
    check_articles(articles)
    texts = Texts(articles)
    heard = Heard.of(quotes)
    strange = set(heard.ids) - texts.keys()
    if strange:
        raise DataError(
            f"the quotes are of article {min(strange)!r}, which is not among the articles; pass "
            "the articles in which they were found"
        )
    pairs = heard.pairs()
    kinds = find_kinds(pairs, texts)
    roles = find_roles([pair for pair in pairs if kinds[pair[1]] == PERSON], texts)
    names = canonical_names(count_names(pairs), kinds, roles)
    organisations = [pair for pair in pairs if kinds[pair[1]] == ORGANISATION]
    known = {bare_name(name): form for name, form in names.items()}
    full = find_full_names(organisations, texts)
    names |= {name: known[long] for name, long in full.items()}
    people = describe_people(heard, names, kinds, roles)
    del heard
    kind = dict(zip(people["name"].tolist(), people["kind"].tolist(), strict=True))
    country = dict(zip(people["name"].tolist(), people["country"].tolist(), strict=True))
    speaker = replaced(quotes["speaker"], names)
    named = quotes.assign(
        speaker=speaker,
        speaker_kind=replaced(speaker, kind),
        country=replaced(speaker, country),
    )
    return Speakers(named, people)


def find_kinds(pairs: list[tuple[str, str]], texts: Mapping[str, str]) -> dict[str, str]:
    """Tell each speaker's kind.

    A single word is a person's name where it is somebody's surname in the corpus or follows a
    title; a group's where a speaker is written so in lower case ("Diplomats"), or its articles
    write it so; else a name of something else.
    """
    kinds = {name: speaker_kind(name) for name in dict.fromkeys(name for _, name in pairs)}
    full = [name for name, kind in kinds.items() if kind == PERSON and " " in name]
    surnames = set(map(plain, map(surname, full)))
    sources: dict[str, list[str]] = defaultdict(list)
    for article_id, name in pairs:
        single = kinds[name] == PERSON and " " not in name and plain(name) not in surnames
        if single and len(sources[name]) < MOST_TEXTS:
            sources[name].append(article_id)  # read one name at a time: together they are many
    common = {bare for bare in map(bare_name, kinds) if bare.islower()}
    return kinds | {
        name: GROUP
        if bare_name(name).lower() in common
        else kind_of_word(name, [texts[article_id] for article_id in of_name])
        for name, of_name in sources.items()
    }


def kind_of_word(word: str, texts: list[str]) -> str:
    """Tell the kind of a single word by how some of its articles write it."""
    small = word.lower()
    for text in texts:
        if any(f"{title} {word}" in text for title in TITLES):
            return PERSON
    written = any(f" {small} " in text or f" {small}," in text for text in texts)
    return GROUP if written or small in PEOPLE else ORGANISATION


def find_roles(pairs: Iterable[tuple[str, str]], texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Find the offices that articles state beside each person's name."""
    found: dict[str, list[str]] = defaultdict(list)
    for article_id, name in pairs:
        role = read_role(texts[article_id], name)
        if role:
            found[name].append(role)
    return found


def canonical_names(
    n_articles: Mapping[str, int], kinds: dict[str, str], roles: dict[str, list[str]]
) -> dict[str, str]:
    """Give the corpus's name for each speaker of an article."""
    known = read_name_words().roles
    persons, names = [], {}
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for name, n in n_articles.items():
        kind = kinds[name]
        if kind == PERSON:
            words = {word for role in roles.get(name, ()) for word in role.lower().split()}
            persons.append(Named(name, n, frozenset(words & known)))
        elif kind == COUNTRY:
            names[name] = read_places().countries[bare_name(name).lower()]
        else:
            form = bare_name(name)
            form = form.lower() if kind == GROUP and " " not in form else form
            key = form.lower().replace(".", "")  # U.N. and UN
            spelled[key][form] += n
            names[name] = key
    commonest_form = {
        key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in spelled.items()
    }
    names = {name: commonest_form.get(key, key) for name, key in names.items()}
    names |= merge_persons(sorted(persons, key=lambda one: one.name))
    groups = [name for name in n_articles if kinds[name] == GROUP]
    return names | find_holders(groups, roles, names)


def kind_of(forms: list[str], kinds: dict[str, str]) -> str:
    """Give the kind of a speaker by its forms: a person also goes by an office."""
    of_forms = {kinds[form] for form in forms}
    return next(kind for kind in (PERSON, COUNTRY, ORGANISATION, GROUP) if kind in of_forms)


def describe_people(
    heard: Heard, names: dict[str, str], kinds: dict[str, str], roles: dict[str, list[str]]
) -> pd.DataFrame:
    """Make the frame of speakers."""
    forms: dict[str, list[str]] = defaultdict(list)
    for form, name in names.items():
        forms[name].append(form)
    rows = []
    for name, articles, quotes in heard.count(names):
        stated = commonest(role for form in forms[name] for role in roles.get(form, ()))
        kind = kind_of(forms[name], kinds)
        # A person may be called Jordan or London: only the office tells the country.
        own = "" if kind == PERSON else speaker_country(name)
        country = own or next(filter(None, map(country_in, stated)), "")
        variants = "; ".join(sorted(set(forms[name]) - {name}))
        rows.append((name, kind, country, "; ".join(stated), variants, articles, quotes))
    people = pd.DataFrame(rows, columns=list(COLUMNS))
    people = people.astype(dict.fromkeys(COLUMNS[:5], "str") | dict.fromkeys(COLUMNS[5:], "int64"))
    order = people.sort_values(["n_articles", "n_quotes", "name"], ascending=[False, False, True])
    return order.reset_index(drop=True)
