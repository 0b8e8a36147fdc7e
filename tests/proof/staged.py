"""What every step of the machine has in common: it is watched, and compared with what it must come to."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

from appeals.models import Appeal
from consortia.models import Call
from core.errors import Refused
from core.operations.decisions import decide
from core.verbs import Verb
from evaluation.models import Snapshot
from tests.proof.checked import Watch, compare
from tests.proof.expected import DONE, Expected
from tests.story import Story


class Staged(RuleBasedStateMachine):
    """A scored round, and beside it what must be so. Each example is undone."""

    story: Story
    """Set once by the test."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.savepoint()
        self.is_so = Expected()
        self.watch = Watch()
        self.now = self.story.now

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.undone)

    @invariant()
    def everything_is_as_it_must_be(self) -> None:
        compare(self.story, self.is_so)

    def step(self, must: set[str], act: Callable[[], object]) -> bool:
        """The step ends as one of these; done, each change has its item; refused, nothing has changed."""
        with self.watch.over() as ended:
            try:
                with transaction.atomic():
                    act()
            except Refused as refusal:
                ended.code = str(refusal.code)
        assert ended.code in must, f"{ended.code} where {must} was expected"
        return ended.code == DONE

    def decide(self, must: str | set[str], verb: Verb, subject: Any, by: tuple[str, str], **arguments: Any) -> bool:
        preparer, approver = (self.story.actor(each) for each in by)
        return self.step(
            {must} if isinstance(must, str) else must,
            lambda: decide(
                verb,
                subject,
                preparer=preparer,
                approver=approver,
                now=self.now,
                reason="사유",
                arguments=arguments,
            ),
        )

    def appeal(self, number: int) -> tuple[str, Appeal]:
        code = sorted(self.is_so.appeals)[number % len(self.is_so.appeals)]
        return code, Appeal.objects.get(programme=self.story.programme, code=code)

    def call(self, number: int) -> tuple[str, Call]:
        code = sorted(self.is_so.calls)[number % len(self.is_so.calls)]
        return code, Call.objects.get(programme=self.story.programme, code=code)

    def answer(self, number: int, which: int) -> tuple[str, str]:
        given = sorted((code, team) for code, call in self.is_so.calls.items() for team in call.applicants)
        return given[(number + which) % len(given)]

    def outcomes(self) -> dict[str, str]:
        """As published: whose outcome it is, the standings' own tests say; here only what follows from it."""
        newest = Snapshot.objects.filter(round=self.story.round).latest("number")
        return dict(newest.rows.values_list("entry__team__code", "outcome"))
