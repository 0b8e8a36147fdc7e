"""Pages of the entrance that allauth does not have."""

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's sessions elsewhere; 404 for anybody else's, whether or not it is there.

    The one that asks is ended by signing out, and one that is over already leaves no second line in the record.
    """
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if not session.is_current() and not session.purge():
        get_adapter().end_sessions([session])
        messages.info(request, _("그 로그인을 끝냈습니다."))
    return redirect("usersessions_list")
