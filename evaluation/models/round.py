from datetime import datetime

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Programme
from consortia.models.programme import code_constraint
from core.calendar.window import is_over
from core.calendar.words import moment_words
from core.fields import ExactDecimalField
from core.models import Account
from core.names import Named
from core.prepared import columns_of
from core.wording import language
from evaluation.states import ROUND, RoundState, VacancyRule

_OF_ENTRY = (
    "SELECT {columns}, e.withdrawn_at AS left_at FROM evaluation_round r JOIN evaluation_entry e ON e.round_id = r.id"
    " WHERE e.id = %s {locks}"
)


class RoundQuerySet(models.QuerySet["Round"]):
    """Locks on rounds. Whoever writes an input shares the row; whoever locks, announces or closes takes it alone."""

    def shared(self, pk: int) -> "Round":
        """The round, held so that it can be neither announced nor closed while an input to it is being written."""
        return self.raw("SELECT * FROM evaluation_round WHERE id = %s FOR SHARE", [pk])[0]

    def shared_by_entry(self, entry: int) -> "tuple[Round, datetime | None]":
        """The round of an entry, held in that way, and when the entry withdrew, as it stands by then."""
        return self._of_entry(entry, "FOR SHARE OF r")

    def shared_with_entry(self, entry: int) -> "tuple[Round, datetime | None]":
        """The same, and the entry is held too, alone: the round first."""
        return self._of_entry(entry, "FOR SHARE OF r FOR NO KEY UPDATE OF e")

    def _of_entry(self, entry: int, locks: str) -> "tuple[Round, datetime | None]":
        round = self.raw(_OF_ENTRY.format(columns=columns_of(Round, "r"), locks=locks), [entry])[0]
        return round, vars(round).pop("left_at")

    def shared_by_team(self, team: int) -> "list[Round]":
        """The rounds in which a team takes part, held in that way, in the order of their keys."""
        return list(
            self.raw(
                "SELECT * FROM evaluation_round"
                " WHERE id IN (SELECT round_id FROM evaluation_entry WHERE team_id = %s) ORDER BY id FOR SHARE",
                [team],
            )
        )

    def alone(self, pk: int) -> "Round":
        """The round, held alone: inputs under way are waited for, and none begins before this is over."""
        return self.select_for_update(no_key=False).get(pk=pk)


