"""Rounds with figures that occur nowhere else, experts' words, and papers."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from consortia.operations.roster_imports import AT_ONCE, bring_in_roster
from consortia.readers.rosters import Kind, Row
from core.attachments.receiving import Received, received
from core.models import Verification, WorkPhase
from core.operations.verifications import ask_for_verification, verify_ledger
from evaluation.models import LiveStanding, Round
from evaluation.operations.components import declare_component
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.exports import ask_for_export, make_export
from evaluation.operations.figures import record_points, record_responses
from evaluation.operations.gates import find
from evaluation.operations.opening import open_round
from evaluation.operations.papers import answer, ask, file_document
from evaluation.operations.recounts import ask_for_recount, make_recount
from evaluation.operations.sheets import submit_sheet
from evaluation.operations.staging import staged
from evaluation.operations.supposings import ask_for_supposing, compute_supposing
from evaluation.operations.uploads import upload_responses
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.supposing import TeamWithdrawn, WithoutEvaluator
from evaluation.states import ConflictKind, FindingValue, Origin
from evaluation.verbs import DECIDE_GATE
from tests.blindness.secrets import Told
from tests.core.ledger.book import seal
from tests.files import PDF, upload
from tests.story import Story

CRITERIA = (
    Rule("bench", Decimal(40), source="direct", places=2),
    Rule("expert", Decimal(35), source="sheets", quorum=1, places=2),
    Rule("user", Decimal(25), source="responses", places=2),
)
STRANGERS = {"expert-2": "d", "expert-4": "a"}
# By how much each marks lower than the first, so that no mean is anybody's own mark.
STRICTER = {"expert-1": "0.00", "expert-2": "0.37", "expert-3": "1.29", "expert-4": "1.91"}
DAY = timedelta(days=1)


def handed_in(told: Told, story: Story, teams: str, at: datetime, kind: str = "paper") -> None:
    """A paper of each team, with a file; `late` where it comes after the close: experts read none of that."""
    for team in teams:
        facts = {"title": told.says(kind, team), "actor": story.actor(f"{team}-lead"), "now": at}
        with Files(told, kind, team) as files:
            file_document(story.entry(team), kind="report", files=files, **facts)


def papers(told: Told, story: Story, teams: str, at: datetime) -> None:
    """A paper of each team, and a question of the third with its answer."""
    handed_in(told, story, teams, at)
    asked = ask(
        story.entry("c"),
        code=f"q-{story.round.code}",
        text=told.says("paper", "c"),
        actor=story.actor("c-lead"),
        now=at,
    )
    answer(asked, text=told.says("paper", "c"), actor=story.actor("official-1"), now=at)


def scored(told: Told, round: Round, teams: str, now: datetime, *, failed: str = "") -> Story:
    """The round, open, with everybody's marks; the first of the teams has the most."""
    story = replace(told.story, round=round, now=now)
    open_round(round, actor=story.actor("official-1"), now=now)
    story.fresh()
    estranged(told, story, now)
    for place, team in enumerate(teams):
        _marks(told, story, team, Decimal(place), Decimal(round.number))
    declared(told, story, teams)
    for team in teams:
        judged(told, story, team, "failed" if team in failed else "passed")
    return story


def estranged(told: Told, story: Story, now: datetime) -> None:
    """expert-2 has an interest in team d; that expert-4 belongs to team a's organisation, everybody can find."""
    declare_conflict(
        story.round,
        team=story.teams["d"],
        person=story.people["expert-2"],
        kind=ConflictKind.MUTUAL,
        reason=told.says("words", "d", "expert-2"),
        actor=story.actor("expert-2"),
        now=now,
    )


def _marks(told: Told, story: Story, team: str, place: Decimal, number: Decimal) -> None:
    entry, official, now = story.entry(team), story.actor("official-1"), story.now
    bench = Decimal("38.93") - place * Decimal("4.11") - number * Decimal("0.17")
    record_points(entry, criterion=story.criterion("bench"), points=bench, actor=official, now=now)
    users = Decimal("23.71") - place * Decimal("2.03") - number * Decimal("0.13")
    marks = [users, users - Decimal("0.58")]
    record_responses(entry, criterion=story.criterion("user"), marks=marks, actor=official, now=now)
    for code, stricter in STRICTER.items():
        if STRANGERS.get(code) == team or not story.round.panel.filter(account=story.people[code]).exists():
            continue
        mark = Decimal("33.87") - place * Decimal("5.29") - number * Decimal("0.19") - Decimal(stricter)
        submit_sheet(
            entry,
            person=story.people[code],
            points={story.criterion("expert"): mark},
            comment=told.says("words", team, code),
            actor=story.actor(code),
            now=now,
        )


