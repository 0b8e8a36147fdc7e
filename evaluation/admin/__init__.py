"""Rounds and what they are judged by, in the panel."""

from django.contrib import admin

from evaluation.admin import (  # noqa: F401 - put their pages on the models
    clock_pages,
    correcting_pages,
    criteria_pages,
    declaring_page,
    development_pages,
    entry_pages,
    evidence_pages,
    examining_pages,
    excluding_page,
    export_pages,
    fact_words,
    filing_pages,
    guidance_page,
    import_pages,
    own_sheet_page,
    panel_pages,
    parity_page,
    replacing_page,
    round_pages,
    service_pages,
    supposing_page,
)
from evaluation.admin.batches import ResponseBatchAdmin
from evaluation.admin.components import ComponentDeclarationAdmin
from evaluation.admin.criteria import CriteriaVersionAdmin
from evaluation.admin.documents import DocumentAdmin
from evaluation.admin.entries import EntryAdmin
from evaluation.admin.exports import ExportAdmin
from evaluation.admin.notices import NoticeAdmin, ServiceAddressAdmin
from evaluation.admin.recounts import RecountAdmin
from evaluation.admin.reminders import MessageAdmin, ReminderAdmin
from evaluation.admin.rounds import RoundAdmin
from evaluation.admin.snapshots import CorrectionAdmin, SnapshotAdmin
from evaluation.admin.supposings import SupposingAdmin
from evaluation.admin.things import (
    ConflictAdmin,
    EnquiryAdmin,
    FindingAdmin,
    SheetAdmin,
    VerdictAdmin,
)
from evaluation.admin.uploads import HarnessFileAdmin, UploadAdmin
from evaluation.models import (
    ComponentDeclaration,
    ConflictDeclaration,
    Correction,
    CriteriaVersion,
    Document,
    Enquiry,
    Entry,
    Export,
    Finding,
    HarnessFile,
    Message,
    Notice,
    Recount,
    Reminder,
    ResponseBatch,
    Round,
    ServiceAddress,
    Sheet,
    Snapshot,
    Supposing,
    Upload,
    Verdict,
)

admin.site.register(Round, RoundAdmin)
admin.site.register(CriteriaVersion, CriteriaVersionAdmin)
admin.site.register(Entry, EntryAdmin)
admin.site.register(Document, DocumentAdmin)
admin.site.register(ComponentDeclaration, ComponentDeclarationAdmin)
admin.site.register(Enquiry, EnquiryAdmin)
admin.site.register(ConflictDeclaration, ConflictAdmin)
admin.site.register(Sheet, SheetAdmin)
admin.site.register(Finding, FindingAdmin)
admin.site.register(Verdict, VerdictAdmin)
admin.site.register(Snapshot, SnapshotAdmin)
admin.site.register(Export, ExportAdmin)
admin.site.register(Recount, RecountAdmin)
admin.site.register(Supposing, SupposingAdmin)
admin.site.register(Correction, CorrectionAdmin)
admin.site.register(Notice, NoticeAdmin)
admin.site.register(ServiceAddress, ServiceAddressAdmin)
admin.site.register(Reminder, ReminderAdmin)
admin.site.register(Message, MessageAdmin)
admin.site.register(Upload, UploadAdmin)
admin.site.register(HarnessFile, HarnessFileAdmin)
admin.site.register(ResponseBatch, ResponseBatchAdmin)