class Round(Named, models.Model):
    """단계평가: one round of a programme, from its criteria to its final result.

    `seats` teams may advance; `appeals_close_at` is the latest end of the teams' windows as far as they are known, null
    before the announcement and while every notice is still on its way; `appeals_closed_at` is when the round became
    final. Where `criteria_consent` is asked for, every team signs off the criteria before they come into force.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds", verbose_name=_("사업"))
    code = models.CharField(_("코드"), max_length=64)
    number = models.PositiveSmallIntegerField(_("차수"))
    name_ko = models.CharField(_("단계명"), max_length=200)
    name_en = models.CharField(_("영문 단계명"), max_length=200)
    state = models.CharField(_("상태"), max_length=16, choices=RoundState.choices, default=RoundState.DRAFT)
    starts = models.DateField(_("개발 시작일"))
    ends = models.DateField(_("개발 종료일"))
    first_ends = models.DateField(_("당초 종료일"), null=True, blank=True)
    latest_end = models.DateField(_("종료일 연장 한도"), null=True, blank=True)
    evidence_closes = models.DateTimeField(_("자료 제출 마감"), null=True, blank=True)
    seats = models.PositiveSmallIntegerField(_("진출 자리 수"))
    vacancy = models.CharField(_("공석 처리"), max_length=8, choices=VacancyRule.choices, default=VacancyRule.RECRUIT)
    floor = ExactDecimalField(_("진출 하한점"), null=True, blank=True)
    ties = ArrayField(models.CharField(max_length=64), default=list, blank=True, verbose_name=_("동점자 처리 순서"))
    mean_places = models.PositiveSmallIntegerField(_("평균 소수 자릿수"), default=2)
    appeal_days = models.PositiveSmallIntegerField(_("이의신청 기간(일)"), default=10)
    criteria_consent = models.BooleanField(_("평가기준 동의를 받음"), default=False)
    opened_at = models.DateTimeField(_("평가 개시 시각"), null=True, blank=True)
    announced_at = models.DateTimeField(_("발표 시각"), null=True, blank=True)
    appeals_close_at = models.DateTimeField(_("이의신청 마감"), null=True, blank=True)
    appeals_closed_at = models.DateTimeField(_("확정 시각"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("단계평가")
        verbose_name_plural = _("단계평가")
        ordering = ("programme", "number")
        triggers = [
            *ROUND.triggers("round"),
            pgtrigger.Protect(
                name="round_first_end_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__first_ends__isnull=False)
                & pgtrigger.Q(old__first_ends__df=pgtrigger.F("new__first_ends")),
            ),
        ]
        constraints = [
            ROUND.constraint("round"),
            code_constraint("round"),
            models.UniqueConstraint(fields=["programme", "code"], name="round_code_once"),
            models.UniqueConstraint(fields=["programme", "number"], name="round_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="round_number_positive"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="round_has_a_seat"),
            models.CheckConstraint(condition=Q(appeal_days__gte=1), name="round_appeal_days_positive"),
            models.CheckConstraint(condition=Q(mean_places__lte=6), name="round_mean_places_bounded"),
            models.CheckConstraint(condition=Q(vacancy__in=VacancyRule.values), name="round_vacancy_rule_known"),
            models.CheckConstraint(condition=Q(floor__isnull=True) | Q(floor__gte=0), name="round_floor_not_negative"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")) & (Q(latest_end__isnull=True) | Q(latest_end__gte=F("ends"))),
                name="round_dates_in_order",
                violation_error_message=_("시작일, 종료일, 연장 한도는 차례대로여야 합니다."),
            ),
            models.CheckConstraint(
                condition=Q(first_ends__isnull=True) | Q(first_ends__gte=F("starts"), first_ends__lt=F("ends")),
                name="round_end_moves_later",
                violation_error_message=_("종료일은 당초보다 늦은 날로만 옮깁니다."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True) | (~Q(state="draft") & Q(opened_at__isnull=False)),
                name="round_opened_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "scoring"], announced_at__isnull=True, appeals_close_at__isnull=True)
                | (
                    Q(state__in=["announced", "final"], announced_at__isnull=False)
                    & (
                        Q(state="announced", appeals_close_at__isnull=True)
                        | Q(appeals_close_at__isnull=False, appeals_close_at__gte=F("announced_at"))
                    )
                ),
                name="round_announced_has_times",
                violation_error_message=_(
                    "발표한 단계에는 발표 시각이, 확정한 단계에는 이의신청 마감도 있어야 합니다."
                ),
            ),
            models.CheckConstraint(
                condition=(~Q(state="final") & Q(appeals_closed_at__isnull=True))
                | Q(state="final", appeals_closed_at__isnull=False, appeals_closed_at__gte=F("announced_at")),
                name="round_final_has_time",
                violation_error_message=_("확정한 단계에는 확정 시각이 있어야 합니다."),
            ),
        ]

    def lateness(self, at: datetime) -> str:
        """Why evidence that arrives at that time is not considered: it comes at or after the close; empty in time.

        A paper and a declaration are judged alike. An operation runs in Korean, so that is what it stores.
        """
        if self.evidence_closes is None or not is_over(at, self.evidence_closes):
            return ""
        closes = moment_words(self.evidence_closes, self.programme.zone, language())
        return str(_("자료 제출 마감(%(closes)s) 뒤에 접수되어 평가에 반영하지 않습니다.") % {"closes": closes})


class Panelist(models.Model):
    """A member of the round's panel: may hand in sheets and findings for teams without a conflict."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="panel", verbose_name=_("단계평가"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="panels", verbose_name=_("평가위원"))

    class Meta:
        verbose_name = _("평가위원")
        verbose_name_plural = _("평가위원")
        constraints = [models.UniqueConstraint(fields=["round", "account"], name="panelist_once")]

    def __str__(self) -> str:
        return str(self.account)
