"""What follows an announcement, in the panel; and the first page, which knows every package."""

from appeals.admin import blocking, pages  # noqa: F401 - put blockers and pages on rounds, and on the pulse
