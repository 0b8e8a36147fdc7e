from evaluation.models.admission import Admission, Filling
from evaluation.models.announcement import Announcement, Notice, Vacancy
from evaluation.models.benchmark import BenchmarkTask, HarnessFile, HarnessResult
from evaluation.models.component import ComponentDeclaration, DeclaredEvidence
from evaluation.models.conflict import ConflictDeclaration
from evaluation.models.correction import Correction, NameCorrection
from evaluation.models.criteria import CriteriaConsent, CriteriaVersion
from evaluation.models.criterion import Criterion, Gate, Target
from evaluation.models.entry import Entry
from evaluation.models.export import Export
from evaluation.models.figures import (
    DirectPoints,
    Measurement,
    MeasurementRun,
    Response,
    ResponseBatch,
    ResponseBatchExclusion,
)
from evaluation.models.guidance import Guidance
from evaluation.models.imports import ResponseImport, Upload, UploadFile
from evaluation.models.paper import Answer, Document, DocumentFile, Enquiry
from evaluation.models.recount import Recount
from evaluation.models.reminder import Message, Reminder
from evaluation.models.round import Panelist, Round
from evaluation.models.service import ClockStop, ServiceAddress
from evaluation.models.sheet import Mark, Sheet, SheetDraft, SheetExclusion, SheetNote
from evaluation.models.standing import Cell, LiveStanding, Snapshot, SnapshotRow, StaleMark
from evaluation.models.supposing import Supposing
from evaluation.models.verdict import Finding, TieBreak, Verdict

__all__ = [
    "Admission",
    "Announcement",
    "Answer",
    "BenchmarkTask",
    "Cell",
    "ClockStop",
    "ComponentDeclaration",
    "ConflictDeclaration",
    "Correction",
    "CriteriaConsent",
    "CriteriaVersion",
    "Criterion",
    "DeclaredEvidence",
    "DirectPoints",
    "Document",
    "DocumentFile",
    "Enquiry",
    "Entry",
    "Export",
    "Filling",
    "Finding",
    "Gate",
    "Guidance",
    "HarnessFile",
    "HarnessResult",
    "LiveStanding",
    "Mark",
    "Measurement",
    "MeasurementRun",
    "Message",
    "NameCorrection",
    "Notice",
    "Panelist",
    "Recount",
    "Reminder",
    "Response",
    "ResponseBatch",
    "ResponseBatchExclusion",
    "ResponseImport",
    "Round",
    "ServiceAddress",
    "Sheet",
    "SheetDraft",
    "SheetExclusion",
    "SheetNote",
    "Snapshot",
    "SnapshotRow",
    "StaleMark",
    "Supposing",
    "Target",
    "TieBreak",
    "Upload",
    "UploadFile",
    "Vacancy",
    "Verdict",
]
