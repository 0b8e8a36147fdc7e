"""Constraints of rounds, their inputs and their results: each by its name, with all that must break it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from evaluation.models import Document, Gate, Mark
from tests.constraints.case import Break, beside, changed, deleted, given, kept, twice
from tests.constraints.cases_programmes import CODES
from tests.constraints.valid import LATER
from tests.story import NOW

BEFORE = NOW - timedelta(days=1)
LEFT = {"withdrawn_at": NOW, "withdrawn_by": lambda w: w.person("a-lead"), "withdrawal_reason": "사정"}
OPENED = {"state": "scoring", "opened_at": NOW}
ANNOUNCED = {"state": "announced", "announced_at": NOW, "appeals_close_at": LATER}
FINAL = {"state": "final", "appeals_closed_at": LATER}


def _frozen(model: str) -> Sequence[Break]:
    """What an open round has laid down is neither added to, changed nor taken away."""
    of = {
        "criterion": lambda w: w.story.criterion("bench"),
        "gate": lambda w: w.story.gate,
    }[model]
    return given(round=lambda w: w.round), changed({"name_ko": "다른 이름"}, row=of), deleted(of)


CASES: Mapping[str, Sequence[Break]] = {
    "round_state_known": [
        beside("round_begins", given(state="nonsense", opened_at=NOW), constraint="round_announced_has_times")
    ],
    "round_code_form": CODES,
    "round_code_once": [twice(number=10)],
    "round_number_once": [twice(code="stage-10")],
    "round_number_positive": [given(number=0)],
    "round_has_a_seat": [given(seats=0)],
    "round_appeal_days_positive": [given(appeal_days=0)],
    "round_mean_places_bounded": [given(mean_places=7)],
    "round_vacancy_rule_known": [given(vacancy="other")],
    "round_floor_not_negative": [given(floor="-0.01")],
    "round_dates_in_order": [given(ends=date(2025, 12, 31)), given(latest_end=date(2026, 1, 30))],
    "round_end_moves_later": [
        given(first_ends=date(2026, 1, 31)),
        given(first_ends=date(2026, 2, 1)),
        given(first_ends=date(2025, 12, 31)),
        changed({"first_ends": date(2026, 1, 31)}),
    ],
    "round_first_end_stays": [
        changed({"first_ends": date(2026, 1, 15)}, {"first_ends": first}) for first in (date(2026, 1, 14), None)
    ],
    "round_opened_has_time": [given(opened_at=NOW), changed({"state": "scoring"})],
    "round_announced_has_times": [
        changed({"announced_at": NOW, "appeals_close_at": NOW}),
        changed(OPENED, {"appeals_close_at": NOW}),
        changed(OPENED, ANNOUNCED | {"announced_at": None}),
        changed(OPENED, ANNOUNCED, FINAL | {"appeals_close_at": None}),
        changed(OPENED, ANNOUNCED | {"appeals_close_at": BEFORE}),
    ],
    "round_final_has_time": [
        changed(OPENED, ANNOUNCED, {"state": "final"}),
        changed(OPENED, ANNOUNCED, {"appeals_closed_at": LATER}),
        changed(OPENED, ANNOUNCED, FINAL | {"appeals_closed_at": BEFORE}),
    ],
    "round_steps": [
        changed(ANNOUNCED | {"opened_at": NOW}),
        changed(OPENED, {"state": "draft", "opened_at": None}),
        changed(OPENED, ANNOUNCED, OPENED | {"announced_at": None, "appeals_close_at": None}),
        changed(OPENED, ANNOUNCED, FINAL, {"state": "announced", "appeals_closed_at": None}),
    ],
    "round_begins": [given(**OPENED)],
    "panelist_once": [twice()],
    "criterion_code_form": CODES,
    "criterion_code_once": [twice(position=10)],
    "criterion_position_once": [twice(code="other")],
    "criterion_points_positive": [given(points=0), given(points=-1)],
    "criterion_places_bounded": [given(places=7)],
    "criterion_source_known": [given(source="other")],
    "criterion_aggregate_known": [given(aggregate="other")],
    "criterion_scale_known": [given(scale="other")],
    "criterion_linear_has_factor": [
        given(scale="linear"),
        given(scale="linear", factor_numerator=1),
        given(scale="linear", factor_numerator=0, factor_denominator=1),
        given(factor_numerator=1, factor_denominator=1),
    ],
    "criterion_quorum_positive": [given(quorum=0)],
    "criterion_frozen": _frozen("criterion"),
    "target_once": [twice(value=2)],
    "target_positive": [given(value=0)],
    "target_frozen": [given(criterion=lambda w: w.story.criterion("bench"))],
    "gate_code_form": CODES,
    "gate_code_once": [twice(position=10)],
    "gate_rule_known": [given(rule="other")],
    "gate_frozen": _frozen("gate"),
    "entry_one_a_team": [twice(position=10)],
    "entry_withdrawal_has_person_and_reason": [
        given(withdrawn_at=NOW),
        given(**(LEFT | {"withdrawal_reason": ""})),
        given(**(LEFT | {"withdrawn_by": None})),
        given(withdrawal_reason="사정"),
    ],
    "entry_fixed": [
        given(round=lambda w: w.round, team=lambda w: w.story.teams["x"]),
        deleted(lambda w: w.story.entry("a")),
    ],
    "entry_only_withdraws": [
        changed({"position": 10}),
        changed({"team": lambda w: w.story.teams["x"]}),
        changed({"round": lambda w: w.round}),
        changed({"starts": date(2026, 2, 2)}),
    ],
    "entry_own_start_is_a_newcomers": [given(starts=date(2026, 2, 2))],
    "entry_stays_withdrawn": [
        changed(LEFT, {"withdrawn_at": None, "withdrawn_by": None, "withdrawal_reason": ""}),
        changed(LEFT, {"withdrawal_reason": "다른 사정"}),
    ],
    "live_rank_from_one": [given(rank=0)],
    "stale_mark_names_a_cell_or_the_round": [given(criterion=None)],
    "snapshot_number_once": [twice(advanced=0)],
    "snapshot_number_from_one": [given(number=0)],
    "snapshot_append_only": kept("digest", "1"),
    "snapshot_row_one_an_entry": [twice(position=2)],
    "snapshot_row_position_once": [twice(entry=lambda w: w.story.entry("b"))],
    "snapshot_row_rank_from_one": [given(rank=0)],
    "snapshot_row_rank_or_reason": [
        given(reason="incomplete"),
        given(rank=None, total=None),
        given(rank=None, reason="incomplete"),
        given(total=None),
    ],
    "snapshot_row_outcome_known": [given(outcome="other")],
    "snapshot_row_position_not_before_rank": [given(rank=2)],
    "announcement_disclosure_known": [given(disclosure="other")],
    "announcement_append_only": kept("disclosure", "full"),
    "notice_one_a_team": [twice(arrived_at=BEFORE)],
    "notice_window_after_arrival": [given(window_closes_at=NOW)],
    "vacancy_has_a_seat": [given(seats=0)],
    "conflict_kind_known": [given(kind="other-kind")],
    "conflict_has_reason": [given(reason="")],
    "conflict_append_only": kept("kind", "none"),
    "direct_points_not_negative": [given(points="-0.1")],
    "direct_points_once": [twice(points=2)],
    "direct_points_append_only": kept("points", 2),
    "run_once": [twice(at=LATER)],
    "run_code_not_blank": [given(code="")],
    "run_append_only": kept("code", "run-2"),
    "measurement_not_negative": [given(value="-0.1")],
    "measurement_has_name": [given(name="")],
    "measurement_once": [twice(value=2)],
    "measurement_append_only": kept("value", 2),
    "batch_once": [twice(size=2)],
    "batch_code_not_blank": [given(code="")],
    "batch_has_a_response": [given(size=0)],
    "batch_digest_whole": [given(digest="0"), given(digest="G" * 64)],
    "batch_append_only": kept("size", 2),
    "response_not_negative": [given(mark="-0.1")],
    "document_has_kind_and_title": [given(kind=""), given(title="")],
    "document_late_has_reason": [given(late=True), given(not_considered_because="늦음")],
    "document_append_only": kept("late", True),
    "document_file_append_only": kept("document", lambda w: w.made(Document)),
    "document_file_came_with_it": [
        given(document=lambda w: w.made(Document, received_at=NOW + timedelta(microseconds=1))),
        given(document=lambda w: w.made(Document, filed_by=w.person("official-1"))),
    ],
    "enquiry_code_once": [twice(text="다른 질의")],
    "enquiry_code_once_in_a_programme": [twice(round=lambda w: w.draft)],
    "enquiry_has_text": [given(text="")],
    "enquiry_append_only": kept("text", "다른 질의"),
    "answer_has_text": [given(text="")],
    "answer_append_only": kept("text", "다른 답변"),
    "sheet_digest_whole": [given(digest="0")],
    "sheet_one_a_person": [twice(comment="다시")],
    "sheet_append_only": kept("comment", "다시"),
    "sheet_no_conflict": [given(account=lambda w: w.person("expert-4"))],
    "mark_once": [twice(points=1)],
    "mark_not_negative": [given(points="-0.1")],
    "mark_append_only": kept("points", 1),
    "mark_within_points": [given(points="35.1")],
    "batch_exclusion_has_reason": [given(reason="")],
    "batch_exclusion_append_only": kept("reason", "다른 사유"),
    "exclusion_has_reason": [given(reason="")],
    "exclusion_append_only": kept("reason", "다른 사유"),
    "sheet_note_has_text": [given(text="")],
    "sheet_note_append_only": kept("text", "다른 메모"),
    "guidance_append_only": kept("text", "다른 지침"),
    "guidance_before_sheets": [given(criterion=lambda w: w.made(Mark).criterion)],
    "finding_once": [twice(finding="not_met")],
    "finding_known": [given(finding="perhaps")],
    "finding_has_reason": [given(reason="")],
    "finding_append_only": kept("finding", "not_met"),
    "finding_no_conflict": [given(account=lambda w: w.person("expert-4"))],
    "component_declaration_says_what": [given(component=""), given(statement="")],
    "component_declaration_origin_known": [given(origin=""), given(origin="unknown")],
    "component_declaration_late_has_reason": [given(late=True), given(not_considered_because="늦음")],
    "component_declaration_append_only": kept("origin", "scratch"),
    "component_declaration_of_the_round": [
        given(gate=lambda w: w.made(Gate)),
        given(entry=lambda w: w.draft.entries.get(team__code="a")),
    ],
    "declared_evidence_once": [twice()],
    "declared_evidence_append_only": kept("document", lambda w: w.made(Document)),
    "declared_evidence_of_the_team": [
        given(document=lambda w: w.made(Document, team=w.story.teams["b"])),
        given(document=lambda w: w.made(Document, round=w.draft)),
    ],
    "verdict_once": [twice(verdict="failed")],
    "verdict_known": [given(verdict="perhaps")],
    "verdict_has_reason": [given(reason="")],
    "verdict_append_only": kept("verdict", "failed"),
    "tie_break_orders_two": [given(order=["a"]), given(order=[])],
    "tie_break_has_reason": [given(reason="")],
    "tie_break_append_only": kept("order", ["b", "a"]),
}
