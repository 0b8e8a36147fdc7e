"""Which papers carry attachments: whoever may see a paper may read what is attached to it, and nobody else."""

from datetime import datetime

from django.db import models

from core.actors import Actor
from core.models import Attachment
from core.sight import visible

_carriers: list[type[models.Model]] = []


def carries(model: type[models.Model]) -> None:
    """Enter a model whose rows have an `attachment`. Each package enters its own in its `policies`."""
    if model not in _carriers:
        _carriers.append(model)


def may_read(attachment: Attachment, actor: Actor, now: datetime) -> bool:
    """Whether one of the papers that carry the file is one that the actor sees at `now`."""
    return any(visible(model._base_manager.filter(attachment=attachment), actor, now).exists() for model in _carriers)
