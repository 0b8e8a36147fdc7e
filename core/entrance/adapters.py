"""What allauth asks of this project: who may come in, what is written of it, and how secrets are kept."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.actors import actor_of
from core.clock import database_now
from core.entrance.given import GIVEN
from core.operations.entrance import change_own_password, end_other_sessions, sign_in
from core.queries import password_is_given

LONGEST_BROWSER = 200


class AccountAdapter(DefaultAccountAdapter):
    """Who may come in, and what is written of it; a password changes by an operation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("계정이나 비밀번호가 맞지 않습니다."),
        "same_as_current": _("지금 쓰는 비밀번호와 다른 것으로 정해 주십시오."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords are too many requests (429): a form that is shown again invites one more."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refused:
            raise ImmediateHttpResponse(respond_429(request)) from refused

    def pre_login(self, request: HttpRequest, user: Any, **known: Any) -> Any:
        """An account that is out of use, or holds no role, stays outside."""
        return super().pre_login(request, user, **known) if user.roles() else self.respond_user_inactive(request, user)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Nobody is let in without a line of it."""
        by = [str(each.get("type") or each["method"]) for each in get_authentication_records(request, user)]
        browser = self.get_http_user_agent(request)[:LONGEST_BROWSER]
        address = self.get_client_ip(request)
        sign_in(by=by, address=address, browser=browser, actor=actor_of(user), now=database_now())
        super().login(request, user)
        if password_is_given(user):
            request.session[GIVEN] = True

    def clean_password(self, password: str, user: Any = None) -> str:
        if user is not None and user.check_password(password):
            raise self.validation_error("same_as_current")
        return str(super().clean_password(password, user))

    def set_password(self, user: Any, password: str) -> None:
        """Only one's own, for no other page of allauth that sets one has an address."""
        change_own_password(password=password, actor=actor_of(user), now=database_now())
        self.request.session.pop(GIVEN, None)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return str(self.get_login_redirect_url(request))


class FactorAdapter(DefaultMFAAdapter):
    """Second factors. Their secrets lie encrypted: a copy of the database alone makes no codes."""

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def encrypt(self, text: str) -> str:
        sealed: bytes = _box().encrypt(text.encode())
        return sealed.decode()

    def decrypt(self, encrypted_text: str) -> str:
        opened: bytes = _box().decrypt(encrypted_text.encode())
        return opened.decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return str(_("패스키"))


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions that a person ends elsewhere."""

    def end_sessions(self, sessions: Sequence[Any]) -> None:
        if sessions:
            actor = actor_of(sessions[0].user)
            end_other_sessions(ended=len(sessions), actor=actor, now=database_now())
        super().end_sessions(sessions)


def _box() -> MultiFernet:
    """Encrypts with the site's secret key, and still reads what older ones (SECRET_KEY_FALLBACKS) have encrypted."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"second factor:{key}".encode()).digest())) for key in keys])
