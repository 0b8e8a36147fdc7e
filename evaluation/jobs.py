"""Names of this package's jobs."""

RECOMPUTE = "evaluation.tasks.recompute"
MAIL_REMINDER = "evaluation.tasks.mail_reminder"
