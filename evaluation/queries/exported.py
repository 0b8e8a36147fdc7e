"""How much there is to export."""

from django.db.models import Sum

from evaluation.models import DirectPoints, Mark, Measurement, ResponseBatch, Round, Verdict


def exported_rows(round: Round) -> int:
    """How many rows the tables of a round's archive have (`evaluation.operations.exporting`); responses by batches.

    Counted as they stand now: of an older result the tables have a few rows more or less.
    """
    marks = Mark.objects.filter(sheet__entry__round=round, sheet__exclusion=None)
    kept = (DirectPoints.objects.standing(), Measurement.objects.standing(), Verdict.objects.standing())
    responses = ResponseBatch.objects.filter(entry__round=round, exclusion=None).aggregate(rows=Sum("size"))["rows"]
    return sum(rows.filter(entry__round=round).count() for rows in kept) + marks.count() + (responses or 0)
