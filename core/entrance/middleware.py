"""What must be done first: a password of one's own, and a second factor where the role asks for one."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin.acting import acting
from core.api.errors import PROBLEM, problem
from core.entrance.given import GIVEN

API = "/api/"
WORDS = {
    "account_change_password": ("password_is_given", _("받은 비밀번호를 먼저 본인의 것으로 바꾸어야 합니다.")),
    "mfa_index": ("second_factor_missing", _("이 역할은 2단계 인증을 먼저 설정해야 합니다.")),
}


class FirstThingsFirst:
    """Holds a person back until it is done: pages lead to where it is done, the API says so (403).

    What was published is open to everybody, and the entrance to whoever is held there; it says why (`request.held`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = None if _within(request, "calls") else _first(request)
        if first is None:
            return self.get_response(request)
        code, words = WORDS[first]
        if _within(request, "entrance"):
            request.held = words  # type: ignore[attr-defined]
            return self.get_response(request)
        if not request.path_info.startswith(API):
            return HttpResponseRedirect(reverse(first))
        answer = problem(HTTPStatus.FORBIDDEN, code, str(words))
        return JsonResponse(answer, status=HTTPStatus.FORBIDDEN, content_type=PROBLEM)


def _within(request: HttpRequest, name: str) -> bool:
    return request.path_info.startswith(reverse(name))


def _first(request: HttpRequest) -> str | None:
    """The page on which the person must do something before anything else."""
    if not request.user.is_authenticated:
        return None
    if request.session.get(GIVEN):
        return "account_change_password"
    must = settings.SECOND_FACTOR_ROLES and acting(request).roles & settings.SECOND_FACTOR_ROLES
    return "mfa_index" if must and not _has_second_factor(request) else None


def _has_second_factor(request: HttpRequest) -> bool:
    mine = Authenticator.objects.filter(user=request.user.pk)
    return bool(mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
