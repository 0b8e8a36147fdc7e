"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.generic import RedirectView
from django.views.i18n import set_language

from config.panel import to_panel
from consortia import views as consortia_views
from core import views
from evaluation import result_views
from evaluation import views as evaluation_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", to_panel),
    # The admin's own form would write outside of an operation.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("accounts/", include("core.entrance.urls")),
    path("api/v1/", include("evaluation.api.urls")),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
    path("calls/", consortia_views.calls, name="calls"),
    path("calls/<slug:programme>/<slug:code>/", consortia_views.call, name="call"),
    path("apply/<slug:programme>/<slug:code>/", consortia_views.apply, name="apply"),
    path("exports/<int:pk>/", evaluation_views.export_file, name="export"),
    path("results/", result_views.results, name="results"),
    path("results/<slug:programme>/<slug:round>/", result_views.result, name="result"),
    path("notices/<int:pk>/", evaluation_views.notice_page, name="notice"),
    path("notices/<int:pk>.pdf", evaluation_views.notice_pdf, name="notice-pdf"),
]
