"""The name under which a session remembers that its person's password was given by somebody else."""

GIVEN = "simsa_password_is_given"
