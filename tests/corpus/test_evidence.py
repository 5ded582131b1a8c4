from analysis.corpus.evidence import Witness, count_words, runs_of, words_of


def test_a_soft_hyphen_parts_no_word():
    assert words_of("Werk\u00adzeuge der Alt\u00adstein\u00adzeit") == words_of(
        "Werkzeuge der Altsteinzeit"
    )


def test_words_without_spaces_are_counted_by_their_characters():
    assert count_words(words_of("The bridge is closed")) == 4
    assert count_words(words_of("橋は二年間閉鎖される")) == 5
    assert count_words(words_of("Straße ñandú")) == 2
    assert count_words([]) == 0


def test_runs_of_three_words():
    assert runs_of(["a", "b", "c", "d"]) == [("a", "b", "c"), ("b", "c", "d")]
    assert runs_of(["a", "b"]) == [("a", "b")]
    assert runs_of([]) == []


def test_a_short_block_has_to_be_a_line():
    witness = Witness("The bridge is closed\nMore")
    assert witness.share(["more"], [("more",)]) == 1
    assert witness.share(["bridge"], [("bridge",)]) == 0
    words = ["the", "bridge", "is", "open"]
    assert witness.share(words, runs_of(words)) == 0.5
