"""The forms in which a team writes an application: what it is about, and a file for each kind of paper."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.operations.applying import Paper, require_content
from appeals.policies import answerable
from consortia.models import ApplicationDraft, Call, CallGuide, Team
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import refusal

OTHER = _("그 밖의 서류")
_KINDS_OF_FILES = _("PDF, 한글, 워드, 엑셀, 그림 파일. 하나에 20MB까지, 모두 20개까지 낼 수 있습니다.")


class PapersForm(OperationForm):
    """A field of files for each kind for which the call asks, and one for others."""

    summary = fields.long_text(_("응모 요지"), rows=6, required=False)

    def choose(self) -> None:
        self.kinds = kinds_of(self.subject)
        for place, kind in enumerate(self.kinds):
            self.fields[f"paper_{place}"] = fields.files(kind, required=False)
        self.fields["other_kind"] = fields.text(_("그 밖의 서류의 종류"), max_length=64, required=False)
        self.fields["other"] = fields.files(OTHER, required=False, help_text=_KINDS_OF_FILES)
        teams = teams_of(self.subject, self.actor.person())
        if len(teams) > 1:
            chosen = fields.thing(_("정예팀"), Team.objects.filter(pk__in=[team.pk for team in teams]))
            self.fields["team"] = chosen
            self.order_fields(["team"])
        self.only = teams[0] if len(teams) == 1 else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.only is not None:
            given["team"] = self.only
        elif "team" not in self.fields:
            raise forms.ValidationError(_("이 공모에 응모할 수 있는 팀의 담당자가 아닙니다."))
        if given.get("other") and not given.get("other_kind"):
            self.add_error("other_kind", _("어떤 서류인지 적어 주십시오."))
        given["kinds"] = self.kinds
        return given


class ApplyForm(PapersForm):
    """At once: with a file for every kind for which the call asks; where it asks for none, with a text or a file."""

    def choose(self) -> None:
        super().choose()
        for place in range(len(self.kinds)):
            self.fields[f"paper_{place}"].required = True

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        files = [file for name in self.file_fields() for file in given.get(name) or ()]
        if not self.errors and (missing := refusal(require_content, given["summary"], files)):
            self.add_error("summary", missing)
        return given


class DraftForm(PapersForm):
    """Begins with what the team has written; its papers are kept, and more may be put beside them."""

    def choose(self) -> None:
        super().choose()
        if self.only is not None:
            draft = ApplicationDraft.objects.filter(call=self.subject, team=self.only).first()
            self.fields["summary"].initial = draft.summary if draft else ""


def papers_in(given: Mapping[str, Any]) -> list[Paper]:
    """What was received, each with its kind."""
    asked = [Paper(kind, file) for place, kind in enumerate(given["kinds"]) for file in given[f"paper_{place}"]]
    return [*asked, *(Paper(given["other_kind"], file) for file in given["other"])]


def kinds_of(call: Call) -> list[str]:
    """The kinds of paper for which the call asks."""
    guide = CallGuide.objects.filter(call=call).first()
    return list(guide.documents) if guide else []


def teams_of(call: Call, account: Any) -> list[Team]:
    """The person's own teams that may answer the call."""
    return answerable(account).get(call.pk, [])
