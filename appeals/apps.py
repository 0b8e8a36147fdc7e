from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"
    verbose_name = "이의신청과 추가 공모"

    def ready(self) -> None:
        """Decided operations register themselves; an approval must find them in whatever process it happens."""
        from appeals.operations import authorising, deciding, selecting, waiving  # noqa: F401
