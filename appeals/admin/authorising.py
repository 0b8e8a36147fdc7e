"""Authorising the additional call: its terms, the papers that it asks for, and its notice to be read before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from appeals.operations.authorising import AS_MANY_AS_VACANT, MOST_NOTICE_DAYS
from appeals.operations.guiding import notice_to_be
from appeals.verbs import AUTHORISE_CALL
from consortia.models import Call
from consortia.rules.notice import ELIGIBLE, eligible_words
from core.actors import Actor
from core.admin import fields
from core.admin.deciding import approval_refused
from core.admin.forms import OperationForm
from core.admin.pages import on
from core.admin.previewing import Previewed
from core.models import Decision
from core.models.decision import DecisionState
from core.sentences import Sentence
from core.wording import joined, told_lazily
from evaluation.admin.round_decisions import RoundDecision
from evaluation.models import Round
from evaluation.states import VacancyRule

ELIGIBLE_CHOICES = [(group, told_lazily(Sentence(words))) for group, words in ELIGIBLE.items()]


class CallForm(OperationForm):
    call = fields.text(_("공모 코드"), max_length=64, help_text=_("소문자, 숫자, 밑줄, 붙임표. 예: additional-1"))
    seats = fields.whole(_("자리 수"), required=False, min_value=1, help_text=_("비워 두면 공석 모두"))
    notice_days = fields.whole(_("공고 기간(일)"), min_value=1, max_value=MOST_NOTICE_DAYS)
    shortening_reason = fields.reason(_("공고기간 단축 사유"), required=False)
    eligible = fields.several(_("응모 자격"), ELIGIBLE_CHOICES, initial=list(ELIGIBLE))
    documents = fields.long_text(
        _("제출 서류"),
        required=False,
        help_text=_("한 줄에 한 종류씩 적습니다. 응모할 때 종류마다 파일이 하나 이상 있어야 합니다."),
    )
    terms = fields.long_text(
        _("지원 조건"),
        required=False,
        help_text=_("한 줄에 하나씩 항목=내용으로 적습니다. 선정된 팀 모두에게 같습니다."),
    )
    exceptions = fields.long_text(
        _("지원 예외"),
        required=False,
        help_text=_("한 줄에 하나씩 팀이나 기관의 코드 / 항목 / 사유를 빗금으로 나누어 적습니다."),
    )
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        least = self.subject.programme.least_notice_days
        self.fields["notice_days"].help_text = _("이 사업의 최소 공고 기간은 %(days)s일입니다.") % {"days": least}
        if least == 1:  # nothing is shorter
            del self.fields["shortening_reason"]
            return
        self.fields["shortening_reason"].help_text = _(
            "공고 기간이 %(days)s일보다 짧으면 적어야 하며, 공고에 실립니다."
        ) % {"days": least}

    def clean_documents(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["documents"].splitlines() if line.strip()]

    def clean_exceptions(self) -> list[dict[str, str | None]]:
        programme = self.subject.programme
        teams = set(programme.teams.values_list("code", flat=True))
        found: list[dict[str, str | None]] = []
        for line in filter(str.strip, self.cleaned_data["exceptions"].splitlines()):
            whom, sign, rest = (part.strip() for part in line.partition("/"))
            what, second, reason = (part.strip() for part in rest.partition("/"))
            if not (sign and second and whom and what and reason):
                raise forms.ValidationError(_("코드 / 항목 / 사유로 적어야 합니다: %(line)s"), params={"line": line})
            team = whom if whom in teams else None
            organisation = None if team else whom
            found.append({"team": team, "organisation": organisation, "line": what, "reason": reason})
        return found

    def clean_terms(self) -> dict[str, str]:
        pairs = [line.partition("=") for line in self.cleaned_data["terms"].splitlines() if line.strip()]
        if any(not name.strip() or not sign or not value.strip() for name, sign, value in pairs):
            self.add_error("terms", _("항목=내용으로 적어야 합니다."))
        return {name.strip(): value.strip() for name, _sign, value in pairs}


@on(Round)
class AuthoriseCall(Previewed, RoundDecision):
    """Prepares the decision that a call be opened for the round's vacancy."""

    verb = AUTHORISE_CALL
    form_class = CallForm
    brief_needs = ()
    template = "panel/authorise.html"
    icon = "how_to_reg"

    def concerns(self, subject: Round) -> bool:
        return subject.vacancy == VacancyRule.RECRUIT

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        call = Call.objects.filter(authorisation__round=subject, authorisation__lapsed=False).first()
        return str(_("이미 승인한 추가 공모가 있습니다: %(call)s") % {"call": call.code}) if call else ""

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "call": given["call"],
            "seats": given["seats"] or AS_MANY_AS_VACANT,
            "notice_days": given["notice_days"],
            "eligible": given["eligible"],
            "terms": {**given["terms"], "exceptions": given["exceptions"]},
            "documents": given["documents"],
            "shortening_reason": given.get("shortening_reason", ""),
        }

    def preview_label(self) -> Any:
        return _("공고문 미리 보기")

    def preview(self, subject: Round, form: OperationForm) -> dict[str, Any]:
        hint = _("아직 아무것도 기안하지 않았습니다.")
        return {"notice": _notice(subject, self.arguments(subject, form.cleaned_data)), "hint": hint}

    @classmethod
    def foreseen(cls, decision: Decision, subject: Round, *, reader: Actor, now: datetime) -> str:
        """The notice that it would let be published; once approved the call's own page has it."""
        if decision.state != DecisionState.PREPARED:
            return ""
        refused = approval_refused(decision, subject, now=now)
        context = {"notice": _notice(subject, decision.arguments), "refusal": refused}
        return render_to_string("panel/notice_to_be.html", context)

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        terms = arguments.get("terms") or {}
        return [
            *cls.in_brief(subject, arguments),
            *([(_("단축 사유"), arguments["shortening_reason"])] if arguments.get("shortening_reason") else []),
            (_("응모 자격"), joined(eligible_words(arguments.get("eligible", tuple(ELIGIBLE))))),
            (_("제출 서류"), ", ".join(arguments.get("documents") or ()) or _("없음")),
            (_("지원 조건"), "; ".join(f"{name}: {terms[name]}" for name in terms if name != "exceptions") or "—"),
            (_("지원 예외"), "; ".join(_exception(each) for each in terms.get("exceptions", ())) or _("없음")),
        ]

    @classmethod
    def in_brief(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        """Terms and papers are lists of their own."""
        seats = arguments.get("seats", AS_MANY_AS_VACANT)
        return [
            (_("공모 코드"), arguments["call"]),
            (_("자리 수"), _("공석 모두") if seats == AS_MANY_AS_VACANT else seats),
            (_("공고 기간"), _("%(days)s일") % {"days": arguments["notice_days"]}),
        ]

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("이의신청이 끝나 결과가 확정되고 공석이 있으면, 시스템이 이 승인에 따라 공모를 한 번 엽니다."),
            _("공석 없이 확정되면 이 공모는 무효가 됩니다."),
        ]


def _notice(round: Round, arguments: Mapping[str, Any]) -> str:
    """The notice of what is, or would be, prepared."""
    seats = arguments.get("seats", AS_MANY_AS_VACANT)
    return notice_to_be(
        round,
        seats=None if seats == AS_MANY_AS_VACANT else seats,
        notice_days=arguments["notice_days"],
        eligible=arguments.get("eligible", tuple(ELIGIBLE)),
        terms=arguments.get("terms") or {},
        documents=arguments.get("documents") or (),
        shortening_reason=arguments.get("shortening_reason", ""),
    )


def _exception(each: Mapping[str, Any]) -> str:
    return f"{each['team'] or each['organisation']} · {each['line']}: {each['reason']}"
