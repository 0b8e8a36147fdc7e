from collections.abc import Collection
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.indexes import prefix_index
from core.names import Named
from core.roles import PANEL_ROLES, Role


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by name. Accounts are opened by `core.operations.accounts` alone."""


class Account(Named, AbstractBaseUser):
    """A person who can be named as an actor: officials, experts, a team's own people, auditors, operators.

    The name is `programme.code` for the people of a programme. It never changes, because the ledger speaks of people
    by it.
    """

    username = models.CharField(
        _("계정"), max_length=130, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z")]
    )
    name_ko = models.CharField(_("이름"), max_length=100)
    name_en = models.CharField(_("영문 이름"), max_length=100)
    is_active = models.BooleanField(_("사용 중"), default=True)

    held: Collection[str] | None = None
    """The roles, where they were read together with the account (`core.entrance`); None: they are asked for."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name_ko", "name_en"]
    objects = AccountManager()

    class Meta:
        verbose_name = _("계정")
        verbose_name_plural = _("계정")
        ordering = ("username",)
        indexes = [
            prefix_index("username", name="account_username_begins"),
            prefix_index("name_ko", name="account_name_ko_begins"),
            prefix_index("name_en", name="account_name_en_begins"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username__regex=r"^[a-z0-9][a-z0-9._-]*$"),
                name="account_username_form",
                violation_error_message=_("계정은 소문자, 숫자, 점, 밑줄, 붙임표로 적습니다."),
            )
        ]

    @property
    def code(self) -> str:
        """The person's own code, without the programme."""
        return self.username.rpartition(".")[2]

    def roles(self) -> Collection[str]:
        """The roles granted to this account."""
        if not self.is_active:
            return []
        if self.held is not None:
            return self.held
        return [grant.role for grant in self.grants.all()]

    @property
    def is_staff(self) -> bool:
        """Whether the officials' panel lets this person in at all."""
        return bool(PANEL_ROLES & set(self.roles()))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """No right comes from Django's permissions: verbs and policies say who may do and see what."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class RoleGrant(models.Model):
    """A role that an account holds."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants", verbose_name=_("계정"))
    role = models.CharField(_("역할"), max_length=16, choices=Role.choices)

    class Meta:
        verbose_name = _("역할")
        verbose_name_plural = _("역할")
        constraints = [
            models.UniqueConstraint(fields=["account", "role"], name="role_granted_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role for role in Role.values if role != Role.SYSTEM]),
                name="role_known",
                violation_error_message=_("없는 역할입니다."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
