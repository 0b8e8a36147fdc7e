"""The order of the refusal codes, event by event: each flaw alone, then with its neighbours."""

import pytest

from tests.rehearsal.after import PANEL, SCORED, last
from tests.rehearsal.flaws import OFFICIALS, Flaw, Flawed, hands, higher
from tests.rehearsal.test_appeal_events import ADMIT, DISMISS, FILE, REJECT, WAIVE_B, WAIVE_C, points
from tests.rehearsal.test_call_events import (
    ANSWERED,
    CALL,
    NOBODY,
    OPENED,
    OUT,
    OVER,
    SELECT,
    SHUT,
    TWO_VOTES,
)

pytestmark = pytest.mark.django_db
ANNOUNCE = f"do: announce, round: stage-1, by: {OFFICIALS}\n"
MONDAY = "at: 2026-01-19T09:00+09:00, "
LATE = "at: 2026-01-27T00:00+09:00, "
OPEN = "at: 2026-02-06T23:59:59.999999+09:00, "
RULES = FILE.replace("decisive_error", "rules")
OTHER_FILE = FILE.replace("p-1", "p-2").replace("이유", "다른 이유")
INTEREST = "do: declare_conflict, round: stage-1, person: expert-1, team: team-x, kind: kinship, reason: 가\n"
NO_GATE = "{set_gate: {gate: nothing, team: team-b, verdict: passed}}"
TIE = points("30", "team-b") + ", {set_gate: {gate: originality, team: team-c, verdict: passed}}"
UNKNOWN_ROUND = Flaw("unknown", {"round": "stage-9"})
OWN_TEAM = {"round": "stage-1", "team": "team-b", "by": "b-lead"}
ANSWER = {"led": ANSWERED, "at": OVER, "team": "team-x"}

