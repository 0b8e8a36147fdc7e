from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("평가")

    def ready(self) -> None:
        """Decided operations register themselves; an approval must find them in whatever process it happens."""
        from evaluation.operations import (  # noqa: F401
            admitting,
            announcing,
            correcting,
            criteria_changes,
            excluding,
            gates,
            moving,
            replacing,
            stopping,
            ties,
            windows,
        )
