"""What is pictured: the demo while a round is scored, and the finished demo, each in a database of its own.

Each place tells its story and stands still where something is to be seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse

from config.local import demo

HOME = "admin:index"


@dataclass(frozen=True)
class Picture:
    """A page and who looks at it, by username; None is the public."""

    name: str
    person: str | None
    address: str


@dataclass(frozen=True)
class Place:
    """What is told in one database, and the pictures to which it leads."""

    names: tuple[str, ...]
    told: Callable[[], Iterator[list[Picture]]]


def _scoring() -> Iterator[list[Picture]]:
    """An expert writes his last sheets; then, before the announcement, a sheet is to be put right."""
    from core.operations.decisions import prepare
    from evaluation.models import Sheet
    from evaluation.operations.conflicts import CLEARED, declare_conflicts
    from evaluation.operations.sheet_drafts import save_sheet_draft
    from evaluation.queries.lookup import entry_of
    from evaluation.states import ConflictKind
    from evaluation.verbs import REPLACE_SHEET

    call_command("migrate", verbosity=0, interactive=False)
    story = demo.begun()
    now = story.play_until("submit_sheet", person="expert-10", team="team-d")
    round, of = story.round, f"{story.stage.programme.code}."
    entry, expert = entry_of(round, "team-d"), story.actor("expert-10")
    declare_conflicts(round, declared={entry.team: (ConflictKind.NONE, CLEARED)}, actor=expert, now=now)
    said = "예시: 목표를 이룬 근거는 뚜렷하나, 다음 단계의 계획이 아직 자세하지 않습니다."
    save_sheet_draft(entry, person=expert.person(), points={"expert": "26.5"}, comment=said, actor=expert, now=now)
    yield [
        Picture("sheet", f"{of}expert-10", reverse("admin:evaluation_entry_submit_sheet", args=[entry.pk])),
        Picture("scoring", f"{of}official-1", reverse("admin:evaluation_round_change", args=[round.pk])),
    ]
    now = story.play_until("announce") - timedelta(hours=3)
    sheet = Sheet.objects.get(entry=entry_of(round, "team-b"), account=story.stage.people["expert-5"])
    why = "예시: 22점을 32점으로 잘못 적었다고 평가위원이 알려 옴"
    official, arguments = story.actor("official-1"), {"points": {"expert": "22"}}
    waits = prepare(REPLACE_SHEET, sheet, actor=official, now=now, reason=why, arguments=arguments)
    yield [
        Picture("decisions", f"{of}official-2", reverse("admin:core_decision_changelist")),
        Picture("approval", f"{of}official-2", reverse("admin:core_decision_approve", args=[waits.pk])),
    ]


def _finished() -> Iterator[list[Picture]]:
    """What each role meets first when the story has been told, and what a result is defended by."""
    from appeals.tasks import sweep
    from evaluation.models import Entry, Notice, Round

    demo.prepare(empty=False, embedded=False)
    sweep()  # what falls due is done once, as a running site does it every minute
    round = Round.objects.earliest("pk")
    entry = Entry.objects.filter(round=round).earliest("pk")
    failed = Entry.objects.get(round=round, verdicts__verdict="failed")
    notice = Notice.objects.filter(entry=entry).earliest("pk")
    home, of = reverse(HOME), f"{round.programme.code}."
    official, team = f"{of}official-1", f"{of}a-lead"
    yield [
        Picture("home", official, home),
        Picture("standings", official, reverse("admin:evaluation_round_change", args=[round.pk])),
        Picture("gates", official, reverse("admin:evaluation_entry_change", args=[failed.pk])),
        Picture("figure", official, reverse("admin:evaluation_entry_figure", args=[entry.pk, "expert"])),
        Picture("robustness", official, reverse("admin:evaluation_round_see_robustness", args=[round.pk])),
        Picture("home-expert", f"{of}expert-1", home),
        Picture("home-team", team, home),
        Picture("notice", team, reverse("notice", args=[notice.pk])),
        Picture("calls", None, reverse("calls")),
        Picture("result", None, reverse("result", args=[round.programme.code, round.code])),
    ]


PLACES = (
    Place(("sheet", "scoring", "decisions", "approval"), _scoring),
    Place(
        (
            *("home", "standings", "gates", "figure", "robustness"),
            *("home-expert", "home-team", "notice", "calls", "result"),
        ),
        _finished,
    ),
)
