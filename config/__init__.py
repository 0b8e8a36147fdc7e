"""Settings, URLs and processes: this package names everything and holds no rule.

Celery's application is loaded with the package, so that every process that uses Django rings jobs on the same broker.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
