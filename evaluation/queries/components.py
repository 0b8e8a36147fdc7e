"""What teams have declared of the components of their models: which declaration counts, and which stay beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from consortia.models import Team
from evaluation.models import ComponentDeclaration, Gate
from evaluation.states import RoundState


@dataclass
class Declared:
    """The declarations of one component. `standing` counts: the newest that came in time, None where none did."""

    standing: ComponentDeclaration | None = None
    earlier: list[ComponentDeclaration] = field(default_factory=list)
    late: list[ComponentDeclaration] = field(default_factory=list)


def by_component(declarations: Iterable[ComponentDeclaration]) -> dict[tuple[int, int, str], Declared]:
    """(entry id, gate id, component) -> its declarations, of those given in the order in which they came."""
    found: dict[tuple[int, int, str], Declared] = {}
    for each in declarations:
        of_component = found.setdefault((each.entry_id, each.gate_id, each.component), Declared())
        if each.late:
            of_component.late.append(each)
        else:
            if of_component.standing is not None:
                of_component.earlier.insert(0, of_component.standing)
            of_component.standing = each
    return found


def declared_names(declarations: "QuerySet[ComponentDeclaration]") -> Sequence[str]:
    """The names of the components of which the declarations are, each once."""
    return sorted(set(declarations.values_list("component", flat=True)))


def gates_to_declare_for(team: Team) -> QuerySet[Gate]:
    """The gates for which a declaration of the team is still taken, in every round in which it takes part."""
    running = Gate.objects.filter(
        round__state__in=(RoundState.DRAFT, RoundState.SCORING),
        round__entries__team=team,
        round__entries__withdrawn_at__isnull=True,
    )
    return running.exclude(verdicts__entry__team=team).select_related("round__programme")
