"""Names of this package's jobs."""

CARRY_OUT_ROSTER = "consortia.tasks.carry_out_roster"
