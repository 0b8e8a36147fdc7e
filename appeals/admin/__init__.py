"""What follows an announcement, in the panel; and the first page, which knows every package."""

from appeals.admin import pages  # noqa: F401 - puts its pages on rounds and on the pulse
