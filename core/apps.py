from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("핵심")

    def ready(self) -> None:
        from core import checks  # noqa: F401 - registers them
        from core.entrance import receivers  # noqa: F401 - connects them
