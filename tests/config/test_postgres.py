"""The embedded server's life: shared, stopped by the last, left behind by nobody, recovered from everything."""

import os
import shutil
import signal
from pathlib import Path

import psycopg
import pytest

from tests.config.checkout import Checkout, wait_for

SERVER, GUARDIAN = "postgres -D", "guardian.py"


def ask(url: str, question: str = "SELECT current_database()") -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def data(checkout: Checkout) -> Path:
    return next((checkout.folder / "var").glob("pg*")) / "data"


def test_users_share_one_server_and_the_last_one_stops_it(checkout: Checkout) -> None:
    with checkout.user() as (first, url):
        assert ask(url) == "simsa"
        server = checkout.pids(SERVER)
        with checkout.user() as (_, joined):
            assert joined == url
            assert checkout.pids(SERVER) == server
            assert len(checkout.pids(GUARDIAN)) == 1
            first.communicate()
            assert ask(url) == "simsa"
            assert checkout.pids(SERVER) == server
    # At once: the last user's end waited for the server's and the guardian's.
    assert checkout.pids() == set()


def test_it_listens_on_a_socket_of_its_own_user_alone(checkout: Checkout) -> None:
    with checkout.user() as (_, url):
        assert ask(url, "SHOW listen_addresses") == ""
        assert ask(url, "SELECT datcollate FROM pg_database LIMIT 1") == "C.UTF-8"
        socket = Path(str(ask(url, "SHOW unix_socket_directories")).strip('"'))
        assert socket.stat().st_mode & 0o777 == 0o700


def test_a_killed_user_leaves_nothing_and_the_data_are_kept(checkout: Checkout) -> None:
    with checkout.user() as (user, url):
        ask(url, "CREATE TABLE kept AS SELECT 7 AS seven")
        user.kill()
        assert checkout.empty()
    with checkout.user() as (_, url):
        assert ask(url, "SELECT seven FROM kept") == 7


def test_a_killed_user_does_not_take_the_server_from_another(checkout: Checkout) -> None:
    with checkout.user() as (killed, url), checkout.user():
        server = checkout.pids(SERVER)
        killed.kill()
        killed.wait()
        assert not wait_for(lambda: checkout.pids(SERVER) != server, 1)
        assert ask(url) == "simsa"


def test_the_next_start_recovers_when_everything_was_killed(checkout: Checkout) -> None:
    with checkout.user() as (user, url):
        ask(url, "CREATE TABLE kept AS SELECT 7 AS seven")
        checkout.kill(GUARDIAN)
        checkout.kill(SERVER)
        user.kill()
    assert checkout.empty()
    assert (data(checkout) / "postmaster.pid").exists()
    with checkout.user() as (_, url):
        assert ask(url, "SELECT seven FROM kept") == 7


def test_a_left_server_gets_a_guardian_from_whoever_joins(checkout: Checkout) -> None:
    with checkout.user() as (first, url):
        checkout.kill(GUARDIAN)
        assert wait_for(lambda: not checkout.pids(GUARDIAN))
        server = checkout.pids(SERVER)
        first.kill()
        first.wait()
        with checkout.user() as (second, joined):
            assert (joined, checkout.pids(SERVER)) == (url, server)
            assert len(checkout.pids(GUARDIAN)) == 1
            second.kill()
            assert checkout.empty()


def test_a_server_killed_under_its_user_is_started_anew_for_the_next(checkout: Checkout) -> None:
    with checkout.user() as (_, url):
        checkout.kill(SERVER)
        with checkout.user() as (_, joined):
            assert joined == url
            assert ask(url) == "simsa"


def test_a_pid_file_that_names_a_stranger_harms_neither(checkout: Checkout) -> None:
    with checkout.user():
        lines = (data(checkout) / "postmaster.pid").read_text().splitlines()
    lines[0] = str(os.getpid())
    (data(checkout) / "postmaster.pid").write_text("\n".join(lines))
    with checkout.user() as (_, url):
        assert ask(url) == "simsa"


def test_a_folder_copied_while_it_runs_does_not_use_the_other_server(checkout: Checkout) -> None:
    with checkout.user() as (_, url):
        copied = Checkout(checkout.folder.parent / "copied")
        shutil.copytree(checkout.folder, copied.folder, ignore=shutil.ignore_patterns("socket", "log*"))
        if os.geteuid() == 0:
            for path in (copied.folder / "var").glob("pg*/**/*"):
                shutil.chown(path, "nobody")
        with copied.user() as (_, other):
            assert other != url
            assert ask(other, "SHOW data_directory") == str(data(copied))
            assert ask(url, "SHOW data_directory") == str(data(checkout))
        assert copied.empty()


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_goes_with_the_server(folder: Path) -> None:
    (folder / ("길" * 30)).mkdir()
    checkout = Checkout.copy(folder / ("길" * 30) / "project")
    with checkout.user() as (user, url):
        socket = Path(str(ask(url, "SHOW unix_socket_directories")).strip('"'))
        assert socket.name.startswith("simsa-socket-")
        user.kill()
        assert checkout.empty()
    assert not socket.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_a_project_that_the_servers_user_cannot_reach_keeps_its_data_elsewhere(folder: Path) -> None:
    folder.chmod(0o700)
    checkout = Checkout.copy(folder / "project")
    user = checkout.start("-c", "from config.local.postgres import running\nwith running() as url: print(url)")
    _, errors = user.communicate(timeout=60)
    home = Path(errors.strip().rpartition(" ")[2])
    assert (user.returncode, home.parent.parent) == (0, Path("/var/lib"))
    assert (home / "data" / "PG_VERSION").exists()
    assert folder.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(home.parent)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_any_command_ends_with_its_server(checkout: Checkout, number: signal.Signals) -> None:
    command = checkout.start("manage.py", "shell", "-c", "print(1, flush=True); import time; time.sleep(60)")
    assert wait_for(lambda: checkout.pids(SERVER))
    command.send_signal(number)
    command.communicate(timeout=60)
    assert command.returncode != 0
    assert checkout.empty()
