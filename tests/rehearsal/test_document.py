"""Reading YAML without YAML's types: what is kept, what is refused, and at which line."""

from pathlib import Path

import pytest

from rehearsal.document import DEEPEST, Mapping, Scalar, Sequence, Unusable, load, parse


def value(text: str) -> Scalar:
    root = parse(text)
    assert isinstance(root, Mapping)
    node = root.entries[0][1]
    assert isinstance(node, Scalar)
    return node


def refusal(text: str) -> Unusable:
    with pytest.raises(Unusable) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize("written", ["11.85", "1e3", "0x1F", "12:30", "no", "2026-01-15", "1_000", "007", "=", "yes"])
def test_a_plain_word_is_kept_as_it_was_written(written: str) -> None:
    assert value(f"a: {written}") == Scalar(written, 1, "a")


def test_quotes_and_standard_tags_are_remembered() -> None:
    assert value("a: '5'") == Scalar("5", 1, "a", plain=False)
    assert value("a: !!int 5") == Scalar("5", 1, "a", plain=False, tag="int")
    assert value("a: !!float '5.50'") == Scalar("5.50", 1, "a", plain=False, tag="float")
    assert value("a: ! 5") == Scalar("5", 1, "a")
    assert value("a: |\n  한 줄\n  두 줄\n").text == "한 줄\n두 줄\n"


@pytest.mark.parametrize(
    ("text", "null"),
    [("a:", True), ("a: ~", True), ("a: null", True), ("a: !!null ''", True), ("a: 'null'", False), ("a: ''", False)],
)
def test_null_is_plain(text: str, null: bool) -> None:
    assert value(text).is_null is null


def test_lines_and_keys_lead_to_every_part() -> None:
    root = parse("# 설명\nrounds:\n  stage-1:\n    seats: 4\nevents:\n  - {at: x}\n  - at: [1,\n      2]\n")
    assert isinstance(root, Mapping)
    rounds, events = root.entries[0][1], root.entries[1][1]
    assert isinstance(rounds, Mapping)
    stage = rounds.entries[0][1]
    assert isinstance(stage, Mapping)
    assert (stage.line, stage.key) == (3, "rounds.stage-1")
    assert stage.entries[0] == (Scalar("seats", 4, "rounds.stage-1.seats"), Scalar("4", 4, "rounds.stage-1.seats"))
    assert isinstance(events, Sequence)
    second = events.items[1]
    assert isinstance(second, Mapping)
    numbers = second.entries[0][1]
    assert isinstance(numbers, Sequence)
    assert numbers.items[1] == Scalar("2", 8, "events[2].at[2]")


@pytest.mark.parametrize(
    ("text", "line", "key", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a", "같은 키가 두 번 나옵니다(처음: 1행)"),
        ("a:\n  b: 1\n  'b': 2\n", 3, "a.b", "같은 키가 두 번 나옵니다(처음: 2행)"),
        ("a: [1, {b: 1, b: 2}]", 1, "a[2].b", "같은 키가 두 번"),
        ("a: !foo 1", 1, "a", "쓸 수 없는 태그입니다: !foo"),
        ("b: 1\na: !!python/object/apply:os.system [ls]", 2, "a", "쓸 수 없는 태그입니다"),
        ("a: !!set {b}", 1, "a", "쓸 수 없는 태그입니다"),
        ("a: !!binary aGk=", 1, "a", "쓸 수 없는 태그입니다"),
        ("!foo a: 1", 1, "a", "쓸 수 없는 태그입니다"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "c.<<", "병합 키(<<)는 쓸 수 없습니다"),
        ("a: *x", 1, "a", "앞에서 정의가 끝나지 않은 별칭입니다: *x"),
        ("a: &x [1, *x]", 1, "a[2]", "앞에서 정의가 끝나지 않은 별칭입니다: *x"),
        ("a: 1\n? [b]\n: c", 2, "", "키는 낱말이어야 합니다"),
        ("--- 1\n--- 2\n", 2, "", "문서가 하나만"),
        ("a: [1\nb: 2", 2, "", "YAML 문법에 맞지 않습니다"),
        ("a:\n\t- 1", 2, "", "YAML 문법에 맞지 않습니다"),
        ("a: 'x", 1, "", "YAML 문법에 맞지 않습니다"),
        ("# 심사 심사\nb: \x00\n\n\n", 2, "", "쓸 수 없는 문자가 있습니다"),
        ('a: 1\nb: "\\0"', 2, "b", "쓸 수 없는 문자가 있습니다"),
        ('a: 1\n"b\\0": 1', 2, "", "쓸 수 없는 문자가 있습니다"),
        ("", None, "", "빈 파일입니다"),
        ("# 설명뿐\n", None, "", "빈 파일입니다"),
    ],
)
def test_refusals_name_line_and_key(text: str, line: int | None, key: str, message: str) -> None:
    refused = refusal(text)
    assert (refused.line, refused.key) == (line, key)
    assert message in refused.message
    assert message in str(refused)


def test_half_a_character_is_refused() -> None:
    assert refusal('a: 1\nb: "\\ud800"').line == 2


def test_the_sentence_leads_with_line_and_key() -> None:
    assert str(Unusable(12, "rounds.stage-1.seats", "정수여야 합니다")) == "12행 rounds.stage-1.seats: 정수여야 합니다"
    assert str(Unusable(12, "", "정수여야 합니다")) == "12행: 정수여야 합니다"
    assert str(Unusable(None, "", "빈 파일입니다")) == "빈 파일입니다"


def test_an_alias_is_the_same_node() -> None:
    root = parse("a: &x [1]\nb: *x")
    assert isinstance(root, Mapping)
    assert root.entries[0][1] == root.entries[1][1]


def test_an_alias_bomb_is_refused_before_it_is_unfolded() -> None:
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert "별칭이 펼쳐지는 양이 너무 많습니다" in refusal("\n".join(lines)).message


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_bottomless_nesting_is_refused(opening: str) -> None:
    assert "너무 깊게" in refusal(opening * 100_000).message
    assert "너무 깊게" in refusal("[" * (DEEPEST + 2) + "]" * (DEEPEST + 2)).message
    assert parse("[" * DEEPEST + "]" * DEEPEST)


def test_a_byte_order_mark_is_tolerated(tmp_path: Path) -> None:
    file = tmp_path / "bom.yaml"
    file.write_bytes("\ufeffa: 가\n".encode())
    root = load(file)
    assert isinstance(root, Mapping)
    assert root.entries[0][1] == Scalar("가", 1, "a")


@pytest.mark.parametrize("encoding", ["utf-16", "cp949"])
def test_other_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_bytes("# first\na: 심사\n".encode(encoding))
    with pytest.raises(Unusable, match="UTF-8로 저장한 파일이어야 합니다") as caught:
        load(file)
    assert caught.value.line == (2 if encoding == "cp949" else 1)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(Unusable, match="파일을 읽을 수 없습니다"):
            load(path)
