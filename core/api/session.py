"""Who asks: the panel's session. A request that writes must prove that it does not come from another site's page."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.utils import OpenApiParameter
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

TOKEN = OpenApiParameter(
    "X-CSRFToken",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The value of the cookie `csrftoken`; over https a `Referer` or `Origin` of the site is needed too",
)


class PanelSession(SessionAuthentication):
    """REST framework's own, whose refusal of a request without the token says in the reader's language what lacks."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as lacking:
            raise PermissionDenied(
                _("X-CSRFToken 머리글에 csrftoken 쿠키의 값을 보내야 합니다(https에서는 Referer 또는 Origin도)."),
                code="csrf_failed",
            ) from lacking


class PanelSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """In the schema it is what REST framework's own is."""

    target_class = "core.api.session.PanelSession"
