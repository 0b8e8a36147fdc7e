"""The page that gives long work up, whatever kind of work it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.pages import OperationPage
from core.models import OVER, Work


class GiveUpPage(OperationPage):
    """Gives a piece of work up, also while a job is at it. Its operation returns the work as it then stands."""

    icon = "cancel"
    dangerous = True
    left: ClassVar[Any]
    """What is left of such work then, in a sentence."""

    def concerns(self, subject: Work) -> bool:
        return subject.phase not in OVER

    def follows(self, subject: Work, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [self.left]

    def done(self, subject: Work, result: Work) -> Any:
        return result.said or _("취소를 요청했습니다. 곧 멈춥니다.")
