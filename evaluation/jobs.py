"""Names of this package's jobs."""

RECOMPUTE = "evaluation.tasks.recompute"
