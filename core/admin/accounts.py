"""Accounts: opened and given a password by operators."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.base import ReadOnlyAdmin
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on, refusal
from core.models import Account
from core.operations.accounts import (
    open_account,
    require_factors,
    require_in_use,
    resume_account,
    set_password,
    suspend_account,
    take_away_factors,
)
from core.own_verbs import OPEN_ACCOUNT, RESUME_ACCOUNT, SET_PASSWORD, SUSPEND_ACCOUNT, TAKE_AWAY_FACTORS
from core.roles import Role

_NAME_FORM = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]*\Z", _("소문자나 숫자로 시작하고 소문자, 숫자, 점, 밑줄, 붙임표로 적습니다.")
)


class AccountAdmin(ReadOnlyAdmin):
    """People who can be named as actors."""

    fields = ("username", "name_ko", "name_en", "roles_held", "is_active", "last_login")
    list_display = ("username", "name_ko", "roles_held", "is_active")
    list_filter = ("grants__role", "is_active")
    search_fields = ("username", "name_ko", "name_en")
    ordering = ("username",)
    empty = _(
        "담당 공무원, 평가위원, 팀 담당자, 감사 담당의 계정입니다. 위의 단추로 첫 계정을 열고 비밀번호를 정해 주십시오."
    )

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_related("grants")

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        return self.fields

    @admin.display(description=_("역할"))
    def roles_held(self, obj: Account) -> str:
        return ", ".join(str(grant) for grant in obj.grants.all())


class OpenAccountForm(OperationForm):
    username = fields.text(
        _("계정"),
        max_length=130,
        validators=[_NAME_FORM],
        help_text=_("사업에 속한 사람은 사업코드.이름으로 적습니다. 나중에 바꿀 수 없습니다."),
    )
    name_ko = fields.text(_("이름"), max_length=100)
    name_en = fields.text(_("영문 이름"), max_length=100)
    role = fields.choice(_("역할"), [each for each in Role.choices if each[0] != Role.SYSTEM], blank=_("고르십시오"))


@on(Account)
class OpenAccount(OperationPage):
    """Opens an account; it has no password yet."""

    verb = OPEN_ACCOUNT
    form_class = OpenAccountForm
    icon = "person_add"
    about_object = False

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("계정이 열립니다. 비밀번호를 정해 주어야 로그인할 수 있습니다.")]

    def perform(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> Account:
        role = Role(given.pop("role"))
        account: Account = open_account(**given, role=role, actor=actor, now=now)
        return account

    def done(self, subject: Any, result: Account) -> Any:
        return _("%(account)s 계정을 열었습니다.") % {"account": result.username}


class PasswordForm(OperationForm):
    password = fields.password(_("새 비밀번호"))
    again = fields.password(_("새 비밀번호 확인"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("두 비밀번호가 다릅니다."))
        elif given.get("password"):
            try:
                validate_password(given["password"], self.subject)
            except ValidationError as error:
                self.add_error("password", error)
        return given


@on(Account)
class SetPassword(OperationPage):
    """Gives an account a password."""

    verb = SET_PASSWORD
    form_class = PasswordForm
    icon = "password"

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("이 계정의 이전 비밀번호와 로그인은 더 이상 쓸 수 없습니다."),
            _("다음에 로그인하면 본인의 비밀번호로 바꾸어야 다른 일을 할 수 있습니다."),
        ]

    def perform(self, subject: Account, given: dict[str, Any], *, actor: Actor, now: datetime) -> Account:
        account: Account = set_password(account=subject, password=given["password"], actor=actor, now=now)
        return account

    def done(self, subject: Account, result: Account) -> Any:
        return _("%(account)s 계정의 비밀번호를 바꾸었습니다.") % {"account": subject.username}


class TakeAwayForm(OperationForm):
    reason = fields.reason(_("사유"), help_text=_("누구의 요청이고 본인임을 어떻게 확인했는지 적습니다."))


@on(Account)
class TakeAwayFactors(OperationPage):
    """Voids what somebody signs in with, after its loss."""

    verb = TAKE_AWAY_FACTORS
    form_class = TakeAwayForm
    icon = "phonelink_erase"
    dangerous = True

    def blocked(self, subject: Account, *, actor: Actor, now: datetime) -> str:
        return refusal(require_factors, subject)

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("인증 앱, 패스키, 복구 코드가 모두 없어지고 로그인이 끝납니다. 비밀번호는 그대로입니다.")]

    def perform(self, subject: Account, given: dict[str, Any], *, actor: Actor, now: datetime) -> Account:
        account: Account = take_away_factors(account=subject, reason=given["reason"], actor=actor, now=now)
        return account


class StandingForm(OperationForm):
    reason = fields.reason(_("사유"))


@on(Account)
class SuspendAccount(OperationPage):
    """Takes an account out of use."""

    verb = SUSPEND_ACCOUNT
    form_class = StandingForm
    icon = "person_off"
    dangerous = True

    def blocked(self, subject: Account, *, actor: Actor, now: datetime) -> str:
        return refusal(require_in_use, subject, True)

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("이 계정으로는 로그인할 수 없고, 지금의 로그인도 끝납니다."),
            _("그동안 한 일과 역할은 그대로 남으며, 사용을 재개할 수 있습니다."),
        ]

    def perform(self, subject: Account, given: dict[str, Any], *, actor: Actor, now: datetime) -> Account:
        account: Account = suspend_account(account=subject, reason=given["reason"], actor=actor, now=now)
        return account

    def done(self, subject: Account, result: Account) -> Any:
        return _("%(account)s 계정의 사용을 중지했습니다.") % {"account": subject.username}


@on(Account)
class ResumeAccount(OperationPage):
    """Brings it back into use."""

    verb = RESUME_ACCOUNT
    form_class = StandingForm
    icon = "person_check"

    def blocked(self, subject: Account, *, actor: Actor, now: datetime) -> str:
        return refusal(require_in_use, subject, False)

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("전과 같은 비밀번호와 역할로 다시 로그인할 수 있습니다.")]

    def perform(self, subject: Account, given: dict[str, Any], *, actor: Actor, now: datetime) -> Account:
        account: Account = resume_account(account=subject, reason=given["reason"], actor=actor, now=now)
        return account

    def done(self, subject: Account, result: Account) -> Any:
        return _("%(account)s 계정의 사용을 재개했습니다.") % {"account": subject.username}
