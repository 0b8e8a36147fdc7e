"""A row of every model that has constraints, right in every field, for cases that spoil one of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models

from consortia import models as consortia
from core import models as core
from evaluation import models as evaluation
from evaluation.models import Round
from tests.later import later_round
from tests.story import NOW, Story, told

LATER = NOW + timedelta(days=10)
NAMES = {"name_ko": "이름", "name_en": "Name"}


class World:
    """An open round of teams a and b (`story`), a drafted one (`draft`), and valid rows made as they are asked for."""

    def __init__(self) -> None:
        self.story: Story = told(teams="ab", seats=1).open()
        self.round: Round = self.story.round
        self.draft: Round = later_round(self.story)

    def made(self, model: type[models.Model], **fields: Any) -> Any:
        """A saved row of the model: valid but for `fields`."""
        return model._default_manager.create(**(self.valid(model) | fields))

    def valid(self, model: type[models.Model]) -> dict[str, Any]:
        """The fields of a valid row; what it needs is made."""
        given: dict[str, Any] = getattr(self, f"_{model._meta.model_name}")()
        return given

    def person(self, code: str) -> core.Account:
        return self.story.people[code]

    @property
    def _entry_and_leaf(self) -> dict[str, Any]:
        return {"entry": self.story.entry("a"), "criterion": self.story.criterion("expert")}

    @property
    def _entered(self) -> dict[str, Any]:
        return {"by": self.person("official-1"), "at": NOW}

    def _account(self) -> dict[str, Any]:
        return {"username": "somebody", **NAMES}

    def _rolegrant(self) -> dict[str, Any]:
        return {"account": self.person("official-1"), "role": "auditor"}

    def _verification(self) -> dict[str, Any]:
        return {"at": NOW}

    def _nonworkingday(self) -> dict[str, Any]:
        return {"calendar": "kr", "date": date(2030, 4, 1), **NAMES, "source": "관보"}

    def _decision(self) -> dict[str, Any]:
        about = {"subject_kind": "evaluation.round", "subject_id": self.round.pk, "subject_label": "1차"}
        prepared = {"prepared_by": self.person("official-1"), "prepared_at": NOW, "prepared_against": "0" * 64}
        return {"verb": "announce", **about, **prepared}

    def _event(self) -> dict[str, Any]:
        about = {"subject_kind": "evaluation.round", "subject_id": self.round.pk, "subject_label": "1차"}
        return {"verb": "announce", **about, "actor": "kim", "at": NOW}

    def _ledgeritem(self) -> dict[str, Any]:
        # M: whatever else is not written by a migration is refused before its names are looked at.
        what = {"relation": "nothing", "row_key": "1", "change": "M", "image": {}}
        return {"marker": "00000000-0000-0000-0000-000000000001", **what, "actor": "kim", "verb": "write", "at": NOW}

    def _programme(self) -> dict[str, Any]:
        return {"code": "another", **NAMES}

    def _organisation(self) -> dict[str, Any]:
        return {"programme": self.story.programme, "code": "another", **NAMES}

    def _affiliation(self) -> dict[str, Any]:
        return {"account": self.person("expert-5"), "organisation": self.story.organisations["outside"]}

    def _team(self) -> dict[str, Any]:
        return {"programme": self.story.programme, "code": "another", **NAMES}

    def _membership(self) -> dict[str, Any]:
        return {"team": self.story.teams["a"], "organisation": self.story.organisations["outside"]}

    def _teamperson(self) -> dict[str, Any]:
        return {"team": self.story.teams["a"], "account": self.person("official-1")}

    def _call(self) -> dict[str, Any]:
        return {"programme": self.story.programme, "code": "call-1", "notice_days": 1, "eligible": ["newcomers"]}

    def _application(self) -> dict[str, Any]:
        handed_in = {"submitted_by": self.person("x-lead"), "submitted_at": NOW}
        return {"call": self.made(consortia.Call), "team": self.story.teams["x"], **handed_in}

    def _authorisation(self) -> dict[str, Any]:
        decided = {"decision": self.made(core.Decision), "authorised_at": NOW}
        return {"call": self.made(consortia.Call), "round": self.round, **decided}

    def _round(self) -> dict[str, Any]:
        dates = {"starts": date(2026, 1, 1), "ends": date(2026, 1, 31)}
        return {"programme": self.story.programme, "code": "stage-9", "number": 9, **NAMES, **dates, "seats": 1}

    def _panelist(self) -> dict[str, Any]:
        return {"round": self.round, "account": self.person("expert-6")}

    def _criterion(self) -> dict[str, Any]:
        return {"round": self.draft, "code": "more", **NAMES, "position": 9, "points": 1, "source": "direct"}

    def _target(self) -> dict[str, Any]:
        return {"criterion": self.draft.criteria.first(), "team": self.story.teams["a"], "value": 1}

    def _gate(self) -> dict[str, Any]:
        return {"round": self.draft, "code": "more", **NAMES, "position": 9}

    def _entry(self) -> dict[str, Any]:
        return {"round": self.draft, "team": self.story.teams["b"], "position": 9}

    def _livestanding(self) -> dict[str, Any]:
        return {"entry": self.story.entry("a"), "round": self.round}

    def _stalemark(self) -> dict[str, Any]:
        return {"round": self.round, **self._entry_and_leaf, "at": NOW}

    def _snapshot(self) -> dict[str, Any]:
        counted = {"advanced": 1, "vacancies": 0, "means": {}}
        judged = {"criteria_version": self.round.criteria_versions.get(), "inputs_digest": "0", "digest": "0"}
        return {"round": self.round, "number": 1, "made_at": NOW, **counted, **judged}

    def _snapshotrow(self) -> dict[str, Any]:
        shown = {"position": 1, "rank": 1, "total": Decimal(90), "outcome": "advanced", "scores": {}, "gates": {}}
        return {"snapshot": self.made(evaluation.Snapshot), "entry": self.story.entry("a"), **shown}

    def _announcement(self) -> dict[str, Any]:
        published = {"snapshot": self.made(evaluation.Snapshot), "announced_at": NOW}
        return {"round": self.round, "decision": self.made(core.Decision), **published}

    def _notice(self) -> dict[str, Any]:
        window = {"arrived_at": NOW, "window_closes_at": LATER}
        return {"announcement": self.made(evaluation.Announcement), "entry": self.story.entry("a"), **window}

    def _vacancy(self) -> dict[str, Any]:
        return {"round": self.round, "seats": 1, "counted_at": NOW}

    def _conflictdeclaration(self) -> dict[str, Any]:
        about = {"round": self.round, "account": self.person("expert-1"), "team": self.story.teams["a"]}
        declared = {"declared_by": self.person("expert-1"), "declared_at": NOW}
        return {**about, "kind": "kinship", "reason": "배우자", **declared}

    def _directpoints(self) -> dict[str, Any]:
        return {**self._entry_and_leaf, "points": 1, **self._entered}

    def _measurementrun(self) -> dict[str, Any]:
        return {**self._entry_and_leaf, "code": "run-1", **self._entered}

    def _measurement(self) -> dict[str, Any]:
        return {"run": self.made(evaluation.MeasurementRun), **self._entry_and_leaf, "name": "b01", "value": 1}

    def _responsebatch(self) -> dict[str, Any]:
        return {**self._entry_and_leaf, "code": "batch-1", "size": 1, "digest": "0" * 64, **self._entered}

    def _responsebatchexclusion(self) -> dict[str, Any]:
        return {"batch": self.made(evaluation.ResponseBatch), "reason": "다른 팀의 파일", **self._entered}

    def _response(self) -> dict[str, Any]:
        return {"batch": self.made(evaluation.ResponseBatch), "mark": 1}

    def _document(self) -> dict[str, Any]:
        filed = {"filed_by": self.person("a-lead"), "received_at": NOW, "late": False}
        return {"round": self.round, "team": self.story.teams["a"], "kind": "report", "title": "보고서", **filed}

    def _documentfile(self) -> dict[str, Any]:
        number = core.Attachment.objects.count()
        file = {"name": "보고서.pdf", "kind": "application/pdf", "size": 1, "sha256": "0" * 64}
        taken = {"stored_as": f"attachments/{number}", "uploaded_by": self.person("a-lead"), "uploaded_at": NOW}
        document = self.made(evaluation.Document)
        return {"document": document, "attachment": core.Attachment.objects.create(**file, **taken)}

    def _enquiry(self) -> dict[str, Any]:
        asked = {"asked_by": self.person("a-lead"), "asked_at": NOW}
        return {"round": self.round, "team": self.story.teams["a"], "code": "enquiry-1", "text": "질의", **asked}

    def _answer(self) -> dict[str, Any]:
        given = {"answered_by": self.person("official-1"), "answered_at": NOW}
        return {"enquiry": self.made(evaluation.Enquiry), "text": "답변", **given}

    def _sheet(self) -> dict[str, Any]:
        return {"entry": self.story.entry("a"), "account": self.person("expert-1"), "digest": "0" * 64, "at": NOW}

    def _mark(self) -> dict[str, Any]:
        sheet = self.made(evaluation.Sheet)
        return {"sheet": sheet, "criterion": self.story.criterion("expert"), "points": 35}

    def _sheetexclusion(self) -> dict[str, Any]:
        return {"sheet": self.made(evaluation.Sheet), "reason": "이해관계", **self._entered}

    def _sheetnote(self) -> dict[str, Any]:
        return {"sheet": self.made(evaluation.Sheet), "text": "확인함", **self._entered}

    def _guidance(self) -> dict[str, Any]:
        return {"criterion": self.story.criterion("expert"), "text": "지침", "by": self.person("official-1"), "at": NOW}

    def _finding(self) -> dict[str, Any]:
        given = {"account": self.person("expert-1"), "finding": "met", "reason": "검토", "at": NOW}
        return {"gate": self.story.gate, "entry": self.story.entry("a"), **given}

    def _componentdeclaration(self) -> dict[str, Any]:
        said = {"component": "비전 인코더", "origin": "frozen", "statement": "공개 가중치", "late": False}
        return {"entry": self.story.entry("a"), "gate": self.story.gate, **said, **self._entered}

    def _declaredevidence(self) -> dict[str, Any]:
        return {
            "declaration": self.made(evaluation.ComponentDeclaration),
            "document": self.made(evaluation.Document),
        }

    def _verdict(self) -> dict[str, Any]:
        given = {"verdict": "passed", "reason": "과반", "decision": self.made(core.Decision), "at": NOW}
        return {"gate": self.story.gate, "entry": self.story.entry("a"), **given}

    def _tiebreak(self) -> dict[str, Any]:
        given = {"reason": "실적", "decision": self.made(core.Decision), "at": NOW}
        return {"round": self.round, "order": ["a", "b"], **given}


MODELS: tuple[type[models.Model], ...] = (
    *(core.Account, core.RoleGrant, core.NonWorkingDay, core.Decision, core.Event, core.LedgerItem),
    core.Verification,
    *(consortia.Programme, consortia.Organisation, consortia.Affiliation, consortia.Team, consortia.Membership),
    *(consortia.TeamPerson, consortia.Call, consortia.Application),
    *(evaluation.Round, evaluation.Panelist, evaluation.Criterion, evaluation.Target, evaluation.Gate),
    *(evaluation.Entry, evaluation.LiveStanding, evaluation.StaleMark, evaluation.Snapshot, evaluation.SnapshotRow),
    *(evaluation.Announcement, evaluation.Notice, evaluation.Vacancy, evaluation.ConflictDeclaration),
    *(evaluation.DirectPoints, evaluation.MeasurementRun, evaluation.Measurement, evaluation.ResponseBatch),
    *(evaluation.Response, evaluation.Document, evaluation.Enquiry, evaluation.Answer, evaluation.Sheet),
    *(
        evaluation.ResponseBatchExclusion,
        evaluation.Mark,
        evaluation.SheetExclusion,
        evaluation.SheetNote,
        evaluation.Guidance,
        evaluation.Finding,
        evaluation.ComponentDeclaration,
        evaluation.DeclaredEvidence,
        evaluation.DocumentFile,
        evaluation.Verdict,
        evaluation.TieBreak,
    ),
)
