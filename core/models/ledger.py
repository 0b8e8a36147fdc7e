from django.db import models
from django.utils.translation import gettext_lazy as _

from core.indexes import prefix_index


class LedgerItem(models.Model):
    """One change of one counted row (or one statement on a bulk table), written by the database itself."""

    class Change(models.TextChoices):
        INSERT = "I", _("추가")
        UPDATE = "U", _("변경")
        DELETE = "D", _("삭제")
        BULK = "B", _("일괄 추가")
        MIGRATION = "M", _("구조 변경")

    id = models.BigAutoField(primary_key=True)
    marker = models.UUIDField()
    relation = models.TextField(_("표"))
    row_key = models.TextField(_("행"))
    change = models.CharField(_("변경"), max_length=1, choices=Change.choices)
    image = models.JSONField(_("내용"))
    actor = models.TextField(_("행위자"))
    verb = models.TextField(_("행위"))
    reason = models.TextField(_("사유"))
    mandate = models.TextField(_("집행한 결정"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("원장 항목")
        verbose_name_plural = _("원장 항목")
        indexes = [
            models.Index(fields=["relation", "row_key", "-id"], name="ledger_item_row"),
            models.Index(fields=["marker", "id"], name="ledger_item_marker"),
            models.Index(fields=["verb", "-id"], name="ledger_item_verb_newest"),
            prefix_index("actor", name="ledger_item_actor_begins"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(actor=""), name="ledger_item_names_actor"),
            models.CheckConstraint(condition=~models.Q(verb=""), name="ledger_item_names_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.row_key} {self.change}"


class LedgerBlock(models.Model):
    """The items of one transaction, sealed at its commit and chained to the block before."""

    number = models.BigIntegerField(_("번호"), primary_key=True)
    marker = models.UUIDField(unique=True)
    previous = models.CharField(_("앞 블록"), max_length=64)
    items = models.IntegerField(_("항목 수"))
    first_item = models.BigIntegerField()
    last_item = models.BigIntegerField()
    digest = models.CharField(_("항목 요약값"), max_length=64)
    head = models.CharField(_("머리값"), max_length=64)
    sealed_at = models.DateTimeField(_("봉인 시각"))

    class Meta:
        verbose_name = _("원장 블록")
        verbose_name_plural = _("원장 블록")

    def __str__(self) -> str:
        return f"#{self.number} {self.head[:12]}"
