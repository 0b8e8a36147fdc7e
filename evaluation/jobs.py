"""Names of this package's jobs."""

RECOMPUTE = "evaluation.tasks.recompute"
CHECK_UPLOAD = "evaluation.tasks.check_upload"
CARRY_OUT_UPLOAD = "evaluation.tasks.carry_out_upload"
MAKE_EXPORT = "evaluation.tasks.make_export"
COMPUTE_SUPPOSING = "evaluation.tasks.compute_supposing"
MAKE_RECOUNT = "evaluation.tasks.make_recount"
MAIL_REMINDER = "evaluation.tasks.mail_reminder"
