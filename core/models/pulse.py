from django.db import models


class Pulse(models.Model):
    """When a periodic job last finished and what it found. A running figure, not a record: one row a job."""

    name = models.CharField("작업", max_length=40, primary_key=True)
    finished_at = models.DateTimeField("마지막 완료")
    found = models.JSONField("결과", default=dict)

    class Meta:
        verbose_name = "정기 작업"
        verbose_name_plural = "정기 작업"

    def __str__(self) -> str:
        return self.name
