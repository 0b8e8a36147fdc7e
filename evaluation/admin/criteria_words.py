"""Criteria and what changes of them, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.names import name_field
from core.wording import language
from evaluation.models import CriteriaVersion, Round
from evaluation.queries.criteria import version_before
from evaluation.queries.guidance import guidance_of
from evaluation.rules.amending import CALLED, differences
from evaluation.rules.criterion import full_result
from evaluation.rules.document import Document, read
from evaluation.states import Aggregate, ScaleKind, Source

_TARGET = "target:"


def lines_of(version: CriteriaVersion) -> list[dict[str, Any]]:
    """The tree laid flat: each criterion under its parent, with its points and how values become them."""
    teams = dict(version.round.entries.values_list("team__code", name_field("team__")))
    guidance = guidance_of(version.round)
    under: dict[str | None, list[Document]] = {}
    for each in version.rules:
        under.setdefault(each["under"], []).append(each)

    def laid(parent: str | None, depth: int) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        for each in under.get(parent, ()):
            targets = each["scale"].get("targets", {})
            line = {
                "name": each["name"][language()],
                "points": each["points"],
                "depth": depth,
                "guidance": guidance.get(each["code"], ""),
                "rule": "" if each["code"] in under else rule_words(each),
                "warning": "" if each["code"] in under else finer_words(each),
                "targets": ", ".join(f"{teams.get(team, team)} {value}" for team, value in targets.items()),
            }
            lines += [line, *laid(each["code"], depth + 1)]
        return lines

    return laid(None, 0)


def rule_words(document: Document) -> str:
    """How a leaf's values become its points."""
    scale = document["scale"]
    said = [str(Source(document["source"]).label)]
    if document["source"] != Source.DIRECT:
        trims = document["aggregate"] == Aggregate.TRIMMED_MEAN
        cut = _("(위아래 %(n)s개씩)") % {"n": document["trim"]} if trims else ""
        said.append(f"{Aggregate(document['aggregate']).label}{cut}")
    factor = f" × {scale['factor']}" if "factor" in scale else ""
    said.append(f"{ScaleKind(scale['kind']).label}{factor}")
    if document["quorum"] is not None:
        said.append(_("값 %(n)s개 이상") % {"n": document["quorum"]})
    said.append(_("소수 %(n)s자리") % {"n": document["places"]})
    return " · ".join(said)


def finer_words(document: Document) -> str:
    """What becomes of full marks that are finer than the places of a leaf's result; empty where they are not."""
    leaf = read(document)
    rounded = full_result(leaf)
    if rounded == leaf.points:
        return ""
    facts = {"points": document["points"], "n": leaf.places, "rounded": rounded}
    if rounded > leaf.points:
        said = _("만점 %(points)s점은 소수 %(n)s자리로 반올림하면 배점을 넘는 %(rounded)s점이 되어 거부됩니다.")
    else:
        said = _("만점 %(points)s점은 소수 %(n)s자리로 반올림하면 %(rounded)s점이 되어 아무도 다 받을 수 없습니다.")
    return said % facts


def finer_lines(documents: Sequence[Document]) -> list[str]:
    """The same of every leaf to which it happens, led by its name."""
    parents = {each["under"] for each in documents}
    leaves = [each for each in documents if each["code"] not in parents]
    return [f"{each['name'][language()]}: {said}" for each in leaves if (said := finer_words(each))]


def difference_lines(round: Round, before: Sequence[Document], after: Sequence[Document]) -> list[dict[str, Any]]:
    """What differs between two versions: the criterion, what of it, old and new."""
    names = {each["code"]: each["name"][language()] for each in (*after, *before)}
    teams = dict(round.entries.values_list("team__code", name_field("team__")))
    return [
        {
            "criterion": names[each.criterion],
            "label": _label(each.field, teams),
            "before": value_words(each.field, each.before),
            "after": value_words(each.field, each.after),
        }
        for each in differences(before, after)
    ]


def value_words(field: str, value: str | None) -> str:
    """A value of a field as people read it."""
    if value is None:
        return _("기본") if field == "quorum" else "—"
    if field == "aggregate":
        return str(Aggregate(value).label)
    return str(ScaleKind(value).label) if field == "scale" else value


def _label(field: str, teams: Mapping[str, str]) -> str:
    if not field.startswith(_TARGET):
        return _(CALLED[field])
    team = field.removeprefix(_TARGET)
    return _("목표값: %(team)s") % {"team": teams.get(team, team)}


def differences_shown(round: Round, before: Sequence[Document], after: Sequence[Document]) -> str:
    """The differences as markup."""
    return render_to_string("panel/criteria_differences.html", {"differences": difference_lines(round, before, after)})


def version_shown(version: CriteriaVersion) -> str:
    """What a version changes of the one before it, as markup; nothing for the first."""
    before = version_before(version)
    return differences_shown(version.round, before.rules, version.rules) if before else ""
