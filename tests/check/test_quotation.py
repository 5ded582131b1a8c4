"""Which quotation marks a text uses."""

import pytest

from analysis.check import quotation
from analysis.check.quotation import check_quotation_marks, main_style


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("He said “yes” and “no”.", quotation.CURLY),
        ('He said "yes" and "no".', quotation.STRAIGHT),
        ("He said ‘yes’. It’s so.", quotation.SINGLE),
        ("He said 'no, don't do it', and left.", quotation.STRAIGHT_SINGLE),
        ("He said ''yes'' to it.", quotation.DOUBLED),
        ("He said ``yes'' to it.", quotation.DOUBLED),
        ("Er sagte „ja“ und „nein“.", quotation.LOW),
        ("Il dit « oui ».", quotation.GUILLEMETS),
        ("他说「是」。", quotation.CORNERS),
        ("It's the farmers' choice, isn't it?", ""),
        ("It’s the farmers’ choice.", ""),
        ("", ""),
    ],
)
def test_the_style_of_a_text(text, style):
    assert main_style(text) == style


def test_outlets_that_mix_kinds_of_marks_are_told(measure):
    marks = [quotation.CURLY] * 6 + [quotation.STRAIGHT] * 4 + [quotation.CURLY] * 6
    fine = measure({"A": 10, "B": 10}, quotation=[*marks, *[quotation.SINGLE] * 4])
    (found,) = check_quotation_marks(fine)
    assert (found.level, found.outlet) == ("qualifies", "B")
    assert "by articles: “ ” 60%, ‘ ’ 40%" in found.what
    assert len(found.articles) == 4
    (none,) = check_quotation_marks(measure({"A": 2}, quotation=["", ""]))
    assert none.level == "fine"
