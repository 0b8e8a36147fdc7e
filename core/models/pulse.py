from django.db import models
from django.utils.translation import gettext_lazy as _


class Pulse(models.Model):
    """When a periodic job last finished and what it found. A running figure, not a record: one row a job."""

    name = models.CharField(_("작업"), max_length=40, primary_key=True)
    finished_at = models.DateTimeField(_("마지막 완료"))
    found = models.JSONField(_("결과"), default=dict)

    class Meta:
        verbose_name = _("정기 작업")
        verbose_name_plural = _("정기 작업")

    def __str__(self) -> str:
        return self.name
