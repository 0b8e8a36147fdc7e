"""A change of the criteria as a form: every criterion with what may change of it, as it stands now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.admin import fields
from core.admin.forms import OperationForm
from core.roles import Role
from evaluation.queries.criteria import documents_of, lacking_consent
from evaluation.rules.amending import CALLED, FIELDS, flat
from evaluation.rules.document import Document
from evaluation.states import Aggregate, ScaleKind, Source

OF_A_PARENT = ("name_ko", "name_en", "points")
NOT_OF_DIRECT = ("aggregate", "trim", "quorum")
CHOOSE = _("고르십시오")


@dataclass(frozen=True)
class Group:
    """A criterion's fields as the page shows them."""

    name: str
    depth: int
    fields: list[BoundField]

    @property
    def open(self) -> bool:
        """Whether something in it is at fault or has been changed."""
        return any(each.errors or _is_changed(each) for each in self.fields)


class ProposeForm(OperationForm):
    """`changes` are those fields alone whose value is another than it was."""

    reason = fields.reason(_("변경 사유"), help_text=_("모든 참여팀이 봅니다."))
    not_to_foresee = ("reason",)

    def choose(self) -> None:
        self.documents = documents_of(self.subject)
        self.parents = {each["under"] for each in self.documents}
        for number, document in enumerate(self.documents):
            for name in self._of(document):
                field = _field(name, document)
                field.initial = _shown(document)[name]
                self.fields[f"c{number}-{name}"] = field
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def groups(self) -> Iterator[Group]:
        """The criteria in their order."""
        depths: dict[str | None, int] = {None: -1}
        for number, document in enumerate(self.documents):
            depths[document["code"]] = depths.get(document["under"], 0) + 1
            mine = [self[f"c{number}-{name}"] for name in self._of(document)]
            points = _("%(points)s점") % {"points": document["points"]}
            name = f"{document['name']['ko']} ({points})"
            yield Group(name, depths[document["code"]], mine)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        changes = {}
        for number, document in enumerate(self.documents):
            standing, changed = _shown(document), {}
            for name in self._of(document):
                value = str(given.get(f"c{number}-{name}") or "").strip()
                if value.replace("\r\n", "\n") != standing[name]:
                    changed[name] = self._targets(number, value) if name == "targets" else value
            if changed:
                changes[document["code"]] = changed
        given["changes"] = changes
        return given

    def _of(self, document: Document) -> tuple[str, ...]:
        if document["code"] in self.parents:
            return OF_A_PARENT
        direct = document["source"] == Source.DIRECT
        return tuple(name for name in FIELDS if not (direct and name in NOT_OF_DIRECT))

    def _targets(self, number: int, text: str) -> dict[str, str]:
        found = {}
        for line in filter(str.strip, text.splitlines()):
            team, sign, value = line.rpartition("=")
            if not sign or not team.strip():
                self.add_error(f"c{number}-targets", _("한 줄에 팀=값으로 적어야 합니다: %(line)s") % {"line": line})
            found[team.strip()] = value.strip()
        return found


class ConsentForm(OperationForm):
    """Of one's own team; an official names the team, and the paper on which it has consented."""

    team = fields.thing(_("정예팀"), Team.objects.none(), empty_label=CHOOSE)
    evidence = fields.reason(_("서면 근거"), help_text=_("공문 번호, 동의서 접수 번호 등 나중에 확인할 수 있는 것"))

    def choose(self) -> None:
        teams = teams_to_consent(self.subject, self.actor)
        field = self.fields["team"]
        field.queryset = teams  # type: ignore[attr-defined]
        if Role.OFFICIAL not in self.actor.roles:
            del self.fields["evidence"]
            field.empty_label = None  # type: ignore[attr-defined]


def teams_to_consent(version: Any, actor: Any) -> Any:
    """The teams that have not consented and for which the actor may."""
    lacking = Team.objects.filter(pk__in=[team.pk for team in lacking_consent(version)]).order_by("code")
    return lacking if Role.OFFICIAL in actor.roles else lacking.filter(people__account=actor.person())


def _is_changed(field: BoundField) -> bool:
    return field.form.is_bound and field.field.has_changed(field.initial, field.data)


def _field(name: str, document: Document) -> forms.Field:
    if name == "aggregate":
        return fields.choice(_(CALLED[name]), Aggregate.choices)
    if name == "scale":
        return fields.choice(_(CALLED[name]), ScaleKind.choices)
    if name == "targets":
        said = _("목표값 대비로 환산할 때만. 한 줄에 하나씩 팀 코드=값으로 적습니다.")
        return fields.long_text(_(CALLED[name]), rows=3, required=False, help_text=said)
    hints: Mapping[str, Any] = {
        "factor": _("비례 환산일 때만. 예: 20/100"),
        "quorum": _("비우면 집계에 필요한 만큼"),
        "trim": _("최고·최저점 제외 평균일 때만, 아니면 1"),
    }
    required = name in {"name_ko", "name_en", "points", "trim", "places"}
    return fields.text(_(CALLED[name]), required=required, max_length=200, help_text=hints.get(name, ""))


def _shown(document: Document) -> dict[str, str]:
    """A document's facts as the form types them."""
    facts = {name: value or "" for name, value in flat(document).items()}
    targets = document["scale"].get("targets", {})
    return facts | {"targets": "\n".join(f"{team}={value}" for team, value in targets.items())}
