"""What people may be told in English is in the catalogue, with the same blanks, and nothing slips past it."""

import re
from gettext import GNUTranslations

from tests.architecture.sources import ROOT, layer
from tests.wording.sources import HANGUL, given, marked, unmarked

BLANKS = re.compile(r"%\(\w+\)s|%%|\{\w*(?:[:!][^}]*)?\}|<[^>]+>")
_ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)

# Korean for everybody, each for its reason.
KOREAN = {
    # Words that are stored: what a receipt is called, what a record or a message says, the headings of tables.
    "appeals/models/papers.py",
    "consortia/models/application.py",
    "appeals/operations/closing.py",
    "appeals/operations/guiding.py",
    "appeals/operations/reminding.py",
    "appeals/operations/wording.py",
    "consortia/operations/programmes.py",
    "consortia/operations/roster_imports.py",
    "core/operations/decisions.py",
    "core/operations/verifications.py",
    "evaluation/operations/carrying.py",
    "evaluation/operations/conflicts.py",
    "evaluation/operations/reminding.py",
    "evaluation/operations/exports.py",
    "evaluation/operations/recounts.py",
    "evaluation/operations/supposings.py",
    "evaluation/operations/uploads.py",
    "consortia/readers/members.py",
    "consortia/readers/rosters.py",
    "evaluation/readers/panels.py",
    # Official documents.
    "consortia/queries.py",
    "evaluation/queries/notice_lines.py",
    "evaluation/queries/notices.py",
    # Says, in the English of the schema, what the Korean mark is.
    "evaluation/api/serializers.py",
}


# A library's English that is said otherwise here, where it would promise what the panel does not do.
OF_LIBRARIES = {"Search apps and models..."}


def english() -> GNUTranslations:
    with (ROOT / "locale/en/LC_MESSAGES/django.mo").open("rb") as compiled:
        return GNUTranslations(compiled)


def test_every_korean_sentence_has_its_english():
    """A new sentence is named with its place until `locale/en` has it: see CONTRIBUTING."""
    known = english()
    lacking = [f"{found.place} {found.msgid}" for found in marked() if known.gettext(found.msgid) == found.msgid]
    assert lacking == []


def test_english_has_the_same_blanks_and_no_hangul():
    known = english()
    wrong = [
        f"{found.place} {found.msgid} → {known.gettext(found.msgid)}"
        for found in marked()
        if set(BLANKS.findall(found.msgid)) != set(BLANKS.findall(known.gettext(found.msgid)))
        or HANGUL.search(known.gettext(found.msgid))
    ]
    assert wrong == []


def test_every_sentence_is_given_exactly_what_its_blanks_ask_for():
    found = list(given())
    assert len(found) > 200
    assert [each for each in found if each[1] != each[2]] == []


def test_the_compiled_catalogue_is_what_the_written_one_says():
    """Both are kept in the repository: nobody needs gettext to run the site, and a forgotten `msgfmt` is found here."""
    written = (ROOT / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    pairs = {_read(msgid): _read(msgstr) for msgid, msgstr in _ENTRY.findall(written)}
    known = english()
    assert len(pairs) > 1900
    assert {msgid: known.gettext(msgid) for msgid in pairs} == pairs


def test_the_catalogue_holds_nothing_that_is_nowhere():
    written = (ROOT / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    used = {found.msgid for found in marked()} | OF_LIBRARIES
    assert [_read(msgid) for msgid, _msgstr in _ENTRY.findall(written) if _read(msgid) not in used] == []


def _read(written: str) -> str:
    return written.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")


def test_no_sentence_for_people_stands_outside_the_catalogue():
    found = {
        source.path
        for source in layer(
            *("admin", "api", "views", "operations", "queries", "policies", "models", "states", "verbs", "readers")
        )
        if any(True for _ in unmarked(source))
    }
    assert found - KOREAN - {"core/ledger/verifier.py"} == set()
    assert KOREAN - found == set()
