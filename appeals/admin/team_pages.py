"""What a team's own people do about their result: object, give up objecting, complete, change, take back, challenge."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.admin import team_forms
from appeals.models import Appeal, AppealReviewer, CompletionRequest, Waiver
from appeals.operations.challenging import challenge_reviewer
from appeals.operations.completing import amend_appeal, complete_appeal
from appeals.operations.filing import file_appeal, hold_appeal, hold_noticed, withdraw_appeal
from appeals.operations.waiving import waive_appeal
from appeals.policies import require_may_object
from appeals.queries.closing import own_window, require_in_time
from appeals.queries.statements import appeal_code
from appeals.states import APPEAL, UNDECIDED, AppealState, Ground
from appeals.verbs import (
    AMEND_APPEAL,
    CHALLENGE_REVIEWER,
    COMPLETE_APPEAL,
    FILE_APPEAL,
    WAIVE_APPEAL,
    WITHDRAW_APPEAL,
)
from core.actors import Actor
from core.admin.pages import OperationPage, on, refusal
from core.errors import Refused
from core.templatetags.simsa import until
from evaluation.models import Notice


class ObjectingPage(OperationPage):
    """What follows while the window runs. The window is the one that counts for the team, whichever is open."""

    holds = hold_noticed

    def blocked(self, subject: Notice, *, actor: Actor, now: datetime) -> str:
        return refusal(_require_open, subject, now)

    def window(self, subject: Notice, now: datetime) -> str:
        """Until when, in words."""
        try:
            return until(own_window(subject.entry, now).window_closes_at)
        except Refused:
            return "—"


def _require_open(notice: Notice, now: datetime) -> None:
    """What the operations themselves ask first, for the button."""
    require_may_object(notice.entry)
    require_in_time(notice.entry.round, own_window(notice.entry, now), now)


@on(Notice)
class FileAppeal(ObjectingPage):
    verb = FILE_APPEAL
    form_class = team_forms.FileForm
    icon = "front_hand"

    def follows(self, subject: Notice, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("이의신청 기한: %(until)s") % {"until": self.window(subject, now)},
            _("같은 사유로는 한 번만 이의신청할 수 있습니다. 결정 전에는 내용을 바꾸거나 취하할 수 있습니다."),
            _(
                "접수하면 접수번호와 파일마다의 요약값(SHA-256)을 적은 접수증이 나옵니다. "
                "접수한 날부터 30일 안에 결정합니다."
            ),
        ]

    def perform(self, subject: Notice, given: dict[str, Any], *, actor: Actor, now: datetime) -> Appeal:
        ground = Ground(given.pop("ground"))
        appeal: Appeal = file_appeal(
            subject.entry,
            code=appeal_code(subject.entry, ground),
            ground=ground,
            statement=given["statement"],
            files=given["papers"],
            actor=actor,
            now=now,
        )
        return appeal

    def done(self, subject: Notice, result: Appeal) -> Any:
        return _("이의신청을 접수했습니다. 접수번호 %(number)s") % {"number": result.receipt.number}

    def after(self, subject: Notice, result: Appeal) -> str:
        return self.admin.address(result)


@on(Notice)
class WaiveAppeal(ObjectingPage):
    verb = WAIVE_APPEAL
    form_class = team_forms.WaiveForm
    icon = "do_not_disturb_on"
    dangerous = True

    def follows(self, subject: Notice, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("이의신청 기한: %(until)s") % {"until": self.window(subject, now)},
            _("포기하면 되돌릴 수 없고, 이 결과에 다시 이의신청할 수 없습니다."),
            _("진출하지 못한 팀이 모두 포기하면 이의신청 기간을 일찍 끝낼 수 있습니다."),
        ]

    def perform(self, subject: Notice, given: dict[str, Any], *, actor: Actor, now: datetime) -> Waiver:
        waiver: Waiver = waive_appeal(subject.entry, actor=actor, now=now)
        return waiver

    def done(self, subject: Notice, result: Waiver) -> Any:
        return _("%(team)s: 이의신청을 포기했습니다.") % {"team": subject.entry}


class OwnAppealPage(OperationPage):
    """What the team does with its appeal until it is decided."""

    holds = hold_appeal

    def concerns(self, subject: Appeal) -> bool:
        return subject.state in UNDECIDED


@on(Appeal)
class CompleteAppeal(OwnAppealPage):
    verb = COMPLETE_APPEAL
    form_class = team_forms.CompleteForm
    icon = "playlist_add_check"

    def concerns(self, subject: Appeal) -> bool:
        return subject.state in UNDECIDED and subject.completion_requests.filter(completion=None).exists()

    def follows(self, subject: Appeal, *, actor: Actor, now: datetime) -> Sequence[Any]:
        waiting = subject.completion_requests.filter(completion=None).order_by("pk")
        return [
            _("%(text)s — 기한 %(until)s") % {"text": each.text, "until": until(each.until)} for each in waiting
        ] + [_("보완은 요구마다 한 번만 낼 수 있습니다. 기한이 지나면 받되 늦었다고 적습니다.")]

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        request: CompletionRequest = given["request"]
        return complete_appeal(request, text=given["text"], files=given["papers"], actor=actor, now=now)

    def done(self, subject: Appeal, result: Any) -> Any:
        return (
            (_("보완을 접수했습니다. %(late)s") % {"late": result.why_late})
            if result.late
            else _("보완을 접수했습니다.")
        )


@on(Appeal)
class AmendAppeal(OwnAppealPage):
    verb = AMEND_APPEAL
    form_class = team_forms.AmendForm
    icon = "edit"

    def follows(self, subject: Appeal, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [_("앞의 내용은 지워지지 않고 앞의 판으로 남습니다. 사유 구분은 바꿀 수 없습니다.")]

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return amend_appeal(subject, statement=given["statement"], files=given["papers"], actor=actor, now=now)

    def done(self, subject: Appeal, result: Any) -> Any:
        return _("%(appeal)s의 내용을 바꾸었습니다.") % {"appeal": subject}


@on(Appeal)
class ChallengeReviewer(OwnAppealPage):
    verb = CHALLENGE_REVIEWER
    form_class = team_forms.ChallengeForm
    icon = "person_off"

    def concerns(self, subject: Appeal) -> bool:
        return subject.state == AppealState.ADMITTED and subject.reviewers.filter(end=None, challenge=None).exists()

    def follows(self, subject: Appeal, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [_("기피 신청을 결정할 때까지 심의를 멈춥니다. 위원의 이름은 결과가 확정될 때까지 알리지 않습니다.")]

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        reviewer = AppealReviewer.objects.get(appeal=subject, pk=given["reviewer"])
        return challenge_reviewer(reviewer, reason=given["reason"], actor=actor, now=now)

    def done(self, subject: Appeal, result: Any) -> Any:
        return _("%(appeal)s: 기피를 신청했습니다.") % {"appeal": subject}


@on(Appeal)
class WithdrawAppeal(OwnAppealPage):
    verb = WITHDRAW_APPEAL
    form_class = team_forms.WithdrawForm
    icon = "logout"
    dangerous = True

    def blocked(self, subject: Appeal, *, actor: Actor, now: datetime) -> str:
        return refusal(APPEAL.require, subject.state, "withdraw")

    def follows(self, subject: Appeal, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [_("취하는 되돌릴 수 없고, 같은 사유로 다시 이의신청할 수 없습니다.")]

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return withdraw_appeal(subject, actor=actor, now=now)

    def done(self, subject: Appeal, result: Any) -> Any:
        return _("%(appeal)s: 취하했습니다.") % {"appeal": subject}
