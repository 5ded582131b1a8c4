"""Shows how different news outlets cover the same events: topics, framing, voices, omissions."""

from analysis.check.collected import find_gaps
from analysis.check.health import check_corpus
from analysis.check.measure import measure_articles, summarise_outlets
from analysis.compare.alternations import suggest_alternations, write_alternations
from analysis.compare.calibrate import calibrate
from analysis.compare.claims import align_sentences
from analysis.compare.coverage import compare_coverage
from analysis.compare.coverage_events import find_passed_over
from analysis.compare.coverage_evidence import find_omission_evidence, list_omissions
from analysis.compare.coverage_habits import summarise_omissions
from analysis.compare.cues import compare_cues, compare_sides, count_cues
from analysis.compare.evidence import find_evidence, sample_articles
from analysis.compare.frame_model import FrameModel, fit_frames
from analysis.compare.frames import FrameScores, compare_frames, find_frame_evidence, score_frames
from analysis.compare.frames_lexicon import FrameLexicon, read_frames
from analysis.compare.grouping import count_within
from analysis.compare.items import find_items
from analysis.compare.lexicon_files import find_beside
from analysis.compare.loaded import find_loaded, find_loaded_evidence
from analysis.compare.naming import compare_naming, find_naming_evidence
from analysis.compare.naming_lexicon import NamingLexicon, read_naming
from analysis.compare.naming_uses import find_naming, show_uses
from analysis.compare.pairs import count_differences
from analysis.compare.reliability import check_frames, krippendorff_alpha
from analysis.compare.reliability_prevalence import correct_prevalence
from analysis.compare.reliability_sample import draw_sample, read_codes, write_sample
from analysis.compare.selection import add_topic, compare_selection
from analysis.compare.terms import compare_terms
from analysis.compare.topic_number import choose_n_topics
from analysis.compare.topic_share import compare_topics, describe_topics
from analysis.compare.topics import Topics, fit_topics
from analysis.compare.voice_diversity import measure_diversity
from analysis.compare.voice_events import find_unheard
from analysis.compare.voices import compare_voices, count_voices, measure_voices
from analysis.compare.wire import compare_wire
from analysis.corpus.clean import Cleaned, clean
from analysis.corpus.extract import extract
from analysis.corpus.health import count_per_day, count_removed, describe_outlets
from analysis.corpus.load import SetAsideWarning, load, read
from analysis.corpus.repair import repair
from analysis.corpus.schema import DataError
from analysis.pipeline import list_unused, prepare
from analysis.prepared_corpus import Corpus
from analysis.report.borderline import describe_pairs, tabulate_pairs, write_overrides
from analysis.report.coding import Coding, code_sentences
from analysis.report.coverage import describe_coverage, describe_habits, describe_passed_over
from analysis.report.coverage_tables import (
    tabulate_coverage,
    tabulate_habits,
    tabulate_omissions,
    tabulate_passed_over,
)
from analysis.report.display import (
    show_concordance,
    show_figure,
    show_findings,
    show_method,
    show_table,
)
from analysis.report.events import (
    count_shared,
    describe_event_coverage,
    most_covered_event,
    plot_events,
)
from analysis.report.explorer import explore
from analysis.report.figures import plot_dates, plot_terms, plot_topic_shares
from analysis.report.frames import (
    describe_corrected,
    describe_frames,
    describe_reliability,
    plot_frames,
    tabulate_corrected,
    tabulate_frame_definitions,
    tabulate_frames,
)
from analysis.report.health import show_health
from analysis.report.naming import (
    describe_naming,
    find_certain,
    plot_naming,
    tabulate_lexicon,
    tabulate_naming,
)
from analysis.report.overview import describe_calibration, describe_corpus, describe_dates
from analysis.report.removed import show_removed
from analysis.report.scatter import plot_keyness
from analysis.report.selection_figure import plot_selection_framing
from analysis.report.selection_framing import describe_selection_framing, describe_within
from analysis.report.sentences import (
    describe_term,
    describe_terms,
    describe_topic,
    describe_topic_shares,
)
from analysis.report.side_by_side import show_side_by_side
from analysis.report.tables import tabulate_terms
from analysis.report.voice_tables import (
    compare_own_and_quoted,
    plot_voices,
    tabulate_cues,
    tabulate_people,
    tabulate_unheard,
    tabulate_voices,
)
from analysis.report.voices import (
    describe_cues,
    describe_diversity,
    describe_reading,
    describe_unheard,
    describe_voice,
    describe_voices,
)
from analysis.report.voices_view import show_voices
from analysis.report.wire import (
    describe_selection,
    describe_wire,
    describe_wire_change,
    describe_wire_changes,
    tabulate_wire_changes,
)
from analysis.text.concordance import concordance
from analysis.text.counts import Counts, tfidf
from analysis.text.event_borderline import borderline_pairs
from analysis.text.event_tables import describe_events
from analysis.text.events import group_events
from analysis.text.quotes import find_quotes
from analysis.text.reuse import find_reuse, group_copies
from analysis.text.sentences import split_sentences
from analysis.text.sides import label_sides
from analysis.text.speakers import Speakers, name_speakers
from analysis.text.stances import label_stances
from analysis.text.stop_words import stop_words
from analysis.text.tokens import TOKEN_PATTERN, Tokens, tokenize
from analysis.text.voices import mark_voices
from analysis.text.wire import label_wire
from analysis.text.wire_labels import add_wire, find_repeats
from analysis.text.wire_selection import count_wire, select_wire

