"""Who reads which file: by role, through the page that gives it out; and who sees which paper."""

import pytest
from django.test import Client
from django.utils import timezone

from appeals.models import Appeal, AppealReviewer, Challenge, DecisionText, Opinion
from appeals.operations.applying import Paper, apply, withdraw_application
from appeals.operations.challenging import challenge_reviewer
from appeals.operations.drafting import save_draft
from appeals.operations.filing import file_appeal
from appeals.operations.opining import submit_opinion
from appeals.operations.reviewing import assign_reviewers
from appeals.operations.selecting import screen_application
from appeals.states import Ground
from appeals.verbs import DECIDE_CHALLENGE
from consortia.models import Application, ApplicationDraft, CallNotice
from core.attachments.carriers import may_read
from core.attachments.receiving import private_storage, received
from core.models import Attachment, Event
from core.operations.attachments import DamagedFile, read_attachment
from core.operations.decisions import decide
from core.sight import visible
from tests.appeals.after import DAY, admitted, contested, filed, opened
from tests.files import PDF, upload
from tests.story import NOW, Story
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
EVERYBODY = (
    *("official-1", "auditor-1", "operator-1", "expert-1", "expert-4", "expert-5", "expert-6", "reviewer-1"),
    *("a-lead", "b-lead", "c-lead", "x-lead", "y-lead"),
)


def appealed(story: Story) -> Attachment:
    """b's appeal, with a file, under review by expert-6 and reviewer-1."""
    with received([upload()]) as files:
        appeal = file_appeal(
            story.entry("b"),
            code="appeal-1",
            ground=Ground.OTHER,
            statement="내용",
            files=files,
            actor=story.actor("b-lead"),
            now=NOW,
        )
    admitted(appeal, story)
    people = [story.people["expert-6"], story.people["reviewer-1"]]
    assign_reviewers(appeal, people=people, actor=story.actor("official-1"), now=NOW)
    return appeal.papers.get().attachment


def handed_in(story: Story, call, team: str = "x") -> Application:
    with received([upload()]) as files:
        return apply(
            call,
            team=story.teams[team],
            papers=[Paper("사업계획서", files[0])],
            actor=story.actor(f"{team}-lead"),
            now=call.opened_at,
        )


def readers(story: Story, attachment: Attachment, now) -> set[str]:
    """Everybody who may read the file at that time; of the others each is refused, and none learns that it exists."""
    found = set()
    for person in EVERYBODY:
        actor = story.actor(person)
        if person == "operator-1":
            with refused("not_allowed"):
                read_attachment(attachment.pk, actor=actor, now=now)
            continue
        if may_read(attachment, actor, now):
            assert read_attachment(attachment.pk, actor=actor, now=now) == (attachment, PDF)
            found.add(person)
        else:
            with refused("unknown"):
                read_attachment(attachment.pk, actor=actor, now=now)
    return found


def test_a_file_of_an_appeal_is_read_by_its_team_its_reviewers_officials_and_auditors():
    story = contested()
    attachment = appealed(story)
    assert readers(story, attachment, NOW) == {"official-1", "auditor-1", "b-lead", "expert-6", "reviewer-1"}


def test_a_reviewer_who_was_taken_off_reads_no_more():
    story = contested()
    attachment = appealed(story)
    reviewer = AppealReviewer.objects.get(account=story.people["expert-6"])
    challenge = challenge_reviewer(reviewer, reason="사유", actor=story.actor("b-lead"), now=NOW)
    decide(
        DECIDE_CHALLENGE,
        challenge,
        preparer=story.actor("official-1"),
        approver=story.actor("official-2"),
        now=NOW,
        reason="사유",
        arguments={"accepted": True},
    )
    assert readers(story, attachment, NOW) == {"official-1", "auditor-1", "b-lead", "reviewer-1"}


def test_a_file_of_an_application_is_read_by_the_calls_evaluators_once_it_has_closed():
    story = contested()
    call = opened(story)
    attachment = handed_in(story, call).papers.get().attachment
    own = {"official-1", "auditor-1", "x-lead"}
    assert readers(story, attachment, call.opened_at) == own
    # expert-4 belongs to a team that has not applied; of expert-5 nothing is known; expert-6 is not on the panel.
    assert readers(story, attachment, call.closes_at) == own | {"expert-1", "expert-4"}


def test_what_was_taken_back_or_screened_out_no_evaluator_reads():
    story = contested()
    call = opened(story)
    back, out = handed_in(story, call, "x"), handed_in(story, call, "y")
    withdraw_application(back, actor=story.actor("x-lead"), now=call.opened_at)
    official = story.actor("official-1")
    screen_application(out, eligible=False, reason="서류 미비", actor=official, now=call.closes_at)
    for application, lead in ((back, "x-lead"), (out, "y-lead")):
        attachment = application.papers.get().attachment
        assert readers(story, attachment, call.closes_at) == {"official-1", "auditor-1", lead}


