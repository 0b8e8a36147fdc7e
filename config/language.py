"""In which language a page answers: Korean, until a person chooses another."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, get_supported_language_variant

API = "/api/"


class ChosenLanguage(LocaleMiddleware):
    """The language of the cookie that the switch leaves. A browser's own languages are not asked.

    What a browser sends tells where it was installed, and would show a ministry's page in English by itself. A program
    that calls the API has no cookie and sends such a header only on purpose: there it counts.
    """

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(language_of(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        patch_vary_headers(response, ("Cookie", "Accept-Language") if _is_api(request) else ("Cookie",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


def language_of(request: HttpRequest) -> str:
    """The code of the language that was chosen; the site's own where none was, or one that is not offered."""
    if _is_api(request):
        return get_language_from_request(request)
    try:
        return get_supported_language_variant(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    except LookupError:
        return settings.LANGUAGE_CODE


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)