def declared(told: Told, story: Story, teams: str) -> None:
    """A component of each team's model, declared and declared anew."""
    for team in teams:
        entry, name = story.entry(team), told.says("paper", team)
        for _version in range(2):
            declare_component(
                entry,
                gate=story.gate,
                component=name,
                origin=Origin.FROZEN,
                statement=told.says("paper", team),
                documents=entry.round.documents.filter(team=entry.team),
                actor=story.actor(f"{team}-lead"),
                now=story.now,
            )


def uploaded(told: Told, story: Story) -> None:
    """A table with a line at fault, which stands in its report, under a name and a number of its own."""
    line = told.says("upload", "a")
    table = ContentFile(f"team,criterion,mark\na,user,{line}\n".encode(), name=f"{told.says('upload', 'a')}.csv")
    with staged([table], most_files=1, most_bytes=1000) as (file,):
        key = told.says("upload", "a")
        upload_responses(story.round, file, key=key, actor=story.actor("official-1"), now=story.now)


def exported(told: Told, now: datetime) -> None:
    """The archive of a published result, made, and still kept."""
    export = ask_for_export(told.story.round, actor=told.story.actor("official-1"), now=now)
    make_export(export, actor=told.story.actor("official-1"), now=now)


def supposed(told: Told, now: datetime) -> None:
    """What would be without a team and an expert, computed by a job, and still kept; and one that waits for its job."""
    facts = {"actor": told.story.actor("official-1"), "now": now}
    changes = [TeamWithdrawn("a"), WithoutEvaluator("expert-1")]
    kept = ask_for_supposing(told.story.round, changes=changes, **facts)
    compute_supposing(kept, **facts)
    ask_for_supposing(told.story.round, changes=changes, **facts)


def recounted(told: Told, now: datetime) -> None:
    """A round counted once more, one figure of which had been bent, and still kept; and one that waits for its job."""
    facts = {"actor": told.story.actor("official-1"), "now": now}
    LiveStanding.objects.filter(entry=told.story.entry("a")).update(total=1)
    make_recount(ask_for_recount(told.story.round, **facts), **facts)
    ask_for_recount(told.story.round, **facts)


def verified(told: Told, now: datetime) -> None:
    """The ledger found intact, a verification that waits for its job, and one that has found damage."""
    facts = {"actor": told.story.actor("auditor-1"), "now": now}
    verification = ask_for_verification(**facts)
    seal()
    verify_ledger(verification, **facts)
    ask_for_verification(**facts)
    damage = {"relation": "core_account", "row_key": "7", "what": "row_changed", "said": "원장과 다릅니다."}
    Verification.objects.create(phase=WorkPhase.DONE, head="0" * 64, at=now, **damage)


def rostered(told: Told, now: datetime) -> None:
    """A roster too long for a request, which waits for its job."""
    lines = [Row(place, f"more-{place}", told.says("words", "a"), "More") for place in range(2, AT_ONCE + 3)]
    facts = {"actor": told.story.actor("official-1"), "now": now}
    bring_in_roster(told.story.programme, kind=Kind.ORGANISATIONS, rows=lines, **facts)


def judged(told: Told, story: Story, team: str, verdict: str) -> None:
    """expert-1's finding, and the verdict with the reason that the team is told."""
    find(
        story.entry(team),
        gate=story.gate,
        person=story.people["expert-1"],
        finding=FindingValue.MET if verdict == "passed" else FindingValue.NOT_MET,
        reason=told.says("words", team, "expert-1"),
        actor=story.actor("expert-1"),
        now=story.now,
    )
    story.decide(DECIDE_GATE, gate="originality", team=team, verdict=verdict, reason=told.says("verdict", team))


class Files:
    """One file of a team, received within the block; its name and its content are the team's own."""

    def __init__(self, told: Told, kind: str, team: str) -> None:
        name, content = told.says(kind, team), told.says(kind, team)
        self.block = received([upload(PDF + content.encode(), f"{name}.pdf")])

    def __enter__(self) -> list[Received]:
        return self.block.__enter__()

    def __exit__(self, *fault: object) -> None:
        self.block.__exit__(*fault)  # type: ignore[arg-type]
