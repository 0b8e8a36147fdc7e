from django.db import models

from consortia.models import Call
from core.append_only import append_only
from core.models import Decision
from evaluation.models import Round


class Authorisation(models.Model):
    """The human decision that a call be opened for a round's vacancy once its result is final.

    The law lets a job carry out what people have decided beforehand (General Act on Public Administration, article
    20): the sweep opens the call under this decision and under no other.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="authorisation", verbose_name="추가 공모")
    round = models.OneToOneField(Round, models.PROTECT, related_name="authorisation", verbose_name="단계평가")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name="결재")
    authorised_at = models.DateTimeField("승인 시각")

    class Meta:
        verbose_name = "공모 승인"
        verbose_name_plural = "공모 승인"
        triggers = [*append_only("authorisation")]

    def __str__(self) -> str:
        return f"{self.round} · {self.call}"