def test_a_draft_is_the_teams_own():
    story = contested()
    call = opened(story)
    with received([upload()]) as files:
        draft = save_draft(
            call,
            team=story.teams["x"],
            papers=[Paper("사업계획서", files[0])],
            actor=story.actor("x-lead"),
            now=call.opened_at,
        )
    attachment = draft.papers.get().attachment
    assert readers(story, attachment, call.opened_at) == {"auditor-1", "x-lead"}
    assert not visible(ApplicationDraft.objects.all(), story.actor("official-1"), NOW).exists()


def test_reading_is_recorded():
    story = contested()
    attachment = appealed(story)
    read_attachment(attachment.pk, actor=story.actor("reviewer-1"), now=NOW + DAY)
    line = Event.objects.latest("id")
    assert (line.verb, line.actor, line.subject_id, line.at) == (
        "read_attachment",
        "test.reviewer-1",
        attachment.pk,
        NOW + DAY,
    )


def test_a_file_that_is_not_what_was_handed_in_is_not_given_out():
    story = contested()
    attachment = appealed(story)
    storage = private_storage()
    storage.delete(attachment.stored_as)
    with unchanged(), pytest.raises(DamagedFile, match="gone"):
        read_attachment(attachment.pk, actor=story.actor("b-lead"), now=NOW)
    storage.save(attachment.stored_as, upload(PDF + b"more"))
    with unchanged(), pytest.raises(DamagedFile, match="not what"):
        read_attachment(attachment.pk, actor=story.actor("b-lead"), now=NOW)


def signed_in(story: Story, person: str) -> Client:
    client = Client()
    client.force_login(story.people[person])
    return client


def test_the_page_gives_a_file_out_to_be_saved_and_never_shown():
    story = contested()
    attachment = appealed(story)
    response = signed_in(story, "b-lead").get(f"/attachments/{attachment.pk}/")
    assert (response.status_code, b"".join(response.streaming_content)) == (200, PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%EC%9D%B4")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert Event.objects.latest("id").verb == "read_attachment"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        *(("official-1", 200), ("auditor-1", 200), ("b-lead", 200), ("expert-6", 200), ("reviewer-1", 200)),
        *(("operator-1", 404), ("expert-1", 404), ("a-lead", 404), ("c-lead", 404), ("x-lead", 404)),
    ],
)
def test_the_page_by_role(person, status):
    story = contested()
    attachment = appealed(story)
    assert signed_in(story, person).get(f"/attachments/{attachment.pk}/").status_code == status
    assert signed_in(story, person).get(f"/attachments/{attachment.pk + 1}/").status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in():
    attachment = appealed(contested())
    response = Client().get(f"/attachments/{attachment.pk}/")
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/accounts/login/")


def test_a_file_is_only_asked_for():
    story = contested()
    attachment = appealed(story)
    assert signed_in(story, "b-lead").post(f"/attachments/{attachment.pk}/").status_code == 405


def seers(story: Story, model, now=NOW) -> set[str]:
    rows = model._base_manager.all()
    return {person for person in EVERYBODY if visible(rows, story.actor(person), now).exists()}


def test_who_sees_which_paper_of_an_appeal():
    story = contested()
    appealed(story)
    appeal = Appeal.objects.get()
    filed(story, "c", code="appeal-2")
    submit_opinion(appeal, recommends="dismissed", text="이유", actor=story.actor("expert-6"), now=NOW)
    reviewer = AppealReviewer.objects.get(account=story.people["reviewer-1"])
    challenge_reviewer(reviewer, reason="사유", actor=story.actor("b-lead"), now=NOW)
    admitted(Appeal.objects.get(code="appeal-2"), story, yes=False)
    both = {"official-1", "auditor-1"}
    assert seers(story, Appeal) == both | {"b-lead", "c-lead", "expert-6", "reviewer-1"}
    assert seers(story, Opinion) == both | {"expert-6"}
    assert seers(story, AppealReviewer) == both
    assert seers(story, Challenge) == both | {"b-lead"}
    assert seers(story, DecisionText) == both | {"c-lead"}
    own = visible(Appeal.objects.all(), story.actor("reviewer-1"), NOW)
    assert [each.code for each in own] == ["appeal-1"]


def test_a_notice_is_for_everybody():
    story = contested()
    opened(story)
    assert seers(story, CallNotice, timezone.now()) == set(EVERYBODY)
