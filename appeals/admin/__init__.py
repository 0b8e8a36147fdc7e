"""What follows an announcement, in the panel; and the first page, which knows every package."""

from django.contrib import admin

from appeals.admin import (  # noqa: F401 - put theirs on notices and appeals
    official_pages,
    pages,
    review_pages,
    team_pages,
)
from appeals.admin.appeals import AppealAdmin, ChallengeAdmin, EarlyClosingAdmin, WaiverAdmin
from appeals.models import Appeal, Challenge, EarlyClosing, Waiver

admin.site.register(Appeal, AppealAdmin)
admin.site.register(Challenge, ChallengeAdmin)
admin.site.register(Waiver, WaiverAdmin)
admin.site.register(EarlyClosing, EarlyClosingAdmin)
