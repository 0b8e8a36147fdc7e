"""For real: everything secret or specific to the place comes from the environment, and its absence stops the start."""

from config.settings.base import *  # noqa: F403
from config.settings.base import PRIVATE_FILES, REST_FRAMEWORK, env
from config.settings.database import database_at

DEBUG = False
PRODUCTION = True
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES = {"default": database_at(env("DATABASE_URL"))}
DATABASES["default"]["OPTIONS"]["pool"] = True
vars().update(env.email("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")
# Limits on attempts count in a cache that every process shares: a table of the database (manage.py createcachetable),
# or Redis where CACHE_URL names one.
# A table that is full forgets: whoever fills it with addresses of his own would wipe out what is counted of others.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://shared_cache?max_entries=100000")}
# How many proxies of one's own stand before the site: the address that they saw is the one that is limited.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)
REST_FRAMEWORK = REST_FRAMEWORK | {"NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT}
SECOND_FACTOR_ROLES = frozenset(
    env.list("SECOND_FACTOR_ROLES", default=["official", "evaluator", "reviewer", "auditor", "operator"])
)
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": PRIVATE_FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
