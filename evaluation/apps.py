from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "평가"

    def ready(self) -> None:
        """Decided operations register themselves; an approval must find them in whatever process it happens."""
        from evaluation.operations import admitting, announcing, correcting, gates, moving, stopping, ties, windows  # noqa: F401
