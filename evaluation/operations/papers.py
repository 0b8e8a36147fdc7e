"""Papers and enquiries: received at any time; what comes after the close of evidence is kept but not considered."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.attachments.receiving import Received, require_few
from core.errors import Code, Refused
from core.events import record
from core.models import Attachment
from core.operation import operation
from core.operations.attachments import take_in
from core.text import stated
from evaluation.models import Answer, Document, DocumentFile, Enquiry, Entry, Round
from evaluation.operations.inputs import hold, hold_entry
from evaluation.policies import require_own_team
from evaluation.verbs import ANSWER, ASK, FILE_DOCUMENT


@operation(FILE_DOCUMENT)
def file_document(
    entry: Entry, *, kind: str, title: str, files: Sequence[Received] = (), actor: Actor, now: datetime
) -> Document:
    """Receive a paper of a team, with its files or on paper alone.

    At or after `evidence_closes` it is late: kept, stamped, shown, not considered. The same words with the same files
    again are the paper that stands, whose moment counts; a paper without a file is another one each time, since nothing
    tells that it is the same.

    Refused: `not_entitled` for another's team, `incomplete` without kind or title, `out_of_range` for too many files.
    """
    require_own_team(actor, entry.team)
    round = hold(entry.round_id)
    kind, title = stated(kind, _("종류")), stated(title, _("제목"))
    require_few(files)
    standing = _the_same(entry, kind, title, files)
    if standing is not None:
        return standing
    why = round.lateness(now)
    document = Document.objects.create(
        round=round,
        team=entry.team,
        kind=kind,
        title=title,
        filed_by=actor.person(),
        received_at=now,
        late=bool(why),
        not_considered_because=why,
    )
    taken = [take_in(file, actor=actor, now=now) for file in files]
    DocumentFile.objects.bulk_create(DocumentFile(document=document, attachment=each) for each in taken)
    came = {"files": {file.name: file.sha256 for file in files}} if files else {}
    record(FILE_DOCUMENT, document, at=now, team=entry.team.code, kind=kind, late=bool(why), **came)
    return document


def _the_same(entry: Entry, kind: str, title: str, files: Sequence[Received]) -> Document | None:
    """The team's paper of these words with files of exactly these names and contents, looked for one at a time."""
    if not files:
        return None
    hold_entry(entry)
    given = sorted((file.name, file.sha256) for file in files)
    papers = Document.objects.filter(round=entry.round_id, team=entry.team_id, kind=kind, title=title)
    return next((each for each in papers.prefetch_related("files") if _digests(each.files.all()) == given), None)


def _digests(files: Iterable[Attachment]) -> list[tuple[str, str]]:
    return sorted((file.name, file.sha256) for file in files)


def hold_round_of(pk: int) -> Round:
    """The round of an entry, held as an input to it holds it; by the door that reads the clock under this lock."""
    return hold(Entry.objects.values_list("round_id", flat=True).get(pk=pk))


def hold_rounds_of_team(pk: int) -> Sequence[Round]:
    """The rounds in which a team takes part, held likewise: which of them the paper is for, the form alone tells."""
    return Round.objects.shared_by_team(pk)


@operation(ASK)
def ask(entry: Entry, *, code: str, text: str, actor: Actor, now: datetime) -> Enquiry:
    """Put a question to the officials. The same again is returned; another under the same number is `duplicate`.

    A number is used once in a programme: an answer names nothing else.
    """
    require_own_team(actor, entry.team)
    round = Round.objects.shared(entry.round_id)
    text = stated(text, _("질의"))
    standing = Enquiry.objects.filter(round__programme=round.programme_id, code=code).first()
    if standing is not None:
        if (standing.round_id, standing.team_id, standing.text) == (round.pk, entry.team_id, text):
            return standing
        raise Refused(Code.DUPLICATE, format_lazy(_("이미 있는 질의 번호입니다: {code}"), code=code), enquiry=code)
    enquiry = Enquiry.objects.create(
        round=round, team=entry.team, code=code, text=text, asked_by=actor.person(), asked_at=now
    )
    record(ASK, enquiry, at=now, team=entry.team.code)
    return enquiry


@operation(ANSWER)
def answer(enquiry: Enquiry, *, text: str, actor: Actor, now: datetime) -> Answer:
    """Give the official answer. The same again is returned; another one is `duplicate`, for the first one binds."""
    text = stated(text, _("답변"))
    Round.objects.shared(enquiry.round_id)
    standing = Answer.objects.filter(enquiry=enquiry).first()
    if standing is not None:
        if standing.text == text:
            return standing
        raise Refused(
            Code.DUPLICATE, format_lazy(_("이미 답변한 질의입니다: {code}"), code=enquiry.code), enquiry=enquiry.code
        )
    given = Answer.objects.create(enquiry=enquiry, text=text, answered_by=actor.person(), answered_at=now)
    record(ANSWER, enquiry, at=now, text=text)
    return given
