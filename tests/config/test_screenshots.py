"""`screenshots` where there is no browser."""

import os
import subprocess
import sys
from pathlib import Path

from bootstrap import ROOT


def test_without_a_browser_it_is_said_at_once_and_nothing_is_made(tmp_path: Path):
    """Before the demo is loaded, which takes a while."""
    out = tmp_path / "pictures"
    ended = subprocess.run(
        [sys.executable, "manage.py", "screenshots", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "PATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.local"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "Chromium이 없습니다: apt-get install chromium fonts-noto-cjk" in ended.stderr
    assert "no Chromium here" in ended.stderr
    assert not out.exists()
