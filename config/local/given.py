"""A database that the caller names by DATABASE_URL: tried before anything else, so that a wrong one is told at once."""

import os
import warnings

import environ
import psycopg

from bootstrap import Problem

SECONDS = 5


def check(url: str) -> None:
    """Connect once, or say in a sentence what is wrong (without the password that the address may hold)."""
    try:
        with warnings.catch_warnings(action="ignore"):
            parts = environ.Env.db_url_config(url)
    except ValueError:
        parts = {}
    if parts.get("ENGINE") != "django.db.backends.postgresql":
        raise Problem(
            "DATABASE_URL은 postgres://사용자@호스트:포트/이름 형식이어야 합니다.",
            "DATABASE_URL must have the form postgres://user@host:port/name.",
        )
    facts = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {key: parts[name] for key, name in facts.items() if parts.get(name)}
    options = {key: value for key, value in parts.get("OPTIONS", {}).items() if key != "pool"}
    try:
        psycopg.connect(**{"connect_timeout": SECONDS, **known, **options}).close()
    except psycopg.Error as error:
        cause = " ".join(str(error).split())
        raise Problem(
            "DATABASE_URL의 데이터베이스에 접속할 수 없습니다.",
            f"cannot connect to the database of DATABASE_URL: {cause}",
        ) from None


def present() -> str | None:
    """The DATABASE_URL of the environment; an empty one counts as absent."""
    return os.environ.get("DATABASE_URL") or None
