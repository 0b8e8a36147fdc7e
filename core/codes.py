"""What a code looks like, whoever writes it: plain Python, for the database, for rosters and for scenarios."""

LONGEST = 64
CODE = r"[a-z0-9][a-z0-9_-]{0,63}"
"""It names something in its programme and stands in addresses."""
