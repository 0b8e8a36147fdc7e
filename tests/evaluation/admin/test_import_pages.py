"""Files uploaded on a round: shown first, brought in when an official has seen them, and gone afterwards."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from core.attachments.receiving import private_storage
from core.attachments.strays import PATIENCE
from core.clock import database_now
from core.sweeps import LOST
from evaluation.models import BenchmarkTask, HarnessFile, Measurement, Response, ResponseImport, Upload, UploadFile
from evaluation.operations import uploads
from evaluation.operations.entries import withdraw
from evaluation.operations.staging import FOLDER, remove_strays
from evaluation.operations.uploads import confirm_upload
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from evaluation.sweeps import resume_uploads
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.evaluation.harness_files import content, result
from tests.story import Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
CRITERIA = (
    Rule("bench", Decimal(20), source="measurements", quorum=2, scale=Linear(Fraction(20))),
    Rule("user", Decimal(80), source="responses"),
)
PLAN = "bench task-a acc,none 1.0 5 1000\nbench task-b exact_match,strict-match 1.0 5"
UPLOADS, FILES = 7, 7
GOOD = "팀,항목,점수\na,user,20.5\nb,user,21\n".encode()


def file(body: bytes, name: str = "응답.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


@pytest.fixture
def story() -> Story:
    story = told(criteria=CRITERIA)
    press(story, "official-1", "plan_benchmarks", story.round, plan=PLAN)
    return story.open()


@pytest.fixture(autouse=True)
def _nothing_stored() -> None:
    """The storage in memory outlives a test."""
    for name in left_behind():
        private_storage().delete(f"{FOLDER}/{name}")


def left_behind() -> list[str]:
    storage = private_storage()
    return storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []


def test_a_table_is_shown_before_it_is_brought_in(story, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(story, "official-1", "upload_responses", story.round, given=file(GOOD), key="1차")
    upload = Upload.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, thing(upload))
    assert (Response.objects.count(), len(left_behind())) == (0, 1)
    shown = said(signed_in(story, "official-1").get(thing(upload)))
    assert "응답 2개" in shown
    assert page("confirm_upload", upload) in shown
    with django_capture_on_commit_callbacks(execute=True):
        press(story, "official-2", "confirm_upload", upload)
    upload.refresh_from_db()
    assert (upload.phase, upload.said) == ("done", "응답 2개를 반영했습니다.")
    assert [str(mark) for mark in Response.objects.order_by("pk").values_list("mark", flat=True)] == ["20.5", "21"]
    assert ResponseImport.objects.get().by == story.people["official-2"]
    assert left_behind() == []


def test_every_bad_line_is_shown_with_its_number(story, django_capture_on_commit_callbacks):
    body = b"team,criterion,mark\na,user,x\nz,user,1\na,user,1\n" + b"a,user,-0\n" * 150
    with django_capture_on_commit_callbacks(execute=True):
        press(story, "official-1", "upload_responses", story.round, given=file(body), key="")
    shown = said(signed_in(story, "official-1").get(thing(Upload.objects.get())))
    for expected in (
        "고칠 것 152건",
        "2번째 줄",
        "숫자가 아닙니다: x",
        "3번째 줄",
        "이 단계에 없는 팀입니다: z",
        "외 52건",
    ):
        assert expected in shown
    assert (Response.objects.count(), left_behind()) == (0, [])
    with unchanged():
        press(story, "official-1", "confirm_upload", Upload.objects.get())


@pytest.mark.parametrize(
    ("given", "told_of"),
    [
        (b"", "빈 파일입니다"),
        (b"x" * 10, "열이 없습니다"),
        (GOOD.decode().encode("cp949"), "CP949"),
        (b"PK\3\4", "XLSX"),
    ],
)
def test_what_is_no_table_is_refused(story, django_capture_on_commit_callbacks, given, told_of):
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(story, "official-1", "upload_responses", story.round, given=file(given), key="")
    shown = said(answer) if answer.status_code == 400 else said(signed_in(story, "official-1").get(answer["Location"]))
    assert told_of in shown
    assert (Response.objects.count(), left_behind()) == (0, [])


def uploaded(story: Story, body: bytes, key: str = "") -> str:
    """What is shown of a table that has been uploaded."""
    answer = press(story, "official-1", "upload_responses", story.round, given=file(body), key=key)
    return said(signed_in(story, "official-1").get(answer["Location"]))


def test_what_would_be_refused_is_told_before_anything_is_confirmed(story):
    withdraw(story.entry("c"), reason="사정", actor=story.actor("c-lead"), now=story.now)
    uploaded(story, GOOD, "1차")
    press(story, "official-1", "confirm_upload", Upload.objects.get())
    head = b"team,criterion,mark\n"
    for body, key, words in (
        (head + b"a,user,81\na,user,300\n", "", "팀 a · user: 결과가 0점에서 80점 사이를 벗어납니다."),
        (head + b"c,user,8\n", "", "참여를 철회한 팀입니다: 팀 c"),
        (head + b"a,user,8\n", "1차", "같은 묶음 번호로 다른 내용을 이미 반영했습니다: 1차"),
    ):
        shown = uploaded(story, body, key)
        assert words in shown
        assert "고칠 것 1건" in shown
        assert Upload.objects.first().phase == "refused"
    assert (Response.objects.count(), ResponseImport.objects.count()) == (2, 1)


def test_what_is_in_already_is_told_before_it_is_confirmed_again(story):
    uploaded(story, GOOD, "1차")
    first = Upload.objects.get()
    press(story, "official-1", "confirm_upload", first)
    assert "이미 반영한 자료와 같습니다. 반영해도 바뀌는 것이 없습니다." in uploaded(story, GOOD, "1차")
    with unchanged():
        again = confirm_upload(first, actor=story.actor("official-1"), now=story.now)
    assert (again.phase, again.said) == ("done", "응답 2개를 반영했습니다.")


def test_the_same_rows_under_another_key_would_count_twice(story):
    uploaded(story, GOOD, "1차")
    press(story, "official-1", "confirm_upload", Upload.objects.get())
    shown = uploaded(story, GOOD, "2차")
    assert "같은 내용을 다른 묶음 번호로 이미 반영했습니다(1차). 반영하면 두 번 셉니다." in shown
    assert "이미 반영한 자료와 같습니다" not in shown
    assert "두 번 셉니다" not in uploaded(story, GOOD, "1차")


def test_a_mark_beyond_the_points_is_shown_though_the_result_is_within(story):
    body = b"team,criterion,mark\n" + b"a,user,1\n" * 99 + b"a,user,4000\n"
    shown = uploaded(story, body)
    assert '<td class="s-num">1</td><td class="s-num">4000</td>' in shown
    assert "user: 배점보다 큰 값이 있습니다(4000)." in shown
    assert "배점보다 큰 값" not in uploaded(story, GOOD)


def test_what_has_changed_since_it_was_shown_is_refused_when_it_is_confirmed(story):
    uploaded(story, GOOD)
    withdraw(story.entry("b"), reason="사정", actor=story.actor("b-lead"), now=story.now)
    with unchanged():
        answer = press(story, "official-1", "confirm_upload", Upload.objects.get())
    assert (answer.status_code, "참여를 철회한 팀입니다: 팀 b" in said(answer)) == (400, True)
    assert Upload.objects.get().phase == "checked"


@pytest.mark.parametrize("left", [GOOD.replace(b"20.5", b"80.0"), None])
def test_a_file_that_lies_there_otherwise_is_not_believed(story, left):
    uploaded(story, GOOD)
    stored = UploadFile.objects.get().stored_as
    private_storage().delete(stored)
    if left is not None:
        assert private_storage().save(stored, ContentFile(left)) == stored
    with unchanged():
        answer = press(story, "official-1", "confirm_upload", Upload.objects.get())
    words = "올린 파일이 그대로 남아 있지 않습니다. 다시 올려 주십시오: 응답.csv"
    assert (answer.status_code, words in said(answer)) == (400, True)


def test_runs_are_compared_with_the_plan_and_with_other_teams(story, django_capture_on_commit_callbacks):
    assert BenchmarkTask.objects.count() == 2
    press(story, "official-1", "upload_runs", story.round, team="a", given=[file(content(), "a.json")])
    press(story, "official-1", "confirm_upload", Upload.objects.get())
    assert sorted(map(str, Measurement.objects.values_list("value", flat=True))) == ["0.5", "0.7125"]
    other = content(lm_eval_version="0.4.8", model_name="example/model-2")
    files = [file(other, "b.json")]
    with django_capture_on_commit_callbacks(execute=True):
        press(story, "official-1", "upload_runs", story.round, team="b", given=files)
    shown = said(signed_in(story, "official-1").get(thing(Upload.objects.first())))
    for expected in ("도구 판", "a: 0.4.9 · b: 0.4.8", "0.7125", "0.0143", "example/model-2"):
        assert expected in shown
    assert HarnessFile.objects.count() == 1


def test_runs_that_are_not_as_planned_are_refused(story):
    limited = content(config={"limit": 10}, n_samples={"task-a": {"original": 1000, "effective": 10}})
    press(story, "official-1", "upload_runs", story.round, team="a", given=[file(limited, "a.json")])
    shown = said(signed_in(story, "official-1").get(thing(Upload.objects.get())))
    for expected in ("표본을 제한한 실행입니다(10)", "1000개 가운데 10개만", "표본 수가 적혀 있지 않습니다", "a.json"):
        assert expected in shown
    assert Upload.objects.get().phase == "refused"


def measured(story: Story, *bodies: bytes, team: str = "a", name: str = "a.json") -> Upload:
    names = [name, *(f"{number}.json" for number in range(1, len(bodies)))]
    files = [file(body, called) for body, called in zip(bodies, names, strict=True)]
    press(story, "official-1", "upload_runs", story.round, team=team, given=files)
    return Upload.objects.first()


def faults_of(upload: Upload) -> list[tuple[str, str, str]]:
    return [(each["file"], each["place"], each["text"]) for each in upload.report["faults"]]


def test_a_run_of_another_time_is_refused_before_it_could_break_a_page(story):
    upload = measured(story, content(date=253402300799))
    assert (upload.phase, [place for _, place, _ in faults_of(upload)]) == ("refused", ["date"])
    with unchanged():
        press(story, "official-1", "confirm_upload", upload)
    assert signed_in(story, "official-1").get(listing(HarnessFile)).status_code == 200


def test_what_stands_already_is_told_before_it_is_confirmed(story):
    press(story, "official-1", "confirm_upload", measured(story, content()))
    again = measured(story, content(date=1767225700), name="b.json")
    assert again.phase == "checked"
    assert said(signed_in(story, "official-1").get(thing(again))).count("이미 반영되어 있음") == 2
    press(story, "official-1", "confirm_upload", again)
    again.refresh_from_db()
    assert again.said == "결과 파일 1개를 반영했습니다. 이미 반영한 자료와 같아 바뀐 것은 없습니다."
    assert HarnessFile.objects.count() == 1


def test_what_stands_with_other_conditions_is_refused_before_it_is_confirmed(story):
    press(story, "official-1", "confirm_upload", measured(story, content()))
    other = measured(story, content(lm_eval_version="0.4.8"), name="b.json")
    why = "같은 값이 다른 조건의 결과로 이미 있습니다: a.json"
    assert other.phase == "refused"
    assert faults_of(other) == [("b.json", "results.task-a", why), ("b.json", "results.task-b", why)]


def test_a_file_of_another_team_is_refused_before_it_is_confirmed(story):
    press(story, "official-1", "confirm_upload", measured(story, content()))
    other = measured(story, content(), team="b")
    assert (other.phase, faults_of(other)) == (
        "refused",
        [("a.json", "", "다른 팀(a)의 결과로 이미 반영한 파일입니다.")],
    )


def test_a_file_that_cannot_be_read_says_nothing_of_the_tasks_in_it(story):
    upload = measured(story, content(("task-a",)), b"{")
    assert faults_of(upload) == [("1.json", "1번째 줄 2번째 글자", "JSON이 아니거나 끝이 잘렸습니다.")]


def test_two_files_of_one_name_are_refused(story):
    files = [file(content((task,)), "a.json") for task in ("task-a", "task-b")]
    with unchanged():
        answer = press(story, "official-1", "upload_runs", story.round, team="a", given=files)
    assert "이름이 같은 파일이 여러 개 있습니다: a.json" in said(answer)


def test_a_standard_error_of_zero_is_shown(story):
    results = result()["results"] | {"task-a": {"acc,none": 0.5, "acc_stderr,none": 0}}
    press(story, "official-1", "confirm_upload", measured(story, content(results=results)))
    shown = said(signed_in(story, "official-1").get(thing(HarnessFile.objects.get())))
    assert "표준 오차 0<" in shown
    assert "표준 오차의 재표집 횟수: 100000" in shown


def test_a_large_table_is_worked_through_by_a_job_that_can_be_cancelled(
    story, monkeypatch, bells, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    with django_capture_on_commit_callbacks(execute=True):
        press(story, "official-1", "upload_responses", story.round, given=file(GOOD), key="")
    upload = Upload.objects.get()
    assert (bells.jobs(), upload.phase) == (["evaluation.tasks.check_upload"], "waiting")
    connection.run_on_commit.clear()  # in a test nothing is committed: the first ring would still be waiting
    with django_capture_on_commit_callbacks(execute=True):
        resume_uploads(upload.at)
        resume_uploads(upload.at + 2 * LOST)  # the ring was lost: it is rung again
    assert bells.jobs() == ["evaluation.tasks.check_upload"]
    client = signed_in(story, "official-1")
    assert 'hx-trigger="every 2s"' in said(client.get(thing(upload)))
    with django_capture_on_commit_callbacks(execute=True):
        press(story, "official-1", "cancel_upload", upload)
    assert client.get(thing(upload), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert (Upload.objects.get().phase, left_behind()) == ("cancelled", [])


def test_without_a_plan_no_result_file_is_asked_for():
    story = told(criteria=CRITERIA).open()
    why = "이 단계에는 벤치마크 과제 계획이 없어 결과 파일을 받을 수 없습니다."
    shown = said(signed_in(story, "official-1").get(thing(story.round)))
    assert f"<b>벤치마크 결과 올리기</b> — {why}" in shown
    assert f'href="{page("upload_runs", story.round)}"' not in shown
    client = signed_in(story, "official-1")
    assert f"지금은 할 수 없습니다. {why}" in said(client.get(page("upload_runs", story.round)))


def test_with_a_plan_result_files_are_asked_for(story):
    shown = said(signed_in(story, "official-1").get(thing(story.round)))
    assert f'href="{page("upload_runs", story.round)}"' in shown


@pytest.mark.parametrize("person", ["auditor-1", "expert-1", "reviewer-1", "a-lead", "operator-1"])
def test_only_officials_bring_numbers_in(story, person):
    press(story, "official-1", "upload_responses", story.round, given=file(GOOD), key="")
    upload = Upload.objects.get()
    places = [("upload_responses", story.round), ("upload_runs", story.round), ("plan_benchmarks", story.round)]
    with unchanged():
        for verb, subject in (*places, ("confirm_upload", upload), ("cancel_upload", upload)):
            assert press(story, person, verb, subject).status_code in {403, 404}
    assert signed_in(story, person).get(thing(upload)).status_code == (200 if person == "auditor-1" else 404)


def test_nobody_sees_uploads_without_signing_in(story):
    press(story, "official-1", "upload_responses", story.round, given=file(GOOD), key="")
    assert Client().get(thing(Upload.objects.get())).status_code == 302


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_lists_take_as_many_queries_for_one_row_as_for_three(story, django_assert_num_queries, teams):
    for team in teams:
        files = [file(content(model_name=f"example/{team}"), "결과.json")]
        press(story, "official-1", "upload_runs", story.round, team=team, given=files)
        press(story, "official-1", "confirm_upload", Upload.objects.first())
    client = signed_in(story, "official-1")
    for model, queries in ((Upload, UPLOADS), (HarnessFile, FILES)):
        client.get(listing(model))
        with django_assert_num_queries(queries):
            assert said(client.get(listing(model))).count("팀 ") >= len(teams)
    shown = said(client.get(thing(HarnessFile.objects.first())))
    assert ("표준 오차 0.0143" in shown, "없음" in shown) == (True, True)


def test_an_upload_that_nobody_confirmed_is_given_up_and_its_file_is_gone(story, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        press(story, "official-1", "upload_responses", story.round, given=file(GOOD), key="1")
    Upload.objects.update(at=story.now)
    stray = private_storage().save(f"{FOLDER}/stray", file(GOOD))
    assert remove_strays(database_now()) == []
    later = database_now() + 2 * PATIENCE
    assert remove_strays(later) == [stray]
    with django_capture_on_commit_callbacks(execute=True):
        press(story, "official-1", "upload_responses", story.round, given=file(GOOD), key="2")
    assert list(Upload.objects.order_by("pk").values_list("phase", flat=True)) == ["cancelled", "checked"]
    assert len(left_behind()) == 1