__all__ = [
    "TOKEN_PATTERN",
    "Cleaned",
    "Coding",
    "Corpus",
    "Counts",
    "DataError",
    "FrameLexicon",
    "FrameModel",
    "FrameScores",
    "NamingLexicon",
    "SetAsideWarning",
    "Speakers",
    "Tokens",
    "Topics",
    "add_topic",
    "add_wire",
    "align_sentences",
    "borderline_pairs",
    "calibrate",
    "check_corpus",
    "check_frames",
    "choose_n_topics",
    "clean",
    "code_sentences",
    "compare_coverage",
    "compare_cues",
    "compare_frames",
    "compare_naming",
    "compare_own_and_quoted",
    "compare_selection",
    "compare_sides",
    "compare_terms",
    "compare_topics",
    "compare_voices",
    "compare_wire",
    "concordance",
    "correct_prevalence",
    "count_cues",
    "count_differences",
    "count_per_day",
    "count_removed",
    "count_shared",
    "count_voices",
    "count_wire",
    "count_within",
    "describe_calibration",
    "describe_corpus",
    "describe_corrected",
    "describe_coverage",
    "describe_cues",
    "describe_dates",
    "describe_diversity",
    "describe_event_coverage",
    "describe_events",
    "describe_frames",
    "describe_habits",
    "describe_naming",
    "describe_outlets",
    "describe_pairs",
    "describe_passed_over",
    "describe_reading",
    "describe_reliability",
    "describe_selection",
    "describe_selection_framing",
    "describe_term",
    "describe_terms",
    "describe_topic",
    "describe_topic_shares",
    "describe_topics",
    "describe_unheard",
    "describe_voice",
    "describe_voices",
    "describe_wire",
    "describe_wire_change",
    "describe_wire_changes",
    "describe_within",
    "draw_sample",
    "explore",
    "extract",
    "find_beside",
    "find_certain",
    "find_evidence",
    "find_frame_evidence",
    "find_gaps",
    "find_items",
    "find_loaded",
    "find_loaded_evidence",
    "find_naming",
    "find_naming_evidence",
    "find_omission_evidence",
    "find_passed_over",
    "find_quotes",
    "find_repeats",
    "find_reuse",
    "find_unheard",
    "fit_frames",
    "fit_topics",
    "group_copies",
    "group_events",
    "krippendorff_alpha",
    "label_sides",
    "label_stances",
    "label_wire",
    "list_omissions",
    "list_unused",
    "load",
    "mark_voices",
    "measure_articles",
    "measure_diversity",
    "measure_voices",
    "most_covered_event",
    "name_speakers",
    "plot_dates",
    "plot_events",
    "plot_frames",
    "plot_keyness",
    "plot_naming",
    "plot_selection_framing",
    "plot_terms",
    "plot_topic_shares",
    "plot_voices",
    "prepare",
    "read",
    "read_codes",
    "read_frames",
    "read_naming",
    "repair",
    "sample_articles",
    "score_frames",
    "select_wire",
    "show_concordance",
    "show_figure",
    "show_findings",
    "show_health",
    "show_method",
    "show_removed",
    "show_side_by_side",
    "show_table",
    "show_uses",
    "show_voices",
    "split_sentences",
    "stop_words",
    "suggest_alternations",
    "summarise_omissions",
    "summarise_outlets",
    "tabulate_corrected",
    "tabulate_coverage",
    "tabulate_cues",
    "tabulate_frame_definitions",
    "tabulate_frames",
    "tabulate_habits",
    "tabulate_lexicon",
    "tabulate_naming",
    "tabulate_omissions",
    "tabulate_pairs",
    "tabulate_passed_over",
    "tabulate_people",
    "tabulate_terms",
    "tabulate_unheard",
    "tabulate_voices",
    "tabulate_wire_changes",
    "tfidf",
    "tokenize",
    "write_alternations",
    "write_overrides",
    "write_sample",
]
