from pathlib import Path

import pytest


@pytest.fixture
def disk(settings, tmp_path) -> Path:
    """The private storage on a real disk, so that what is left there can be counted."""
    options = {"location": str(tmp_path), "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "private": {"BACKEND": backend, "OPTIONS": options}}
    return tmp_path
