"""Handing in a paper: a team's people for their own team, officials for any team that has handed it to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on
from core.errors import Refused
from evaluation.admin.evidence_words import closed_note, closing_words
from evaluation.models import Document, Entry, Round
from evaluation.operations.papers import file_document, hold_round_of, hold_rounds_of_team
from evaluation.queries.lookup import entry_of
from evaluation.verbs import FILE_DOCUMENT

AGAIN = _("파일은 다시 골라 주십시오.")


class FilingForm(OperationForm):
    kind = fields.text(_("종류"), max_length=64, help_text=_("예: 기술 보고서, 학습 로그, 소명서"))
    title = fields.text(_("제목"))
    papers = fields.files(_("첨부 파일"), required=False, help_text=fields.WHICH_FILES)

    def clean(self) -> dict[str, Any]:
        """A browser does not keep what was chosen: whoever has to send the form anew is told to choose again."""
        given = super().clean() or {}
        if self.errors and given.get("papers"):
            self.add_error("papers", AGAIN)
        return given

    def show_refusal(self, refused: Refused) -> None:
        """What is wrong with a file stands beside the files."""
        chosen = bool(self.cleaned_data.get("papers"))
        if {"file", "files"} & set(refused.facts):
            self.add_error("papers", str(refused))
        else:
            super().show_refusal(refused)
        if chosen:
            self.add_error("papers", AGAIN)


class OwnFilingForm(FilingForm):
    """A team says in which of its rounds: it sees no page of a round."""

    round = fields.thing(_("단계평가"), Round.objects.none(), empty_label=None)
    field_order = ("round", "kind", "title", "papers")

    def choose(self) -> None:
        rounds = rounds_of(self.subject)
        over = {each.pk for each in rounds if each.lateness(self.now)}
        field = self.fields["round"]
        field.queryset = Round.objects.filter(pk__in=[each.pk for each in rounds]).order_by("-number")  # type: ignore[attr-defined]
        field.initial = next((each.pk for each in rounds if each.pk not in over), None)
        field.label_from_instance = lambda each: f"{each} · {_('마감 지남')}" if each.pk in over else str(each)  # type: ignore[attr-defined]


def rounds_of(subject: Entry | Team) -> Sequence[Round]:
    """The entry's round, or those in which the team takes part, the newest first: papers are received at any time."""
    if isinstance(subject, Entry):
        return [subject.round]
    return list(Round.objects.filter(entries__team=subject).select_related("programme").order_by("-number"))


class FilingPage(OperationPage):
    """The one operation, wherever it stands. It is received when its files are here, not when the request began."""

    verb = FILE_DOCUMENT
    icon = "description"

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            *closing_words(rounds_of(subject), now),
            _("접수하면 접수 시각과 파일마다의 요약값(SHA-256)이 나옵니다. 늦게 온 것도 파일과 함께 남습니다."),
            _("낸 자료와 파일은 바꾸거나 지울 수 없습니다. 고친 것은 새 자료로 내고, 앞의 것도 그대로 남습니다."),
            _("담당 공무원과 감사 담당이 읽고, 기한 안에 온 것은 이해관계가 없는 평가위원도 읽습니다."),
        ]

    def beside(self, subject: Any, *, actor: Actor, now: datetime) -> str:
        return closed_note(rounds_of(subject), now)

    def received(self, entry: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        words = {"kind": given["kind"], "title": given["title"], "files": given["papers"]}
        return file_document(entry, **words, actor=actor, now=now)

    def done(self, subject: Any, result: Document) -> Any:
        if result.late:
            return _("%(title)s: 접수했습니다. %(why)s") % {"title": result, "why": result.why_not}
        return _("%(team)s · %(title)s: 접수했습니다.") % {"team": result.team, "title": result}

    def level(self, result: Document) -> int:
        return messages.WARNING if result.late else messages.SUCCESS

    def after(self, subject: Any, result: Document) -> str:
        """The paper's own page says what was received, and when."""
        return self.admin.address(result)


@on(Entry)
class FileDocument(FilingPage):
    """On a team's page in a round, which officials open."""

    form_class = FilingForm
    holds = hold_round_of

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return self.received(subject, given, actor=actor, now=now)


@on(Team)
class FileOwnDocument(FilingPage):
    """On the team's own page, which its people open too."""

    form_class = OwnFilingForm
    holds = hold_rounds_of_team

    def button(self) -> Any:
        """What an official receives, the team hands in."""
        return _("자료 제출")

    def blocked(self, subject: Team, *, actor: Actor, now: datetime) -> str:
        return "" if rounds_of(subject) else str(_("참여하는 단계가 없습니다."))

    def perform(self, subject: Team, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return self.received(entry_of(given["round"], subject.code), given, actor=actor, now=now)