EVENTS = {
    "waive_appeal": Flawed(
        "{at}do: waive_appeal, round: {round}, team: {team}, by: {by}",
        OWN_TEAM,
        [
            UNKNOWN_ROUND,
            Flaw("unknown", {"team": "team-x"}),
            Flaw("unknown", {"by": "nobody"}),
            Flaw("not_allowed", {"by": "official-1"}),
            Flaw("not_entitled", {"by": "c-lead"}),
            Flaw("too_late", {"at": LATE}),
        ],
    ),
    "close_appeals_early": Flawed(
        "{at}do: close_appeals_early, round: {round}, reason: 모두 포기, by: {by}",
        {"led": ANNOUNCE + WAIVE_B + WAIVE_C, "at": MONDAY, "round": "stage-1", "by": OFFICIALS},
        [
            UNKNOWN_ROUND,
            *hands(),
            Flaw("wrong_state", {"led": ""}),
            Flaw("too_late", {"at": LATE}),
            Flaw("still_pending", {"led": ANNOUNCE + WAIVE_B}),
            Flaw("still_pending", {"led": ANNOUNCE + FILE + WAIVE_B + WAIVE_C}),
        ],
    ),
    "file_appeal": Flawed(
        "{at}do: file_appeal, id: p-1, round: {round}, team: {team}, ground: {ground}, statement: 이유, by: {by}",
        OWN_TEAM | {"ground": "decisive_error"},
        [
            UNKNOWN_ROUND,
            Flaw("unknown", {"team": "team-x"}),
            Flaw("not_allowed", {"by": "official-1"}),
            Flaw("not_entitled", {"by": "c-lead"}),
            Flaw("duplicate", before=OTHER_FILE),
            Flaw("not_entitled", before=WAIVE_B),
            Flaw("too_late", {"at": LATE}),
        ],
    ),
    "admit_appeal": Flawed(
        "do: admit_appeal, appeal: {appeal}, admitted: true, reason: 적격, by: {by}",
        {"led": FILE, "appeal": "p-1", "by": "official-1"},
        [
            Flaw("unknown", {"appeal": "p-9"}),
            Flaw("not_allowed", {"by": "b-lead"}),
            Flaw("conflict_of_interest", {"by": "both"}),
            Flaw("wrong_state", before=REJECT),
            Flaw("inadmissible", {"led": RULES}),
        ],
    ),
    "assign_reviewers": Flawed(
        "do: assign_reviewers, appeal: {appeal}, people: [{first}{second}], by: {by}",
        {"led": FILE + ADMIT, "appeal": "p-1", "first": "spare", "second": ", reviewer-1", "by": "official-1"},
        [
            Flaw("unknown", {"appeal": "p-9"}),
            Flaw("unknown", {"first": "nobody"}),
            Flaw("not_allowed", {"by": "reviewer-1"}),
            Flaw("not_allowed", {"first": "official-2"}),
            Flaw("conflict_of_interest", {"second": ", expert-1"}),
            Flaw("conflict_of_interest", {"first": "stranger"}),
            Flaw("wrong_state", {"led": FILE}),
            Flaw("incomplete", {"first": "", "second": ""}),
        ],
    ),
    "withdraw_appeal": Flawed(
        "do: withdraw_appeal, appeal: {appeal}, by: {by}",
        {"led": FILE + ADMIT, "appeal": "p-1", "by": "b-lead"},
        [
            Flaw("unknown", {"appeal": "p-9"}),
            Flaw("not_allowed", {"by": "official-1"}),
            Flaw("not_entitled", {"by": "c-lead"}),
            Flaw("wrong_state", before=DISMISS),
        ],
    ),
    "decide_appeal": Flawed(
        "do: decide_appeal, appeal: {appeal}, outcome: {outcome}, reason: 이유, corrections: [{first}{second}], "
        "by: {by}",
        {
            "led": FILE + ADMIT,
            "appeal": "p-1",
            "outcome": "upheld",
            "first": points("49", "team-a"),
            "second": "",
            "by": OFFICIALS,
        },
        [
            Flaw("unknown", {"appeal": "p-9"}),
            Flaw("unknown", {"second": f", {NO_GATE}"}),
            *hands(),
            Flaw("wrong_state", {"led": FILE}),
            Flaw("incomplete", {"second": f", {points('60')}"}),
            Flaw("out_of_range", {"first": points("60.1", "team-a")}),
            Flaw("out_of_range", {"outcome": "dismissed", "second": ""}),
            Flaw("tie_at_cut", {"second": f", {TIE}"}),
        ],
    ),
    "apply": Flawed(
        "{at}do: apply, call: {call}, team: {team}, by: {by}",
        {"led": OPENED, "at": SHUT, "call": "c-1", "team": "team-x", "by": "x-lead"},
        [
            Flaw("unknown", {"call": "c-9"}),
            Flaw("unknown", {"team": "team-z"}),
            Flaw("not_allowed", {"by": "official-1"}),
            Flaw("not_entitled", {"by": "b-lead"}),
            Flaw("not_eligible", {"team": "team-a", "by": "a-lead"}),
            Flaw("wrong_state", {"led": CALL}),
            Flaw("too_late", {"at": OVER}),
            Flaw("duplicate", {"led": ANSWERED}),
        ],
    ),
    "screen_application": Flawed(
        "{at}do: screen_application, call: {call}, team: {team}, eligible: true, reason: 적합, by: {by}",
        ANSWER | {"call": "c-1", "by": "official-1"},
        [
            Flaw("unknown", {"call": "c-9"}),
            Flaw("unknown", {"team": "team-y"}),
            Flaw("not_allowed", {"by": "expert-1"}),
            Flaw("conflict_of_interest", {"by": "both"}),
            Flaw("duplicate", {"at": OVER}, before=OUT),
            Flaw("wrong_state", {"led": ANSWERED + OUT + NOBODY, "at": OVER}),
            Flaw("too_early", {"at": OPEN}),
        ],
    ),
    "vote_application": Flawed(
        "{at}do: vote_application, call: c-1, team: {team}, person: {person}, accept: true{by}",
        ANSWER | {"person": "expert-1", "by": ""},
        [
            Flaw("unknown", {"team": "team-y"}),
            Flaw("unknown", {"person": "nobody"}),
            Flaw("not_allowed", {"by": ", by: official-1"}),
            Flaw("not_entitled", {"by": ", by: expert-2"}),
            Flaw("not_entitled", {"person": "spare"}),
            Flaw("too_early", {"at": OPEN}),
            Flaw("conflict_of_interest", before=INTEREST.replace("do:", OPEN + "do:")),
            Flaw("not_eligible", {"at": OVER}, before=OUT),
            Flaw("wrong_state", {"at": OVER}, before=NOBODY),
        ],
    ),
    "select": Flawed(
        "{at}do: select, call: {call}, team: {team}, reason: 과반, by: {by}",
        ANSWER | {"led": ANSWERED + TWO_VOTES, "call": "c-1", "by": OFFICIALS},
        [
            Flaw("unknown", {"call": "c-9"}),
            Flaw("unknown", {"team": "team-y"}),
            *hands(),
            Flaw("not_eligible", {"at": OVER}, before=OUT),
            Flaw("no_majority", {"led": ANSWERED}),
            Flaw("wrong_state", {"at": OVER, "led": ANSWERED + NOBODY}),
            Flaw("too_early", {"at": OPEN, "led": ANSWERED}),
        ],
    ),
    "authorise_call": Flawed(
        "{at}do: authorise_call, call: c-1, round: {round}, seats: {seats}, notice_days: {days}, "
        "eligible: [{eligible}], terms: {{exceptions: [{exception}]}}, by: {by}",
        {
            "round": "stage-1",
            "seats": "vacancies",
            "days": "10",
            "eligible": "newcomers",
            "exception": "",
            "by": OFFICIALS,
        },
        [
            UNKNOWN_ROUND,
            Flaw("unknown", {"exception": "{team: team-z, line: gpu, reason: 사유}"}),
            Flaw("unknown", {"exception": "{organisation: org-z, line: gpu, reason: 사유}"}),
            *hands(),
            Flaw("incomplete", {"eligible": ""}),
            Flaw("out_of_range", {"seats": "3"}),
            Flaw("out_of_range", {"days": "0"}),
            Flaw("duplicate", {"led": CALL.replace("c-1", "c-2")}),
            Flaw("wrong_state", {"led": ANSWERED + TWO_VOTES + SELECT, "at": OVER}),
        ],
    ),
    "move_end": Flawed(
        "do: move_end, round: {round}, ends: {ends}, reason: 늦은 시작, by: {by}",
        {"round": "stage-1", "ends": "2026-01-31", "by": OFFICIALS},
        [
            UNKNOWN_ROUND,
            *hands(),
            Flaw("wrong_state", {"led": ANNOUNCE}),
            Flaw("out_of_range", {"ends": "2026-02-01"}),
            Flaw("out_of_range", {"ends": "2026-01-14"}),
        ],
    ),
}
BEFORE_THE_ANNOUNCEMENT = {"close_appeals_early", "move_end"}


def ended(name: str, *flaws: Flaw) -> str:
    """How the event ends with these flaws; what led to it was done."""
    before = SCORED if name in BEFORE_THE_ANNOUNCEMENT else None
    return last(EVENTS[name].events(*flaws), before=before, panel=f"{PANEL}, both")


@pytest.mark.parametrize("name", EVENTS)
def test_the_event_is_done_and_each_flaw_has_its_code(name: str) -> None:
    assert ended(name) == "done"
    flaws = EVENTS[name].flaws
    assert [ended(name, flaw) for flaw in flaws] == [flaw.code for flaw in flaws]


@pytest.mark.parametrize(
    ("name", "one", "other"), [(name, *pair) for name, event in EVENTS.items() for pair in event.pairs()]
)
def test_of_two_codes_the_higher_is_given(name: str, one: Flaw, other: Flaw) -> None:
    assert ended(name, one, other) == higher(one, other)
