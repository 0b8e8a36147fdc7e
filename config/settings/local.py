"""For one machine: `serve`, the shell, a rehearsal. Not for a public address."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="local-only-not-a-secret")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
# Passkeys work at http://localhost; a browser gives none to an address of figures.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# Static files straight from the packages: no collectstatic before a start.
WHITENOISE_USE_FINDERS = True
