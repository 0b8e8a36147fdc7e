"""Django's admin with the panel's own site."""

from django.contrib.admin.apps import AdminConfig


class PanelConfig(AdminConfig):
    """Names the site; modules that register things with it are found as Django's own would find them."""

    default_site = "config.panel_site.PanelSite"
