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
from tests.proof.checked import Watch, compare, ledger_is_whole
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
        # Whether something was done since everything was compared, or a step did not end as it must.
        self.doubtful = True

    def teardown(self) -> None:
        try:
            if not self.doubtful:
                ledger_is_whole()
        finally:
            transaction.savepoint_rollback(self.undone)

    @invariant()
    def everything_is_as_it_must_be(self) -> None:
        if self.doubtful:
            compare(self.story, self.is_so)
            self.doubtful = False

    def step(self, must: str, act: Callable[[], object]) -> bool:
        """The step ends like this; done, each change has its item; refused, nothing has changed."""
        doubtful, self.doubtful = self.doubtful, True
        with self.watch.over() as ended:
            try:
                with transaction.atomic():
                    act()
            except Refused as refusal:
                ended.code = str(refusal.code)
        assert ended.code == must, f"{ended.code} where {must} was expected"
        self.doubtful = doubtful or ended.code == DONE
        return ended.code == DONE

    def decide(self, must: str, verb: Verb, subject: Any, by: tuple[str, str], **arguments: Any) -> bool:
        preparer, approver = (self.story.actor(each) for each in by)
        return self.step(
            must,
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
