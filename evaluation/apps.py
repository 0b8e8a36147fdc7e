from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "평가"

    def ready(self) -> None:
        """Decided operations register themselves; an approval must find them in whatever process it happens."""
        from evaluation.operations import (  # noqa: F401
            admitting,
            announcing,
            correcting,
            criteria_changes,
            gates,
            moving,
            replacing,
            stopping,
            ties,
            windows,
        )
