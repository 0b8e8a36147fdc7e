"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from core import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("evaluation.api.urls")),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
]
