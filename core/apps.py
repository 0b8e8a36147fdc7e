from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "핵심"

    def ready(self) -> None:
        from core import checks  # noqa: F401 - registers them
        from core.entrance import receivers  # noqa: F401 - connects them
