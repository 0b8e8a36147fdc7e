"""Every page of the panel on which something is done."""

from django.contrib import admin

from core.admin.pages import OperationPage

ASKS_FOR_NONE = {
    "approve": "the reason is the one that was prepared; returning has its own",
    "cancel_export": "stops the machine's work, which is begun again at any time",
    "cancel_recount": "the same",
    "cancel_roster": "the same",
    "cancel_supposing": "the same",
    "cancel_upload": "the same",
    "cancel_verification": "the same",
    "submit_opinion": "its text is the reason",
    "submit_sheet": "an expert accounts for his marks in the comment, if at all",
    "waive_appeal": "a team's right, for which it owes nobody a reason",
    "withdraw_appeal": "the same",
    "withdraw_application": "the same",
}
"""Dangerous steps without a reason, and why."""


def pages() -> list[OperationPage]:
    return [page for each in admin.site._registry.values() for page in getattr(each, "pages", list)()]


def test_a_dangerous_step_asks_for_its_reason():
    dangerous = {page.verb.code: page.form_class for page in pages() if page.dangerous}
    without = {code for code, form in dangerous.items() if "reason" not in form.base_fields}
    assert without == set(ASKS_FOR_NONE)
