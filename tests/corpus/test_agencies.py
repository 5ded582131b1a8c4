"""The list of agencies is read once, and its names make one pattern."""

import re

from analysis.corpus.agencies import any_of, read_agencies


def test_every_way_of_writing_gives_the_short_name():
    spellings = read_agencies().spellings
    assert spellings["The Associated Press"] == spellings["AP"] == "AP"
    assert spellings["ITAR-TASS"] == "TASS"
    assert read_agencies() is read_agencies()


def test_the_longest_name_is_found_across_any_white_space():
    pattern = re.compile(any_of(["Sel", "Selvan Press", "Selvan Press Agency", "A.B."]))
    assert pattern.search("by Selvan\nPress Agency")[0] == "Selvan\nPress Agency"
    assert not pattern.search("AxBx")
