#!/usr/bin/env python3
"""The one door to the project: `serve`, `test`, `rehearse` and every command of Django.

It needs python3 (3.11 or later) and nothing else: packages come from uv.lock, PostgreSQL from one of them.
"""

import os
import sys

SETTINGS = "DJANGO_SETTINGS_MODULE"


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  (an older python3 must be told, not meet a traceback)
        print("오류: Python 3.11 이상이 필요합니다. / error: Python 3.11 or later is needed.", file=sys.stderr)
        return 1
    import bootstrap

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        bootstrap.enter(dev=command in {"test", "screenshots"})
        if command == "test":
            test()
        os.environ.setdefault(SETTINGS, "config.settings.local")
        from config.local.commands import run

        return run(sys.argv)
    except bootstrap.Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def test() -> None:
    """Become pytest. Caught here, before any settings load, because the tests choose their own.

    The whole suite runs on three processes, a file's tests on one of them. Whoever names tests gets one after another.
    They ring in memory: a broker that the shell names is somebody's. (That cannot be said in the settings: Celery asks
    the environment first, and there the tests of real brokers name theirs, to processes of their own.)
    """
    import bootstrap

    os.environ[SETTINGS] = "config.settings.test"
    os.environ.pop("CELERY_BROKER_URL", None)
    os.chdir(bootstrap.ROOT)
    asked = sys.argv[2:] or ["--numprocesses=3", "--dist=loadfile", "--no-loadscope-reorder"]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *asked])


if __name__ == "__main__":
    sys.exit(main())
