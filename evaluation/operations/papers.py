"""Papers and enquiries: received at any time; what comes after the close of evidence is kept but not considered."""

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.models import Answer, Document, Enquiry, Entry, Round
from evaluation.policies import require_own_team
from evaluation.verbs import ANSWER, ASK, FILE_DOCUMENT


@operation(FILE_DOCUMENT)
def file_document(entry: Entry, *, kind: str, title: str, actor: Actor, now: datetime) -> Document:
    """Receive a paper of a team. At or after `evidence_closes` it is late: kept, stamped, shown, not considered."""
    require_own_team(actor, entry.team)
    round = Round.objects.shared(entry.round_id)
    why = lateness(round, now)
    document = Document.objects.create(
        round=round,
        team=entry.team,
        kind=stated(kind, _("종류")),
        title=stated(title, _("제목")),
        filed_by=actor.person(),
        received_at=now,
        late=bool(why),
        not_considered_because=why,
    )
    record(FILE_DOCUMENT, document, at=now, team=entry.team.code, kind=kind, late=bool(why))
    return document


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


def lateness(round: Round, now: datetime) -> str:
    """Why evidence that arrives at `now` is not considered: it comes at or after the close; empty where it is in time.

    A paper and a declaration are judged alike.
    """
    closes = round.evidence_closes
    if closes is None or now < closes:
        return ""
    local = closes.astimezone(round.programme.zone)
    return f"자료 제출 마감({local:%Y-%m-%d %H:%M}) 뒤에 접수되어 평가에 반영하지 않습니다."
