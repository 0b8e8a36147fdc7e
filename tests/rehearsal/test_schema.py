"""What sets a scenario up: every key as it is read, every refusal with its line and key."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evaluation.rules.criterion import Criterion
from evaluation.rules.scales import Linear, MinMax, Points, ShareOfBest, ShareOfTarget
from rehearsal.document import Unusable
from rehearsal.scenario import Gate, Member, Organisation, Person, Programme, Scenario, Team
from rehearsal.schema import read
from tests.rehearsal.samples import SAMPLE, built, lines, refusal, spoilt


@pytest.fixture(scope="module")
def sample() -> Scenario:
    return built(SAMPLE)


def test_a_file_is_read(tmp_path: Path, sample: Scenario) -> None:
    file = tmp_path / "sample.yaml"
    file.write_text(SAMPLE, encoding="utf-8")
    found = read(str(file))
    assert found.path == file
    assert found.rounds == sample.rounds
    file.write_text(spoilt("seats: 1", "seats: many"), encoding="utf-8")
    with pytest.raises(Unusable, match=r"^27행 rounds\.stage-1\.seats: 숫자여야 합니다"):
        read(file)


def test_who_takes_part(sample: Scenario) -> None:
    assert sample.programme == Programme("demo", "시범", "Demo", "Asia/Seoul", "", ())
    assert sample.organisations[1] == Organisation("org-a", "예시 기관 가", "예시 기관 가")
    assert sample.people[0] == Person("official-1", "official", "담당관", "Official", None, None)
    assert sample.people[2] == Person("expert-1", "evaluator", "expert-1", "expert-1", "kaist", None)
    assert sample.people[4] == Person("a-lead", "applicant", "a-lead", "a-lead", None, "team-a")
    assert sample.teams == (
        Team("team-a", "가 팀", "Team A", "org-a", (Member("kaist", None, None),), False),
        Team("team-b", "나 팀", "Team B", None, (Member("kaist", date(2025, 8, 1), date(2026, 1, 31)),), True),
    )
    assert (sample.label_ko, sample.label_en, sample.illustrative) == ("", "", False)


def test_the_round_with_its_defaults(sample: Scenario) -> None:
    (stage,) = sample.rounds
    assert (stage.code, stage.number, stage.name_ko, stage.name_en) == ("stage-1", 1, "1차 단계평가", "Stage 1")
    assert (stage.starts, stage.ends, stage.latest_end) == (date(2025, 9, 1), date(2026, 1, 15), None)
    assert stage.evidence_closes == datetime.fromisoformat("2026-01-05T09:00+09:00")
    assert (stage.seats, stage.vacancy, stage.floor, stage.ties) == (1, "recruit", None, ())
    assert (stage.mean_places, stage.appeal_days) == (2, 10)
    assert stage.panel == ("expert-1", "expert-2")
    assert stage.entries == ("team-a", "team-b")
    assert stage.gates == (Gate("originality", "독자성", "Originality", "majority"),)


def test_criteria_with_their_defaults_and_lines(sample: Scenario) -> None:
    benchmark, nia, common, expert = sample.rounds[0].criteria
    assert benchmark.rule == Criterion("benchmark", Decimal(40))
    assert (benchmark.name_ko, benchmark.name_en, nia.name_ko) == ("벤치마크 평가", "Benchmark", "nia")
    assert nia.rule == Criterion("nia", Decimal(20), "benchmark", "direct")
    assert common.rule == Criterion("common", Decimal(20), "benchmark", "measurements", scale=Linear(Fraction(1, 5)))
    assert expert.rule == Criterion("expert", Decimal(60), source="sheets", quorum=3)
    assert expert.line == lines(SAMPLE, "expert: {points")


def test_everything_that_may_be_stated() -> None:
    text = spoilt("schema: simsa/scenario@1\n", "schema: simsa/scenario@1\nlabel: {ko: 예시}\nillustrative: true\n")
    text = text.replace(
        "  name: {ko: 시범, en: Demo}\n", "  name: {ko: 시범}\n  timezone: UTC\n  holidays: [2026-01-02]\n"
    )
    text = text.replace(
        "    seats: 1\n",
        "    seats: 2\n    latest_end: 2026-01-31\n    vacancy: promote\n    floor: 60.5\n"
        "    ties: [expert, benchmark]\n    mean_places: 0\n    appeal_days: 7\n    panel: [expert-2]\n",
    )
    found = built(text)
    (stage,) = found.rounds
    assert (found.label_ko, found.label_en, found.illustrative) == ("예시", "예시", True)
    assert (found.programme.timezone, found.programme.holidays) == ("UTC", (date(2026, 1, 2),))
    assert (stage.latest_end, stage.vacancy, stage.floor) == (date(2026, 1, 31), "promote", Decimal("60.5"))
    assert (stage.ties, stage.mean_places, stage.appeal_days) == (("expert", "benchmark"), 0, 7)
    assert stage.panel == ("expert-2",)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("scale: {kind: points}", {"scale": Points()}),
        ("scale: {kind: share_of_best}, places: 2", {"scale": ShareOfBest(), "places": 2}),
        ("scale: {kind: min_max}, aggregate: median", {"scale": MinMax(), "aggregate": "median"}),
        (
            "scale: {kind: share_of_target, targets: {team-a: 9.5, team-b: 10}}",
            {"scale": ShareOfTarget({"team-a": Decimal("9.5"), "team-b": Decimal(10)})},
        ),
        ("aggregate: trimmed_mean, trim: 2, quorum: 5", {"aggregate": "trimmed_mean", "trim": 2, "quorum": 5}),
        ("aggregate: trimmed_mean", {"aggregate": "trimmed_mean", "trim": 1}),
        ("aggregate: ~, trim: ~, scale: ~", {}),
        ("aggregate: sum", {"aggregate": "sum"}),
    ],
)
def test_every_way_to_score(written: str, rule: dict[str, object]) -> None:
    found = built(spoilt("source: sheets, quorum: 3", f"source: sheets, {written}"))
    assert found.rounds[0].criteria[3].rule == Criterion("expert", Decimal(60), source="sheets", **rule)  # type: ignore[arg-type]


def test_only_the_programme_rounds_and_events_must_be_there() -> None:
    text = "schema: simsa/scenario@1\nprogramme: {code: p, name: {ko: 가}}\nrounds: {}\nevents: []\n"
    found = built(text)
    assert (found.people, found.organisations, found.teams, found.rounds, found.events) == ((), (), (), (), ())
    for section in ("schema", "programme", "rounds", "events"):
        kept = [line for line in text.splitlines() if not line.startswith(section)]
        refused = refusal("\n".join(kept))
        assert (refused.line, refused.key, refused.message) == (1, section, "필요한 키가 없습니다")


STAGE = "rounds.stage-1"
CRITERIA = f"{STAGE}.criteria"
REFUSALS = [
    ("simsa/scenario@1", "simsa/scenario@2", "schema", "다음 가운데 하나여야 합니다: simsa/scenario@1"),
    ("programme:\n", "programm:\n", "programm", "모르는 키입니다. 쓸 수 있는 키: schema, label"),
    ("  code: demo", "  code: Demo", "programme.code", "코드여야 합니다"),
    ("  code: demo", "  code: demo\n  zone: UTC", "programme.zone", "모르는 키입니다"),
    ("  code: demo", "  code: demo\n  timezone: Mars/Base", "programme.timezone", "모르는 시간대"),
    ("  code: demo", "  code: demo\n  holidays: [2026-01-01, 2026-01-01]", "programme.holidays[2]", "두 번 나옵니다"),
    ("{ko: 시범, en: Demo}", "{en: Demo}", "programme.name.ko", "필요한 키가 없습니다"),
    ("{ko: 시범, en: Demo}", "{ko: 시범, fr: D}", "programme.name.fr", "모르는 키입니다"),
    ("{ko: 시범, en: Demo}", "시범", "programme.name", "키와 값으로 된 표가 와야 합니다"),
    ("role: official}", "role: boss}", "people.official-2.role", "다음 가운데 하나여야 합니다: official, evaluator"),
    ("role: official}", "role: system}", "people.official-2.role", "다음 가운데 하나여야 합니다"),
    ("role: official}", "rule: official}", "people.official-2.rule", "모르는 키입니다"),
    ("official-2: {role: official}", "official-2: {}", "people.official-2.role", "필요한 키가 없습니다"),
    ("official-2: {role", "Official-2: {role", "people.Official-2", "코드여야 합니다"),
    ("official-2: {role", "official-1: {role", "people.official-1", "같은 키가 두 번 나옵니다(처음: 6행)"),
    ("organisation: kaist}", "organisation: mit}", "people.expert-1.organisation", "이 파일에 없는 기관: mit"),
    ("team: team-a}", "team: team-z}", "people.a-lead.team", "이 파일에 없는 팀: team-z"),
    ("{name: {ko: 예시 기관 가}}", "{}", "organisations.org-a.name", "필요한 키가 없습니다"),
    ("lead: org-a", "lead: org-z", "teams.team-a.lead", "이 파일에 없는 기관: org-z"),
    ("members: [kaist]", "members: [org-z]", "teams.team-a.members[1]", "이 파일에 없는 기관: org-z"),
    ("members: [kaist]", "members: [kaist, kaist]", "teams.team-a.members", "기간이 겹칩니다: kaist"),
    ("members: [kaist]", "members: kaist", "teams.team-a.members", "목록이 와야 합니다"),
    ("until: 2026-01-31", "until: 2025-07-31", "teams.team-b.members[1]", "from은 until보다 늦을 수 없습니다"),
    ("until: 2026-01-31", "to: 2026-01-31", "teams.team-b.members[1].to", "모르는 키입니다"),
    ("applied_before: true", "applied_before: yes", "teams.team-b.applied_before", "true 또는 false"),
    ("number: 1\n", "number: 0\n", f"{STAGE}.number", "1 이상"),
    ("number: 1\n", "numbr: 1\n", f"{STAGE}.numbr", "모르는 키입니다"),
    ("ends: 2026-01-15", "ends: 2025-08-31", f"{STAGE}.ends", "starts보다 빠를 수 없습니다"),
    ("ends: 2026-01-15", "ends: 2026-01-15\n    latest_end: 2026-01-14", f"{STAGE}.latest_end", "ends보다 빠를"),
    ("ends: 2026-01-15", "ends: 2026-01-32", f"{STAGE}.ends", "날짜여야 합니다"),
    ("T09:00+09:00\n    seats", "T09:00\n    seats", f"{STAGE}.evidence_closes", "시차를 적은 시각"),
    ("seats: 1", "seats: 0", f"{STAGE}.seats", "1 이상"),
    ("seats: 1", "seats: 1.5", f"{STAGE}.seats", "정수여야 합니다"),
    ("seats: 1", "seats:", f"{STAGE}.seats", "값이 비어 있습니다"),
    (
        "seats: 1",
        "seats: 1\n    vacancy: keep",
        f"{STAGE}.vacancy",
        "다음 가운데 하나여야 합니다: recruit, promote, leave",
    ),
    ("seats: 1", "seats: 1\n    floor: .nan", f"{STAGE}.floor", "숫자여야 합니다"),
    ("seats: 1", "seats: 1\n    ties: [total]", f"{STAGE}.ties[1]", "이 파일에 없는 평가항목: total"),
    ("seats: 1", "seats: 1\n    ties: [nia, nia]", f"{STAGE}.ties[2]", "두 번 나옵니다: nia"),
    ("seats: 1", "seats: 1\n    mean_places: 7", f"{STAGE}.mean_places", "0 이상 6 이하"),
    ("seats: 1", "seats: 1\n    appeal_days: 0", f"{STAGE}.appeal_days", "1 이상"),
    ("seats: 1", "seats: 1\n    panel: [expert-9]", f"{STAGE}.panel[1]", "이 파일에 없는 사람: expert-9"),
    ("entries: [team-a, team-b]", "entries: [team-a, team-z]", f"{STAGE}.entries[2]", "이 파일에 없는 팀: team-z"),
    ("entries: [team-a, team-b]", "entries: [team-a, team-a]", f"{STAGE}.entries[2]", "두 번 나옵니다"),
    ("rule: majority", "rule: unanimity", f"{STAGE}.gates.originality.rule", "다음 가운데 하나여야 합니다: majority"),
    ("source: direct", "source: guess", f"{CRITERIA}.nia.source", "다음 가운데 하나여야 합니다: direct, sheets"),
    ("source: direct", "source: direct, aggregate: mean", f"{CRITERIA}.nia.aggregate", "집계 방식을 둘 수 없습니다"),
    ("quorum: 3", "trim: 1", f"{CRITERIA}.expert.trim", "aggregate가 trimmed_mean일 때만"),
    ("quorum: 3", "weight: 3", f"{CRITERIA}.expert.weight", "모르는 키입니다"),
    ("factor: 20/100", "factor: 20/0", f"{CRITERIA}.common.scale.factor", "a/b 꼴의 분수"),
    ("kind: linear, factor: 20/100", "kind: linear", f"{CRITERIA}.common.scale.factor", "필요한 키가 없습니다"),
    ("kind: linear, factor: 20/100", "factor: 20/100", f"{CRITERIA}.common.scale.factor", "모르는 키"),
    ("kind: linear, factor", "kind: points, factor", f"{CRITERIA}.common.scale.factor", "모르는 키입니다"),
    (
        "kind: linear, factor",
        "kind: log, factor",
        f"{CRITERIA}.common.scale.kind",
        "다음 가운데 하나여야 합니다: points",
    ),
    ("nia: {under: benchmark", "nia: {under: bench", f"{CRITERIA}.nia", "상위 항목이 없습니다: ‘bench’"),
    (
        "nia: {under: benchmark, points: 20",
        "nia: {under: benchmark, points: 10",
        f"{CRITERIA}.benchmark",
        "배점의 합(30)",
    ),
    ("points: 40}", "points: 40, source: direct}", f"{CRITERIA}.benchmark", "자료(‘direct’)를 둘 수 없습니다"),
    ("points: 20, source: direct", "points: 20", f"{CRITERIA}.nia", "자료를 정해야 합니다"),
    ("points: 60", "points: 50", CRITERIA, "만점"),
    ("quorum: 3", "aggregate: trimmed_mean, trim: 2, quorum: 3", f"{CRITERIA}.expert", "최소 값 수(3)는 5 이상"),
    ("factor: 20/100", "factor: -1/5", f"{CRITERIA}.common", "0보다 커야 합니다"),
    ("source: direct", "source: direct, places: 7", f"{CRITERIA}.nia", "소수 자릿수"),
]


@pytest.mark.parametrize(
    ("old", "new", "key", "message"), REFUSALS, ids=[f"{case[2]}-{n}" for n, case in enumerate(REFUSALS)]
)
def test_refusals_name_line_and_key(old: str, new: str, key: str, message: str) -> None:
    text = spoilt(old, new)
    refused = refusal(text)
    assert refused.key == key
    assert message in refused.message
    assert refused.line is not None
    last = key.rsplit(".", maxsplit=1)[-1].split("[", maxsplit=1)[0]
    if "필요한 키" not in message:
        assert last in text.splitlines()[refused.line - 1]
    assert str(refused).startswith(f"{refused.line}행 {key}: ")


def test_a_missing_key_is_missing_from_the_line_where_its_section_begins() -> None:
    text = spoilt("    seats: 1\n", "")
    refused = refusal(text)
    assert (refused.line, refused.key) == (lines(text, "  stage-1:"), f"{STAGE}.seats")


def test_two_rounds_cannot_have_one_number() -> None:
    second = SAMPLE[SAMPLE.index("  stage-1:\n") : SAMPLE.index("events:")].replace("stage-1:", "stage-2:")
    text = spoilt("events:", f"{second}events:")
    refused = refusal(text)
    assert (refused.key, refused.message) == ("rounds.stage-2.number", "다른 평가와 번호가 같습니다: 1")
    assert len(built(text.replace(second, second.replace("number: 1", "number: 2"))).rounds) == 2


def test_a_member_may_come_back() -> None:
    again = "{organisation: kaist, from: 2026-02-01}"
    found = built(spoilt("until: 2026-01-31}]", f"until: 2026-01-31}}, {again}]"))
    assert found.teams[1].members[1] == Member("kaist", date(2026, 2, 1), None)
    overlapping = again.replace("2026-02-01", "2026-01-31")
    assert "겹칩니다" in refusal(spoilt("until: 2026-01-31}]", f"until: 2026-01-31}}, {overlapping}]")).message


def test_targets_name_every_entry_and_no_other() -> None:
    for targets, message in (
        ("{team-a: 1}", "‘team-b’ 팀의 목표값이 없습니다"),
        ("{team-a: 1, team-b: 1, team-c: 1}", "‘team-c’"),
        ("{team-a: 1, team-b: 0}", "0보다 커야"),
    ):
        scale = f"source: sheets, scale: {{kind: share_of_target, targets: {targets}}}"
        refused = refusal(spoilt("source: sheets, quorum: 3", scale))
        assert (refused.key, refused.line) == (f"{CRITERIA}.expert", lines(SAMPLE, "expert: {points"))
        assert message in refused.message
