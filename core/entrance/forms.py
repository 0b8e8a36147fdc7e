"""allauth's forms of passkeys, with labels for people: its own name their fields after the code."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

NAME = _("이름")
NAME_HELP = _("여러 개를 구별할 이름입니다. 예: 사무실 노트북")


class AddPasskeyForm(AddWebAuthnForm):
    """A new key, by which one can also come in without a password unless that is taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
        self.fields["name"].help_text = NAME_HELP
        self.fields["passwordless"].initial = True


class EditPasskeyForm(EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
        self.fields["name"].help_text = NAME_HELP
