"""A site file is read whole, or refused with a remedy."""

import pytest

from analysis.corpus.schema import DataError
from analysis.publish.sitefile import read_site_file


def test_a_site_file_is_read(newsroom):
    more = (
        "address: https://example.org/news\ntimezone: Europe/Berlin\n"
        "limits: {cell: 60, memory: 2.5}\non_failure: mail -s 'no issue' desk\n"
    )
    newsroom.write_site(more=more)
    site = read_site_file(newsroom.path)
    assert site.address == "https://example.org/news/"
    assert (site.limits.cell, site.limits.memory, site.limits.run) == (60, 2.5, 1800)
    assert site.hooks == {"on_failure": ["mail", "-s", "no issue", "desk"]}
    assert (site.out, site.state) == (newsroom.out, newsroom.state)
    assert [(one.name, one.topic, one.rule) for one in site.reports] == [
        ("weekly", "Talks", "last_week")
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("tittle: x\n", "unknown key 'tittle'; did you mean 'title'"),
        ("address: javascript:x\n", "address is 'javascript:x'; write one like https"),
        ("timezone: Moon\n", "no time zone 'Moon'"),
        ("limits: {cell: no}\n", "limits, cell is False; write a number above 0"),
        ("limits: {cells: 1}\n", "unknown key 'cells'; did you mean 'cell'"),
        ("on_success: [1]\n", r"on_success is \[1\]; write a command"),
    ],
)
def test_what_cannot_be_used_is_refused(newsroom, more, message):
    newsroom.write_site(more=more)
    with pytest.raises(DataError, match=message):
        read_site_file(newsroom.path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: weekly", "name: ../weekly", "a report has the name '../weekly'"),
        ("period: last_week", "period: [1]", r"period is \[1\]"),
        ("corpus: articles.csv", "corpus: gone.csv", "there is no corpus 'gone.csv'"),
        ("topic: Talks", "tropic: Talks", "unknown key 'tropic'; did you mean 'topic'"),
        ("period: last_week", "parameters: {x: 1}", "no notebook .* has a parameter 'x'"),
    ],
)
def test_a_report_that_cannot_be_made_is_refused_before_anything_runs(newsroom, old, new, message):
    newsroom.path.write_text(newsroom.path.read_text().replace(old, new))
    with pytest.raises(DataError, match=message):
        read_site_file(newsroom.path)


def test_two_reports_of_one_name_are_refused(newsroom):
    text = newsroom.path.read_text()
    head, _, report = text.partition("- name")
    newsroom.path.write_text(f"{head}- name{report}- name{report}")
    with pytest.raises(DataError, match="two reports have the name 'weekly'"):
        read_site_file(newsroom.path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"no site file .*site\.yml"):
        read_site_file(tmp_path / "site.yml")
