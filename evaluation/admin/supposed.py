"""A supposition as pages show it (`panel/supposed.html`), computed just now or kept by a job."""

from typing import Any

from django.utils.translation import gettext as _

from evaluation.admin.differences import difference
from evaluation.models import Round
from evaluation.queries.supposed import Seen


def supposition_shown(round: Round, seen: Seen) -> dict[str, Any]:
    """The real result and the supposed one beside each other."""
    return {
        "found": seen,
        "by_word": _("바뀜"),
        "was_word": _("실제"),
        "then_word": _("가정"),
        "published": True,  # no single change is told to have moved a fact: they are one supposition
        "apart": ", ".join(seen.apart.values()),
        **difference(round, seen.differences, max(seen.full_before, seen.full_after)),
    }
