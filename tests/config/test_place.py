"""Where the tests' own server lies: in memory where there is room, beside the kept one where there is not."""

import pytest

from config.local import place


def test_what_is_passing_lies_in_memory_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "ROOM", 0)
    found = place.find(passing=True)
    assert (found.home.parent.parent, found.kept) == (place.MEMORY, False)
    assert place.find().home.is_relative_to(place.MEMORY) is False
    assert place.find().kept


def test_without_room_it_lies_where_the_kept_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "ROOM", 10**18)
    found = place.find(passing=True)
    assert (found.home.parent, found.kept) == (place.find().home.parent, True)
    assert found.home != place.find().home


def test_nobody_else_s_folder_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """Anybody may make a folder in memory by whatever name."""
    monkeypatch.setattr(place, "ROOM", 0)
    monkeypatch.setattr(place, "MEMORY", tmp_path)
    monkeypatch.setattr(place.os, "geteuid", lambda: 12345)
    assert place._memory() is None
