import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.append_only import append_only
from core.indexes import prefix_index
from core.models import Account, Attachment
from evaluation.models.round import Round

# Within a round a constraint keeps the number. Who asks in another holds another lock: the programme is held here, so
# that two at once see each other. Told as a constraint tells it: the operation begins anew and finds what stands.
_ONCE_IN_A_PROGRAMME = """
    PERFORM FROM consortia_programme p JOIN evaluation_round r ON r.programme_id = p.id
        WHERE r.id = NEW.round_id FOR NO KEY UPDATE OF p;
    IF EXISTS (
        SELECT 1 FROM evaluation_enquiry e
        JOIN evaluation_round r ON r.id = e.round_id
        JOIN evaluation_round n ON n.programme_id = r.programme_id
        WHERE n.id = NEW.round_id AND e.round_id <> n.id AND e.code = NEW.code) THEN
        RAISE EXCEPTION 'enquiry_code_once_in_a_programme' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
"""
_CAME_WITH_IT = """
    IF NOT EXISTS (
        SELECT 1 FROM evaluation_document d
        JOIN core_attachment a ON a.uploaded_at = d.received_at AND a.uploaded_by_id = d.filed_by_id
        WHERE d.id = NEW.document_id AND a.id = NEW.attachment_id) THEN
        RAISE EXCEPTION 'document_file_came_with_it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


KINDS = {
    "technical_report": _("기술 보고서"),
    "training_log": _("학습 로그"),
    "clarification": _("소명서"),
}
"""What the kinds are called that scenario files name in code; what people wrote themselves stays as it is."""


class Document(models.Model):
    """A paper handed in, with its files or on paper alone.

    What arrives at or after the close of evidence is kept, stamped and not considered, files and all.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="documents", verbose_name=_("단계평가"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="documents", verbose_name=_("정예팀"))
    kind = models.CharField(_("종류"), max_length=64)
    title = models.CharField(_("제목"), max_length=300)
    files = models.ManyToManyField(Attachment, through="DocumentFile", related_name="+", verbose_name=_("첨부 파일"))
    filed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("제출자"))
    received_at = models.DateTimeField(_("접수 시각"))
    late = models.BooleanField(_("기한 경과"))
    not_considered_because = models.TextField(_("반영하지 않은 이유"), blank=True)

    class Meta:
        verbose_name = _("제출 자료")
        verbose_name_plural = _("제출 자료")
        ordering = ("received_at", "id")
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="document_newest"),
            prefix_index("title", name="document_title_begins"),
            prefix_index("kind", name="document_kind_begins"),
        ]
        triggers = [*append_only("document")]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(kind=""), name="document_has_kind_and_title"),
            models.CheckConstraint(
                condition=Q(late=False, not_considered_because="") | (Q(late=True) & ~Q(not_considered_because="")),
                name="document_late_has_reason",
                violation_error_message=_("반영하지 않은 자료에는 이유가 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_name(self) -> str:
        """Its kind as people call it, in the language of whoever reads it; what is stored stays."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def why_not(self) -> str:
        """The reason why it is not considered, in the language of whoever reads it; what is stored is Korean."""
        return self.round.lateness(self.received_at)


class DocumentFile(models.Model):
    """A file of a paper: it came with it, at that moment and from the same hands. None is added later, none changed."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("제출 자료"))
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+", verbose_name=_("첨부 파일"))

    class Meta:
        verbose_name = _("제출 자료의 파일")
        verbose_name_plural = _("제출 자료의 파일")
        ordering = ("id",)
        triggers = [
            *append_only("document_file"),
            pgtrigger.Trigger(
                name="document_file_came_with_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_CAME_WITH_IT,
            ),
        ]

    def __str__(self) -> str:
        return str(self.attachment)


class Enquiry(models.Model):
    """A team's question before the fact, put to the officials, by a number that a programme uses once."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="enquiries", verbose_name=_("단계평가"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="enquiries", verbose_name=_("정예팀"))
    code = models.CharField(_("번호"), max_length=64)
    text = models.TextField(_("질의"))
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("질의자"))
    asked_at = models.DateTimeField(_("질의 시각"))

    class Meta:
        verbose_name = _("질의")
        verbose_name_plural = _("질의")
        ordering = ("asked_at", "id")
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="enquiry_newest"),
            prefix_index("code", name="enquiry_code_begins"),
        ]
        triggers = [
            *append_only("enquiry"),
            pgtrigger.Trigger(
                name="enquiry_code_once_in_a_programme",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ONCE_IN_A_PROGRAMME,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="enquiry_code_once"),
            models.CheckConstraint(condition=~Q(text=""), name="enquiry_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.team}"


class Answer(models.Model):
    """The official answer to an enquiry. There is one, and it binds."""

    enquiry = models.OneToOneField(Enquiry, models.PROTECT, related_name="answer", verbose_name=_("질의"))
    text = models.TextField(_("답변"))
    answered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("답변자"))
    answered_at = models.DateTimeField(_("답변 시각"))

    class Meta:
        verbose_name = _("답변")
        verbose_name_plural = _("답변")
        triggers = [*append_only("answer")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="answer_has_text")]

    def __str__(self) -> str:
        return str(self.enquiry)
