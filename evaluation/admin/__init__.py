"""Rounds and what they are judged by, in the panel."""

from django.contrib import admin

from evaluation.admin import development_pages, entry_pages, panel_pages, round_pages  # noqa: F401 - put their pages on the models
from evaluation.admin.entries import EntryAdmin
from evaluation.admin.results import NoticeAdmin, SnapshotAdmin
from evaluation.admin.rounds import RoundAdmin
from evaluation.admin.things import (
    ConflictAdmin,
    DocumentAdmin,
    EnquiryAdmin,
    FindingAdmin,
    SheetAdmin,
    VerdictAdmin,
)
from evaluation.models import (
    ConflictDeclaration,
    Document,
    Enquiry,
    Entry,
    Finding,
    Notice,
    Round,
    Sheet,
    Snapshot,
    Verdict,
)

admin.site.register(Round, RoundAdmin)
admin.site.register(Entry, EntryAdmin)
admin.site.register(Document, DocumentAdmin)
admin.site.register(Enquiry, EnquiryAdmin)
admin.site.register(ConflictDeclaration, ConflictAdmin)
admin.site.register(Sheet, SheetAdmin)
admin.site.register(Finding, FindingAdmin)
admin.site.register(Verdict, VerdictAdmin)
admin.site.register(Snapshot, SnapshotAdmin)
admin.site.register(Notice, NoticeAdmin)
