"""The database's last word, in a sentence for the person."""

from django.apps import apps
from django.db import IntegrityError
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext as _


def sentence(error: IntegrityError) -> str:
    """The sentence of the constraint that refused, or its name: every other guard comes before this one."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and _has_own_words(constraint):
                return str(constraint.violation_error_message)
    return _(
        "값을 저장하지 못했습니다. 입력한 값을 확인해 주십시오. "
        "되풀이되면 다음 이름을 시스템 운영자에게 알려 주십시오: %(name)s"
    ) % {"name": name or type(error).__name__}


def _has_own_words(constraint: BaseConstraint) -> bool:
    return constraint.violation_error_message != BaseConstraint.default_violation_error_message
