from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models.call import Call
from consortia.models.programme import Programme
from core.append_only import append_only
from core.models import Account


class CallTemplate(models.Model):
    """공고문 양식: the programme's words for the notice of a call, with the conditions of its first call.

    A new version supersedes the one before; a call keeps the one under which it was authorised.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="call_templates", verbose_name=_("사업"))
    version = models.PositiveIntegerField(_("판"))
    text = models.TextField(_("공고문 양식"))
    first_conditions = models.TextField(_("최초 공모의 조건"), blank=True)
    set_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("정한 사람"))
    set_at = models.DateTimeField(_("정한 시각"))

    class Meta:
        verbose_name = _("공고문 양식")
        verbose_name_plural = _("공고문 양식")
        ordering = ("programme", "version")
        triggers = [*append_only("call_template")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="call_template_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="call_template_has_text"),
        ]

    def __str__(self) -> str:
        return _("{programme} 공고문 양식 {version}").format(programme=self.programme, version=self.version)


class CallGuide(models.Model):
    """공모 안내서: what two officials approved of a call besides its numbers, fixed with the authorisation.

    `documents` are the kinds of paper of which an application must have at least one each. `least_notice_days` is what
    the programme asked for then; a shorter notice has its reason.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="guide", verbose_name=_("추가 공모"))
    template = models.TextField(_("공고문 양식"))
    first_conditions = models.TextField(_("최초 공모의 조건"), blank=True)
    documents = ArrayField(models.CharField(max_length=64), default=list, verbose_name=_("제출 서류"))
    occasion = models.CharField(_("공모 계기"), max_length=400)
    evaluators = models.TextField(_("평가위원"))
    decision_rule = models.TextField(_("선정 기준"))
    notice_days = models.PositiveSmallIntegerField(_("공고 기간(일)"))
    least_notice_days = models.PositiveSmallIntegerField(_("최소 공고 기간(일)"))
    shortening_reason = models.TextField(_("공고기간 단축 사유"), blank=True)

    class Meta:
        verbose_name = _("공모 안내서")
        verbose_name_plural = _("공모 안내서")
        triggers = [*append_only("call_guide")]
        constraints = [
            models.CheckConstraint(
                condition=Q(notice_days__gte=models.F("least_notice_days")) | ~Q(shortening_reason=""),
                name="call_guide_shorter_has_reason",
                violation_error_message=_("공고기간을 단축하려면 사유를 적어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return _("{call} 안내서").format(call=self.call)


class CallNotice(models.Model):
    """공고: the text with which a call opened, made once from its guide and kept as it was published."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="notice", verbose_name=_("추가 공모"))
    text = models.TextField(_("공고문"))
    published_at = models.DateTimeField(_("공고 시각"))

    class Meta:
        verbose_name = _("공고")
        verbose_name_plural = _("공고")
        triggers = [*append_only("call_notice")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="call_notice_has_text")]

    def __str__(self) -> str:
        return _("{call} 공고").format(call=self.call)
