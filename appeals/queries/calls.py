"""Vacancies and the calls for them: what waits to be filled, opened, answered, closed or told of."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from appeals.models import Authorisation
from consortia.models import Application, ApplicationDraft, Call, Team
from evaluation.models import Reminder, Vacancy
from evaluation.states import ReminderKind, VacancyRule


def vacancies_to_fill(programme: int | None) -> QuerySet[Vacancy]:
    """Vacancies with a seat left and no call, for which two officials have authorised one."""
    waiting = Vacancy.objects.filter(
        call=None,
        filled__lt=F("seats"),
        round__authorisations__lapsed=False,
        round__authorisations__call__state="authorised",
    )
    return waiting if programme is None else waiting.filter(round__programme=programme)


def vacancies_without_call(programme: int | None) -> QuerySet[Vacancy]:
    """Vacancies with a seat left that are to be filled by a call, and for which none is authorised."""
    left = Vacancy.objects.filter(call=None, filled__lt=F("seats"), round__vacancy=VacancyRule.RECRUIT)
    waiting = left.exclude(round__in=Authorisation.objects.filter(lapsed=False).values("round"))
    return waiting if programme is None else waiting.filter(round__programme=programme)


def vacancies_to_tell_of() -> QuerySet[Vacancy]:
    """Vacancies without a call of which officials have not been told since nobody was selected last (`left_by`)."""
    last = Authorisation.objects.filter(round=OuterRef("round"), lapsed=True).order_by("-pk").values("pk")[:1]
    told = Reminder.objects.filter(kind=ReminderKind.VACANCY)
    at_first = told.filter(subject_kind=Vacancy._meta.label_lower, subject_id=OuterRef("pk"))
    since = told.filter(subject_kind=Authorisation._meta.label_lower, subject_id=OuterRef("last"))
    waiting = vacancies_without_call(None).annotate(last=Subquery(last)).select_related("round__programme")
    return waiting.exclude(Q(last=None) & Exists(at_first)).exclude(Exists(since))


def left_by(vacancy: Vacancy) -> Authorisation | None:
    """The authorisation whose call ended last without filling the vacancy; None where there has been none."""
    return vacancy.round.authorisations.filter(lapsed=True).order_by("-pk").first()


def calls_to_open(programme: int | None) -> QuerySet[Call]:
    """Calls that are authorised for a counted vacancy with a seat left and have not opened yet."""
    vacant = vacancies_to_fill(programme).values("round")
    return Call.objects.filter(state="authorised", authorisation__round__in=vacant, authorisation__lapsed=False)


def call_in_the_way(call: Call, now: datetime) -> Call | None:
    """The other call of the programme whose window is not over, so that this one cannot open yet; None where none is.

    Calls of a programme never overlap: who is asked to apply must know for what.
    """
    others = Call.objects.ending_after(now).filter(programme=call.programme_id).exclude(pk=call.pk)
    return others.order_by("-closes_at").first()


def calls_over(programme: int | None, now: datetime) -> QuerySet[Call]:
    """Open calls whose time is over."""
    over = Call.objects.over(now).filter(state="open")
    return over if programme is None else over.filter(programme=programme)


def waiting_drafts(call: Call, teams: Iterable[Team]) -> QuerySet[ApplicationDraft]:
    """The teams' drafts for the call beside which no application stands: those that wait to be handed in."""
    answered = Application.objects.filter(call=call).values("team")
    return ApplicationDraft.objects.filter(call=call, team__in=teams).exclude(team__in=answered)
