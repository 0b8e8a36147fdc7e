"""Rights of the API: the verb that an address carries, and nothing else."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from core.actors import Actor, actor_of
from core.verbs import Verb


class HoldsVerb(BasePermission):
    """Lets in whoever holds a role that may do the address's verb.

    It is asked before the address is read, so that somebody without the right cannot learn which codes exist. The
    operation asks again.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(view, VerbView) or isinstance(request.user, AnonymousUser):
            return False
        view.actor.require(view.verb)
        return True


class VerbView(APIView):
    """An address behind which stands one verb."""

    verb: ClassVar[Verb]
    permission_classes = [HoldsVerb]

    @cached_property
    def actor(self) -> Actor:
        """Who asks, with the roles read once a request."""
        if isinstance(self.request.user, AnonymousUser):
            raise NotAuthenticated
        return actor_of(self.request.user)
