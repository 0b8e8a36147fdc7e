"""Addresses of the entrance: those of allauth's pages that there are. What has no address here nobody reaches: signing
up, e-mail addresses, passwords that are set without the one before.
"""

from allauth.account import views
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from core.entrance.views import end_session

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="entrance"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    # Where somebody without a password asks to change it: an operator gives one.
    path("password/none/", RedirectView.as_view(pattern_name=settings.LOGIN_REDIRECT_URL), name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("sessions/<int:pk>/end/", end_session, name="usersessions_end"),
]
