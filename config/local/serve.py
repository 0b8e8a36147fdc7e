"""`serve`: web, worker and beat in one process, on a database that is there when it is needed and gone afterwards."""

import argparse
import errno
import os
import signal
import socket
import sys
import warnings
from types import FrameType

import django
from django.conf import settings

from bootstrap import Problem
from config.local import demo, given, jobs
from config.local.commands import database

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
THREADS = 8


def serve(argv: list[str]) -> int:
    """Run until Ctrl-C, SIGTERM or the terminal's end; 0 then. What cannot work is told before anything long."""
    options = _options(argv)
    embedded = given.present() is None
    listening = _listen(options.host, options.port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    with listening, database():
        django.setup()
        demo.prepare(empty=options.empty, embedded=embedded)
        with jobs.running():
            _web(listening, options.host)
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="주소 / address (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="포트 / port (8000)")
    parser.add_argument("--empty", action="store_true", help="예시 사업을 넣지 않음 / do not load the demo")
    return parser.parse_args(argv)


def _listen(host: str, port: int) -> socket.socket:
    # Bound at the very start and handed to the server: a used port is known at once, and nobody can take it meanwhile.
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server((str(address[0]), port), family=family)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise Problem(
                f"{port}번 포트가 이미 사용 중입니다. --port로 다른 포트를 지정하십시오.",
                f"port {port} is in use; choose another with --port.",
            ) from None
        raise Problem(
            f"{host}:{port}에서 접속을 받을 수 없습니다.", f"cannot listen on {host}:{port} ({error})."
        ) from None


def _stop(number: int, frame: FrameType | None) -> None:
    # Whoever presses Ctrl-C twice must not interrupt the stopping.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(0)


def _web(listening: socket.socket, host: str) -> None:
    warnings.filterwarnings("ignore", "No directory at")  # static files come from the packages, not from a collection
    from waitress.server import create_server

    from config.wsgi import application

    server = create_server(application, sockets=[listening], threads=THREADS)
    _announce(listening, host)
    try:
        server.run()
    finally:
        server.close()


def _announce(listening: socket.socket, host: str) -> None:
    port = listening.getsockname()[1]
    # By its name, where it has one: a browser keeps no passkey for an address of figures.
    shown = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    print(f"\n심사 Simsa  http://{shown}:{port}/admin/   (Ctrl-C: 종료 / stop)")
    accounts = demo.accounts()
    if accounts:
        print(f"예시 계정 / demo accounts, 비밀번호 / password: {demo.PASSWORD}")
        for name, role in accounts:
            print(f"  {name:<40} {role}")
        if host not in LOOPBACK:
            print(
                "주의: 다른 기기에서도 예시 비밀번호로 로그인할 수 있습니다. / "
                "warning: other machines can use the demo password."
            )
    if not jobs.local():
        broker = _without_password(settings.CELERY_BROKER_URL)
        print(f"작업은 따로 실행한 worker와 beat가 맡습니다. / Worker and beat run elsewhere, on {broker}.")
    print(f"PID {os.getpid()}", flush=True)
    sys.stderr.flush()


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
