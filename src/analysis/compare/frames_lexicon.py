"""Lexicons of frames: angles a story may take, each with the words that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.compare.lexicon_files import (
    Source,
    check_keys,
    find_beside,
    find_twice,
    parse,
    read_text,
)
from analysis.compare.naming_forms import words_of
from analysis.corpus.schema import DataError

KEYS = ("frame", "about", "source", "seeds")
KIND, BESIDE = "frames", "frames.yml"


@dataclass(frozen=True)
class Frame:
    """An angle: its name, what it is, who describes it, and the forms of words that show it."""

    name: str
    about: str
    source: str
    seeds: tuple[str, ...]


@dataclass(frozen=True)
class FrameLexicon:
    """Frames in the order of the file."""

    frames: tuple[Frame, ...]
    origin: str = ""

    @property
    def names(self) -> list[str]:
        """The frames' names."""
        return [frame.name for frame in self.frames]


def read_frames(source: Source = "generic", *, beside: str | Path | None = None) -> FrameLexicon:
    """Read a lexicon of frames.

    Parameters
    ----------
    source
        ``"generic"`` (the five of Semetko and Valkenburg 2000), ``"policy"`` (those of Boydstun et
        al. 2014), a YAML file of your own, or a mapping of the same form.
    beside
        A corpus: the file ``frames.yml`` in its folder goes before `source`, if there is one.

    Returns
    -------
    FrameLexicon

    Raises
    ------
    DataError
        When the file is missing or not YAML, a key is unknown or missing, or a frame stands twice;
        the message names the file, the frame and the remedy.
    """
    own = None if beside is None else find_beside(beside, BESIDE)
    origin, given = parse(source if own is None else own, KIND)
    entries = given.get("frames")
    if not isinstance(entries, list) or not entries:
        raise DataError(f"{origin} must hold `frames:` with a list of `- frame: ...` below it")
    frames = tuple(_read_frame(entry, place, origin) for place, entry in enumerate(entries, 1))
    twice = find_twice([frame.name for frame in frames])
    if twice:
        raise DataError(f"{origin}: the frame {twice!r} stands twice; join the two")
    return FrameLexicon(frames, origin)


def _read_frame(entry: object, place: int, origin: str) -> Frame:
    where = f"{origin}, frame {place}"
    if not isinstance(entry, Mapping):
        raise DataError(f"{where} is {entry!r}; write `frame:`, `about:`, `source:` and `seeds:`")
    check_keys(entry, KEYS, where)
    name = read_text(entry, "frame", where)
    where = f"{origin}, frame {name!r}"
    about, source = (read_text(entry, key, where) for key in ("about", "source"))
    seeds = entry.get("seeds")
    if not isinstance(seeds, list) or not all(isinstance(s, str) and words_of(s) for s in seeds):
        raise DataError(f"{where}: seeds is {seeds!r}; write a list of words, as in [cost, costs]")
    if not seeds:
        raise DataError(f"{where} has no seeds; give ten words or more that show it")
    return Frame(name, about, source, tuple(dict.fromkeys(seeds)))
