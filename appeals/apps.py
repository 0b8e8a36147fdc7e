from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    name = "appeals"
    verbose_name = _("이의신청과 추가 공모")

    def ready(self) -> None:
        """Decided operations register themselves; an approval must find them in whatever process it happens."""
        from appeals.operations import authorising, deciding, selecting, waiving  # noqa: F401
