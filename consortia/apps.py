from django.apps import AppConfig


class ConsortiaConfig(AppConfig):
    name = "consortia"
    verbose_name = "컨소시엄"

    def ready(self) -> None:
        """Decided operations register themselves; an approval must find them in whatever process it happens."""
        from consortia.operations import granting, returning, support  # noqa: F401
