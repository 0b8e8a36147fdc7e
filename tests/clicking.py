"""People at the panel without a browser: signing in, and filling in an operation's page."""

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evaluation.models import Round
from tests.story import Story


def signed_in(story: Story, person: str) -> Client:
    """A client as that person."""
    client = Client()
    client.force_login(story.people[person])
    return client


def page(verb: str, subject: models.Model | type[models.Model]) -> str:
    """The address of an operation: of a thing, or of a kind where the operation makes a new one."""
    meta = subject._meta
    return reverse(
        f"admin:{meta.app_label}_{meta.model_name}_{verb}", args=[] if isinstance(subject, type) else [subject.pk]
    )


def thing(subject: models.Model) -> str:
    """The address of a thing's own page."""
    return reverse(f"admin:{subject._meta.app_label}_{subject._meta.model_name}_change", args=[subject.pk])


def part(name: str, round: Round) -> str:
    """The address of a part of a round's page: `closing`, `standings` or `progress`."""
    return reverse(f"admin:evaluation_round_{name}", args=[round.pk])


def listing(model: type[models.Model]) -> str:
    """The address of a list."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def said(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()


def press(story: Story, person: str, verb: str, subject: Any, /, **given: Any) -> HttpResponse:
    """Send an operation's form as that person."""
    return signed_in(story, person).post(page(verb, subject), given)
