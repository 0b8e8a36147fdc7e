"""Every sentence for people is in English too; what is Korean alone is stored, a document, or for a terminal."""

import pytest

from tests.architecture.sources import code
from tests.wording.catalogues import blanks, compiled, written
from tests.wording.sources import marked, unmarked

# Whatever is stored, is an official document or is read in a terminal is told in Korean, whoever acts.
KOREAN_ALONE = {
    "appeals/management/": "terminal",
    "consortia/management/": "terminal",
    "core/management/": "terminal",
    "evaluation/management/": "terminal",
    "rehearsal/": "terminal",
    "config/local/": "terminal, in both languages at once",
    "core/ledger/verifier.py": "terminal, with the Korean and the English sentence side by side",
    "core/calendar/seed.py": "terminal: the nightly check of the calendar",
    "core/calendar/words.py": "dates, told in either language by the code itself",
    "config/formats/ko/": "dates in Korean",
    "config/settings/": "the name of the site, and of its API",
    "appeals/operations/reminding.py": "mail, in Korean",
    "evaluation/operations/reminding.py": "mail, in Korean",
    "appeals/operations/completing.py": "a stored reason",
    "appeals/operations/closing.py": "the record of what a job did",
    "appeals/operations/guiding.py": "a stored part of an official notice",
    "appeals/operations/wording.py": "an official notice",
    "appeals/rules/decision_text.py": "a decision's document",
    "appeals/sweeps.py": "the record of what a job did",
    "evaluation/sweeps.py": "the record of what a job did",
    "consortia/operations/programmes.py": "a stored name",
    "consortia/queries.py": "an official notice",
    "consortia/rules/notice.py": "an official notice",
    "consortia/readers/rosters.py": "headings of files that people exchange",
    "evaluation/readers/panels.py": "headings of files that people exchange",
    "core/operations/decisions.py": "a stored reason",
    "evaluation/operations/carrying.py": "a stored account of what was brought in",
    "evaluation/operations/uploads.py": "a stored reason",
    "evaluation/operations/conflicts.py": "a stored reason",
    "evaluation/operations/papers.py": "a stored reason",
    "evaluation/queries/notice_lines.py": "a notice",
    "evaluation/queries/notices.py": "a notice",
    "evaluation/api/serializers.py": "the mark 예시 itself",
    "appeals/models/papers.py": "a number on a receipt",
    "consortia/models/application.py": "a number on a receipt",
}


def test_every_sentence_is_in_english():
    english = {entry.msgid: entry.msgstr for entry in written("en")}
    assert [f"{found.place}: {found.msgid!r}" for found in marked() if not english.get(found.msgid)] == []


def test_no_sentence_in_english_has_lost_its_place():
    known = {found.msgid for found in marked()}
    assert [entry.msgid for entry in written("en") if entry.msgid not in known] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_translation_fills_in_what_its_sentence_does(language: str):
    wrong = [entry.msgid for entry in written(language) if entry.msgstr and blanks(entry.msgid) != blanks(entry.msgstr)]
    assert wrong == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_site_reads_is_what_was_written(language: str):
    def pairs(catalogue):
        return {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in catalogue if not entry.obsolete}

    assert [entry.msgid for entry in written(language) if entry.fuzzy] == []
    assert pairs(compiled(language)) == pairs(written(language))


def test_what_is_korean_alone_is_known_and_why():
    places = [(place, said) for source in code() for place, said in unmarked(source)]
    assert [each for each in places if not each[0].startswith(tuple(KOREAN_ALONE))] == []
    assert [path for path in KOREAN_ALONE if not any(place.startswith(path) for place, _ in places)] == []
