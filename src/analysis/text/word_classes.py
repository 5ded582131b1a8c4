"""Closed classes of English words: what tells where a phrase or a clause begins and ends."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(text.split())


SUBJECTS = words("he she they we i you it who")
BE = words("is are was were be been being am 's 're")
HAVE = words("has have had having")
MODALS = words(
    "will would can could may might shall should must do does did don't doesn't didn't won't "
    "wouldn't can't cannot couldn't shouldn't"
)
ADVERBS = words(
    "also then later now still again not never even just once always often already recently first "
    "soon instead twice yet long further only earlier perhaps n't famously ever further "
    "rather simply once almost previously n’t today yesterday tonight"
)
DETERMINERS = words(
    "the a an this that these those his her its their my our your some any no every each another "
    "such more most many few several other own all both"
)
PREPOSITIONS = words(
    "in on at of for from with by to about after before during into over under against between "
    "through since until despite among amid around near without within upon like than via across "
    "toward towards along behind beyond following outside inside per alongside"
)
SUBORDINATORS = words(
    "that because if while when although though whereas unless since as where why how what whether "
    "until after before which once so than"
)
PLACES = words("here there back elsewhere")
PEOPLE = words(
    "people men women children police staff media everyone everybody someone somebody nobody "
    "one two three four five both many some most others former him her them me us"
)
COORDINATORS = words("and but or nor yet")
CONNECTIVES = words("however meanwhile moreover nevertheless nonetheless furthermore indeed thus")
QUESTION_WORDS = words("whether if how why what who when where which whom whose")
DAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight "
    "mon tues wed thurs fri sat sun week month year night morning afternoon evening day last "
    "this earlier later recently afterward afterwards january february march april may june july "
    "august september october november december"
)
DASHES = words("– — - -- ―")
# What stands before a participle whose subject is that of the main verb.
PARTICIPIAL = words(
    ", – — - -- ― by while before after in without when for of from and or than but at on with"
) | {""}
MAKE = words("make makes made making")
DEMONYM = ("ian", "ean", "ish", "ese", "ern")  # "Ukrainian calls" are nouns
POSSESSIVE = ("'s", "’s", "s'", "s’")
OBJECT_PRONOUNS = words("me him her us them you reporters himself herself themselves itself")
PARTICLES = words("out back up upon into")
CHAIN = BE | HAVE | MODALS | ADVERBS | CONNECTIVES | {"to"}
STOPS = frozenset(",;:()[]") | DASHES | {"…"}
RELATIVE = words("who which whom whose")
CLAUSAL = words("as while when though although because if")
TURNS = words("but while although though whereas and as with when because")
# What "issued a statement saying" is said in: its speaker is the subject of "issued".
DOCUMENTS = words(
    "statement email letter message note memo post tweet release op-ed column speech video "
    "interview essay remarks report"
)
NO_SOURCES = (["plan"], ["schedule"], ["law"], ["rules"])  # "according to plan"
INTRODUCING = PREPOSITIONS | SUBORDINATORS
NO_SUBJECT = INTRODUCING | DAYS | {",", ".", ":", "", "?", "!"}
PLAIN = words("say write report add note")  # inverted behind plain clauses too
BREAKS = frozenset((",", ";", *DASHES))
BREAKING = TURNS | RELATIVE | {"after", "before", "but", "in", "on", "during", "he", "she", "they"}
# Pasts of frequent verbs that report nothing; the regular ones are known by their ending.
IRREGULAR_PASTS = words(
    "left went came took gave got won lost ran led met sat stood held kept brought sent set "
    "rose fell grew became drew flew broke built bought sold spent slept woke ate drank threw "
    "hung hid rode drove wore tore stole shook struck swung sank stuck dealt paid lay flung "
    "fled bore beat bent"
)

# Unions that are looked up often.
AUXILIARIES = BE | HAVE | MODALS
LINKING = PREPOSITIONS | COORDINATORS | SUBORDINATORS
OPENING_WORDS = COORDINATORS | ADVERBS | SUBORDINATORS
LIGHT = COORDINATORS | ADVERBS | CONNECTIVES
NOT_NOUNS = SUBJECTS | DETERMINERS
NOT_AGENTS = PARTICIPIAL | DOCUMENTS | DAYS
ADJUNCTS = PREPOSITIONS | DAYS
PLAIN_PREPOSITIONS = PREPOSITIONS - SUBORDINATORS
