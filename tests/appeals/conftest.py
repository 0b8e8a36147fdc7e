from tests.core.attachments.conftest import disk

__all__ = ["disk"]
