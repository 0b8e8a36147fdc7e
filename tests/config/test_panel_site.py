"""What every page of the panel has is put together once a request."""

import pytest
from django.contrib import admin
from django.http import HttpRequest
from django.test import RequestFactory

from config.panel_site import PanelSite
from tests.story import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_an_official(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/admin/")
    request.user = told().people["official-1"]
    return request


def test_it_is_the_site_that_the_panel_uses():
    assert isinstance(admin.site, PanelSite)


def test_whoever_asks_again_gets_the_same_and_spoils_it_for_nobody(request_of_an_official, django_assert_num_queries):
    first = admin.site.each_context(request_of_an_official)
    first["site_title"] = "changed"
    with django_assert_num_queries(0):
        again = admin.site.each_context(request_of_an_official)
    assert again["site_title"] != "changed"
    assert again["sidebar_navigation"] is first["sidebar_navigation"]


def test_the_list_of_all_applications_is_not_made_and_that_of_one_is(request_of_an_official):
    assert admin.site.get_app_list(request_of_an_official) == []
    (own,) = admin.site.get_app_list(request_of_an_official, "evaluation")
    assert own["app_label"] == "evaluation"
