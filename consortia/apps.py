from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsortiaConfig(AppConfig):
    name = "consortia"
    verbose_name = _("컨소시엄")

    def ready(self) -> None:
        """Decided operations register themselves; an approval must find them in whatever process it happens."""
        from consortia.operations import granting, returning, support  # noqa: F401
