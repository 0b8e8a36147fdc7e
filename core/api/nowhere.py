"""What no address of the API is: a problem as any other."""

from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView


@extend_schema(exclude=True)
class NowhereView(APIView):
    """404, whoever asks and by whatever method.

    Without it a program would be given a page, and an address without its last slash led on by a GET: a PUT that a
    client repeats so is answered with what stood before, and looks done.
    """

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotFound(_("없는 주소입니다."), code="unknown")
