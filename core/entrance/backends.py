"""Whoever is signed in comes with his roles: every page asks for them several times."""

from django.contrib.auth.backends import ModelBackend

from core.models import Account

# Written out: composing this takes longer than running it, and every request does.
_WITH_ROLES = """
SELECT account.*, ARRAY(SELECT role FROM core_rolegrant WHERE account_id = account.id ORDER BY id) AS held
FROM core_account account WHERE id = %s"""


class WithRoles(ModelBackend):
    """Knows people by account and password, as Django does; reads the person of a session with his roles.

    Neither outlives the request: a role that is taken away counts from the next one on.
    """

    def get_user(self, user_id: int) -> Account | None:
        found = next(iter(Account.objects.raw(_WITH_ROLES, [user_id])), None)
        return found if found is not None and self.user_can_authenticate(found) else None
