from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.indexes import prefix_index
from core.verbs import every_verb


class Event(models.Model):
    """A line for people about what was done: who, what, to what, when, why, and the facts. Never changed."""

    verb = models.CharField(_("행위"), max_length=40)
    subject_kind = models.CharField(_("대상 종류"), max_length=60)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("대상"), max_length=200)
    actor = models.CharField(_("행위자"), max_length=130)
    mandate = models.CharField(_("집행한 결정"), max_length=60, blank=True)
    reason = models.TextField(_("사유"), blank=True)
    at = models.DateTimeField(_("시각"))
    facts = models.JSONField(_("내용"), default=dict)

    class Meta:
        verbose_name = _("기록")
        verbose_name_plural = _("기록")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="event_subject"),
            models.Index(fields=["verb", "-id"], name="event_verb_newest"),
            prefix_index("actor", name="event_actor_begins"),
            prefix_index("subject_label", name="event_subject_begins"),
        ]
        triggers = [*append_only("event")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(actor="") & ~models.Q(verb=""), name="event_names_actor_and_verb"
            )
        ]

    def __str__(self) -> str:
        verb = every_verb().get(self.verb)
        return f"{verb.label if verb else self.verb} · {self.subject_label}"
