"""What experts are told to look for, criterion by criterion."""

from collections.abc import Mapping

from evaluation.models import Guidance, Round, Sheet


def guidance_of(round: Round) -> Mapping[str, str]:
    """Criterion code -> its guidance as it stands; a criterion without any is not in it. One query."""
    rows = Guidance.objects.filter(criterion__round=round).order_by("criterion_id", "-pk").distinct("criterion_id")
    return {code: text for code, text in rows.values_list("criterion__code", "text") if text}


def is_judged(round: Round) -> bool:
    """Whether a sheet has been handed in, one that counts no longer included: its expert has read the guidance."""
    return Sheet.objects.filter(entry__round=round).exists()
