"""What is kept true whoever writes: no score by a conflicted person, no mark beyond its points, whole digests."""

import pgtrigger
from django.db import models
from django.db.models import Q

from consortia.models.organisation import held_on

# The last declaration counts; a membership on the day is a conflict whatever was declared. Whether an unknown has been
# cleared is the operation's question (evaluation.policies); here only what must never be false.
_CONFLICT = """
    IF EXISTS (
        SELECT 1 FROM evaluation_entry e
        WHERE e.id = NEW.entry_id AND (
            (SELECT d.kind FROM evaluation_conflictdeclaration d
             WHERE d.round_id = e.round_id AND d.account_id = NEW.account_id AND d.team_id = e.team_id
             ORDER BY d.id DESC LIMIT 1) <> 'none'
            OR EXISTS (
                SELECT 1 FROM evaluation_round r
                JOIN consortia_programme p ON p.id = r.programme_id
                CROSS JOIN LATERAL (SELECT (NEW.at AT TIME ZONE p.timezone)::date AS day) t
                JOIN consortia_affiliation a ON a.account_id = NEW.account_id
                    AND {affiliated}
                JOIN consortia_membership m ON m.organisation_id = a.organisation_id AND m.team_id = e.team_id
                    AND {member}
                WHERE r.id = e.round_id))
    ) THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

_BOUNDS = """
    IF NEW.points > (SELECT points FROM evaluation_criterion WHERE id = NEW.criterion_id) THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def no_conflict(name: str) -> pgtrigger.Trigger:
    """Refuse a row (with account, entry and `at`) by a person who has a conflict with the entry's team."""
    body = _CONFLICT.format(name=name, affiliated=held_on("a", "t.day"), member=held_on("m", "t.day"))
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Insert, func=body)


def within_points(name: str) -> pgtrigger.Trigger:
    """Refuse a mark above the points of its criterion."""
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Insert, func=_BOUNDS.format(name=name)
    )


def digest_constraint(prefix: str) -> models.CheckConstraint:
    """A row's `digest` is a SHA-256 in hexadecimal."""
    return models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name=f"{prefix}_digest_whole")
