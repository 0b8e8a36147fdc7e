"""Sentences of plain Python: filled in where they have facts, told as they stand where they have none."""

import pytest
from django.utils import translation

from core.sentences import Sentence, say
from core.wording import joined, told


@pytest.mark.parametrize("words", ["{0.__class__}", "{name}", "{", "%(name)s", "", '[{"team": 1}]'])
def test_words_that_somebody_wrote_are_told_as_they_stand(words: str):
    for language in ("ko", "en"):
        with translation.override(language):
            assert (told(Sentence(words)), str(Sentence(words)), told(words)) == (words, words, words)
            line = say("예외: {whom}, {line} ({reason})", whom=Sentence(words), line=words, reason="사유")
            assert words in told(line)


def test_it_is_told_in_the_reader_s_language_and_stored_in_korean():
    said = say("{number}번째 줄", number=3)
    with translation.override("en"):
        assert (told(said), str(said)) == ("Line 3", "3번째 줄")
        assert joined([said, "x"], " / ") == "Line 3 / x"
    assert told(said) == "3번째 줄"
