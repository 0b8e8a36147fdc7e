"""Whatever is done to a file, it is read or refused with a sentence; nothing else ever comes out."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from rehearsal.document import Unusable
from tests.rehearsal.samples import SAMPLE, built

TOKENS = [
    *(
        "",
        " ",
        "\n",
        "\n  ",
        "-",
        "- ",
        ":",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!!int ",
        "!x ",
        "|\n",
        ">",
        "?",
    ),
    *(
        "~",
        "null",
        "true",
        "0",
        "-1",
        "1e99",
        "1/3",
        "9" * 50,
        "2026-01-01",
        "2026-01-01T00:00Z",
        "가",
        "'",
        '"',
        "\t",
        "\0",
    ),
    *(
        "team-a",
        "stage-1",
        "sweep",
        "announce",
        "by",
        "<<",
        "...",
        "---",
        "%YAML 1.1",
        "#",
        '"\\x00"',
        "\u2028",
        "\ufeff",
    ),
]


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 12), st.sampled_from(TOKENS)), max_size=4))
def test_a_spoilt_file_is_read_or_refused(spoilings: list[tuple[int, int, str]]) -> None:
    text = SAMPLE
    for start, length, token in spoilings:
        text = text[:start] + token + text[start + length :]
    with suppress(Unusable):
        built(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unusable):
        built(text)
