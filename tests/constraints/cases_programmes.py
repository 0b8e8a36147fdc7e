"""Constraints of the kernel, programmes, teams and calls: each by its name, with all that must break it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from consortia.models import Call
from tests.constraints.case import Break, beside, changed, given, kept, twice
from tests.constraints.valid import LATER, World
from tests.story import NOW

DAY = timedelta(days=1)
CODES = [given(code=code) for code in ("", "-a", "A", "a b", "가", "a" * 63 + "!", "a\n")]
BACKWARDS = [given(since=date(2026, 1, 2), until=date(2026, 1, 1))]
APPROVED = {"state": "approved", "settled_by": lambda w: w.person("official-2"), "settled_at": NOW}
HEAD = "0" * 64
DAMAGED = {"relation": "core_account", "row_key": "7", "what": "row_changed"}
OPEN = {"state": "open", "seats": 1, "opened_at": NOW, "closes_at": LATER}


def _overlapping(world: World, model: type[Call]) -> None:
    for number, opened in enumerate((NOW, LATER - DAY)):
        row = world.made(model, code=f"call-{number}")
        window = {"opened_at": opened, "closes_at": opened + 10 * DAY}
        Call.objects.filter(pk=row.pk).update(**(OPEN | window))


CASES: Mapping[str, Sequence[Break]] = {
    "account_username_form": [given(username=name) for name in ("", "-a", "A", "a b", "가", "a@b", ".a")],
    "role_granted_once": [twice()],
    "role_known": [given(role="system"), given(role="king"), given(role="")],
    "non_working_day_once": [twice(name_ko="다른 이름")],
    "non_working_day_has_source": [given(source="")],
    "day_append_only": kept("name_ko", "다른 이름"),
    "decision_state_known": [beside("decision_steps", changed(APPROVED | {"state": "nonsense"}))],
    "decision_two_people": [changed(APPROVED | {"settled_by": lambda w: w.person("official-1")})],
    "decision_settled_has_person_and_time": [
        changed({"state": "approved"}),
        changed({"settled_at": NOW}),
        changed({"settled_by": lambda w: w.person("official-2")}),
        changed(APPROVED | {"settled_at": None}),
    ],
    "decision_steps": [
        changed(APPROVED, {"state": "prepared", "settled_by": None, "settled_at": None}),
        changed(APPROVED, {"state": "void"}),
        changed(APPROVED | {"state": "void"}, {"state": "approved"}),
        changed(APPROVED | {"state": "returned"}, {"state": "approved"}),
    ],
    "decision_begins": [given(**APPROVED)],
    "event_names_actor_and_verb": [given(actor=""), given(verb="")],
    "event_append_only": kept("actor", "lee"),
    "ledger_item_names_actor": [given(actor="")],
    "ledger_item_names_verb": [given(verb="")],
    "verification_phase_known": [given(phase="other")],
    "verification_followed_when_done": [
        given(phase="done"),
        given(phase="done", head="x"),
        *(given(**followed) for followed in ({"head": HEAD}, {"records": 1}, {"blocks": 1}, DAMAGED)),
    ],
    "verification_damage_says_where": [
        given(phase="done", head=HEAD, what="row_changed"),
        given(phase="done", head=HEAD, relation="core_account"),
        given(phase="done", head=HEAD, row_key="7"),
    ],
    "verification_one_under_way": [twice(), twice(phase="running")],
    "programme_code_form": CODES,
    "organisation_code_form": CODES,
    "organisation_code_once": [twice(name_ko="다른 이름")],
    "affiliation_ends_after_it_begins": BACKWARDS,
    "affiliation_one_a_day": [
        twice(),
        twice(organisation=lambda w: w.story.organisations["org-a"]),
        twice(since=date(2026, 1, 1), until=date(2026, 1, 1)),
    ],
    "team_code_form": CODES,
    "team_code_once": [twice(name_ko="다른 이름")],
    "membership_part_known": [given(part="other")],
    "membership_ends_after_it_begins": BACKWARDS,
    "membership_once_a_day": [twice(), twice(since=date(2026, 1, 1)), twice(until=date(2026, 1, 1))],
    "membership_one_lead_a_day": [given(part="lead"), given(part="lead", since=date(2026, 1, 1))],
    "team_person_once": [twice()],
    "call_state_known": [beside("call_begins", given(state="nonsense"), constraint="call_opened_has_seats_and_window")],
    "call_code_form": CODES,
    "call_code_once": [twice(notice_days=2)],
    "call_notice_days_positive": [given(notice_days=0)],
    "call_authorises_a_seat": [given(most_seats=0)],
    "call_opened_has_seats_and_window": [
        given(seats=1),
        changed({"state": "open"}),
        changed(OPEN | {"seats": 0}),
        changed(OPEN | {"seats": None}),
        changed(OPEN | {"closes_at": NOW}),
        changed({"state": "void", "void_reason": "사유", "seats": 1}),
    ],
    "call_void_has_reason": [changed({"state": "void"})],
    "call_windows_never_overlap": [_overlapping],
    "call_steps": [
        changed({"state": "closed"}),
        changed({"state": "concluded"}),
        changed(OPEN, {"state": "authorised"}),
        changed(OPEN, {"state": "void"}),
        changed(OPEN, {"state": "closed"}, {"state": "open"}),
        changed({"state": "void", "void_reason": "사유"}, OPEN | {"void_reason": ""}),
    ],
    "call_begins": [given(**OPEN), given(state="void", void_reason="사유")],
    "application_state_known": [beside("application_begins", given(state="nonsense"))],
    "application_one_a_team": [twice()],
    "application_steps": [changed({"state": "selected"}, {"state": "submitted"})],
    "application_begins": [given(state="selected")],
}
