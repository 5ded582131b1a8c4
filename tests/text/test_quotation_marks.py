import pytest

from analysis.text.quotation_marks import find_quotations
from analysis.text.quotation_paragraphs import split_paragraphs


def quoted(text):
    return [text[one.start : one.end] for one in find_quotations(text, split_paragraphs(text))]


MARKS = [
    ('"', '"'), ("''", "''"), ("“", "”"), ("‘", "’"), ("'", "'"), ("„", "“"), ("„", "”"), ("”", "”"),
    ("«", "»"), ("»", "«"), ("« ", " »"), ("‹", "›"), ("›", "‹"), ("‚", "‘"), ("``", "''"), ("「", "」"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end"), MARKS)
def test_every_style_is_read(start, end):
    text = f"The baker said {start}We open at six{end} and shut the door."
    assert quoted(text) == ["We open at six"]


@pytest.mark.parametrize(("start", "end"), MARKS)
def test_a_quotation_that_is_never_closed_ends_with_its_paragraph(start, end):
    text = f"{start}We open at six.\n\nThe street was empty. Nobody came."
    assert all("street" not in one for one in quoted(text))


def test_apostrophes_are_no_marks():
    text = "In the ’90s the workers’ rights weren’t the owners’ concern, rock ’n’ roll was."
    assert quoted(text) == []
    assert quoted(text.replace("’", "'")) == []


@pytest.mark.parametrize("mark", ["'", "’", "‘"])
@pytest.mark.parametrize(
    "text",
    [
        "How ’bout the workers’ rights, then?",
        "Give ’em hell in the ’90s, the owners’ club wrote.",
        "The class of ’98 stayed ’til the miners’ strike.",
        "They left ’cause of the owners’ greed.",
    ],
)
def test_words_that_lose_their_beginning_open_nothing(text, mark):
    first, rest = text.split(" ’", 1)
    assert quoted(f"{first} {mark}{rest}") == []


@pytest.mark.parametrize("opening", ["'", "‘"])
def test_a_mark_ahead_of_such_a_word_opens_where_a_clear_one_closes(opening):
    assert quoted(f"{opening}20 people left,’ she said. It was late.") == ["20 people left,"]
    assert quoted(f"{opening}Cause we wait,’ she said.") == ["Cause we wait,"]


def test_a_space_ahead_of_the_closing_mark_is_french_and_opens_nothing():
    assert quoted("« Nous attendons », a dit Ida. « Et toi ? » Elle rit. « Oui ».") == [
        "Nous attendons", "Et toi ?", "Oui",
    ]  # fmt: skip
    assert quoted('He said " we wait ", and then " we go ".') == ["we wait", "we go"]


def test_dots_may_begin_a_quotation():
    assert quoted('He said "...and then we wait" twice, at ".5 per cent".') == [
        "...and then we wait", ".5 per cent",
    ]  # fmt: skip


def test_single_marks_pass_over_plurals_and_contractions():
    assert quoted("‘The miners’ wives don’t forget,’ she said.") == [
        "The miners’ wives don’t forget,"
    ]
    assert quoted("'It's the miners' turn,' she said.") == ["It's the miners' turn,"]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“He said ‘no’ twice,” she said.", "He said ‘no’ twice,"),
        ("‘He said “no” twice,’ she said.", "He said “no” twice,"),
        ("''He said 'no,''' she said.", "He said 'no,'"),
        ('"He said "no" twice," she said.', 'He said "no" twice,'),
    ],
)
def test_marks_inside_marks_belong_to_the_outer_quotation(text, inner):
    assert quoted(text) == [inner]


def test_paragraphs_that_open_anew_are_one_quotation():
    text = "“The first part.\n\n“The second part.\n\n“The end.”\n\nThe street was empty."
    found = find_quotations(text, split_paragraphs(text))
    assert [one.goes_on for one in found] == [False, True, True]
    assert quoted(text) == ["The first part.", "The second part.", "The end."]


def test_a_mark_that_closes_in_a_later_paragraph_takes_the_ones_between():
    text = "She said: “The first part.\n\nThe second part.\n\nThe end.”\n\nThe street was empty."
    assert quoted(text) == ["The first part.", "The second part.", "The end."]


def test_a_lost_closing_mark_costs_one_sentence_and_no_more():
    text = "“We will not go. The mayor left the hall. “Nor will I,” said the clerk. It was late."
    found = quoted(text)
    assert "Nor will I," in " ".join(found)
    assert all("It was late" not in one for one in found)


def test_marks_turned_the_wrong_way_are_read_by_their_neighbours():
    assert quoted("He said ”We wait“ and left.") == ["We wait"]
    assert quoted('He said “We wait" and left.') == ["We wait"]


def test_inches_and_markup_are_no_marks():
    assert quoted('The 6-foot-5" pole fell on <a href="page.html" title="x">a car</a>.') == []
