"""Whoever is signed in comes with his roles: every page asks for them several times."""

from django.contrib.auth.backends import ModelBackend

from core.models import Account


class WithRoles(ModelBackend):
    """Knows people by account and password, as Django does; reads the person of a session with his roles.

    Neither outlives the request: a role that is taken away counts from the next one on.
    """

    def get_user(self, user_id: int) -> Account | None:
        found = Account.objects.prefetch_related("grants").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
