"""The demo's story: the scenario of stage 1, and between its events what a scenario file has no words for.

The accounts that can sign in are opened before the first event, so that what the record tells last is the evaluation.
Guidance and declared components are invented like the other figures, and marked so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from bootstrap import ROOT
from core.actors import Actor, actor_of, machine
from core.models import RoleGrant
from core.operations.accounts import set_password
from core.roles import Role
from evaluation.models import Document, Round
from evaluation.operations.components import declare_component
from evaluation.operations.guidance import write_guidance
from evaluation.queries.lookup import entry_of
from evaluation.states import Origin
from rehearsal.play import play, unexpected
from rehearsal.scenario import Scenario
from rehearsal.schema import read
from rehearsal.stage import Stage, set_stage

SCENARIO = ROOT / "scenarios" / "stage1.yaml"
ROUND, GATE = "stage-1", "originality"
OF_EACH_ROLE = 2  # enough for every two-person decision; a password takes its time to be hashed

GUIDANCE = {
    "expert": """예시: 기술 보고서와 발표를 함께 보고, 아래 세 가지를 살펴 한 점수로 적습니다.

1) 개발 목표를 얼마나 이루었는가
2) 모델의 구조와 학습 방법을 스스로 설계하고 설명하는가
3) 다음 단계의 계획을 실제로 해낼 수 있는가

31점 이상은 세 가지 모두 뛰어난 경우, 25점 아래는 한 가지라도 크게 모자란 경우입니다. 까닭은 종합의견에 적습니다.""",
}

_BODY = ("language-model", Origin.SCRATCH, "예시: 가중치를 스스로 초기화하여 처음부터 학습했습니다.")
_TOKENIZER = (
    "tokenizer",
    Origin.EXTERNAL_CODE,
    "예시: 공개된 도구로 어휘를 새로 만들었습니다. 외부 가중치는 없습니다.",
)
_FROZEN = "예시: 외부에서 사전학습된 인코더의 가중치를 그대로 두고 썼습니다. 쓴 범위는 기술 보고서에 적었습니다."
COMPONENTS: Mapping[str, Sequence[tuple[str, Origin, str]]] = {
    "team-a": [_BODY, _TOKENIZER],
    "team-b": [_BODY],
    "team-c": [_BODY, ("vision-encoder", Origin.SCRATCH, "예시: 언어 모델과 함께 처음부터 학습했습니다.")],
    "team-d": [_BODY, ("video-encoder", Origin.FROZEN, _FROZEN), ("audio-encoder", Origin.FROZEN, _FROZEN)],
    "team-e": [_BODY, _TOKENIZER],
}


class Untold(Exception):  # noqa: N818 - what happened, in the words of the rehearsal
    """An event that did not end as the scenario says."""


@dataclass
class DemoStory:
    """How far the story has been told."""

    scenario: Scenario
    stage: Stage
    played: int = 0

    def actor(self, person: str) -> Actor:
        """A person of the scenario, by code."""
        return actor_of(self.stage.people[person])

    @property
    def round(self) -> Round:
        """The round as it stands."""
        return Round.objects.get(pk=self.stage.rounds[ROUND].pk)

    def play_until(self, do: str, **fields: Any) -> datetime:
        """Play on until the first event of this kind with these fields, which is left to come; when it comes."""
        coming = next(
            event
            for event in self.scenario.events
            if event.do == do and all(event.fields[name] == value for name, value in fields.items())
        )
        self._play(coming.n - 1)
        return coming.at

    def play_on(self) -> None:
        """Play to the end."""
        self._play(len(self.scenario.events))

    def _play(self, until: int) -> None:
        part = replace(self.scenario, events=self.scenario.events[self.played : until])
        played = play(part, self.stage, None, lambda _ended: None)
        self.played = until
        first = next(unexpected(played), None)
        if first is not None:
            raise Untold(first.cause)


def begun(password: str) -> DemoStory:
    """The story up to the opening of the round: accounts with this password, papers, guidance, declared components."""
    scenario = read(SCENARIO)
    now = scenario.events[0].at
    with transaction.atomic():
        story = DemoStory(scenario, set_stage(scenario, now))
    _open_accounts(password, now)
    story.play_until("open_round")
    before = scenario.events[story.played - 1].at
    write_guidance(story.round, texts=GUIDANCE, actor=story.actor("official-1"), now=before)
    for team in COMPONENTS:
        _declare(story, team, before)
    return story


def _open_accounts(password: str, now: datetime) -> None:
    for role in Role.values:
        for grant in RoleGrant.objects.filter(role=role).select_related("account").order_by("account")[:OF_EACH_ROLE]:
            set_password(account=grant.account, password=password, actor=machine("serve"), now=now)


def _declare(story: DemoStory, team: str, now: datetime) -> None:
    """A team's components, by one of its own people, with every paper that it has handed in."""
    round = story.round
    entry = entry_of(round, team)
    person = next(each.code for each in story.scenario.people if each.team == team)
    papers = list(Document.objects.filter(round=round, team=entry.team))
    for component, origin, statement in COMPONENTS[team]:
        declare_component(
            entry,
            gate=round.gates.get(code=GATE),
            component=component,
            origin=origin,
            statement=statement,
            documents=papers,
            actor=story.actor(person),
            now=now,
        )
