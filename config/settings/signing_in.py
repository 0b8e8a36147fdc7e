"""Signing in. Accounts are given by an operator: nobody signs up, and nothing goes by e-mail."""

AUTHENTICATION_BACKENDS = ["core.entrance.backends.WithRoles"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_RULES}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username", "name_en")}},
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
]

# Roles whose people reach only the pages that set up a second factor until they have one. Everybody may have one.
SECOND_FACTOR_ROLES: frozenset[str] = frozenset()

ACCOUNT_ADAPTER = "core.entrance.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_SESSION_REMEMBER = False
# Each failure counts for the address it came from and for the account that was tried: "times/within/of what".
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "change_password": "5/m/user"}

MFA_ADAPTER = "core.entrance.adapters.FactorAdapter"
MFA_FORMS = {
    "add_webauthn": "core.entrance.forms.AddPasskeyForm",
    "edit_webauthn": "core.entrance.forms.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "심사"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off

USERSESSIONS_ADAPTER = "core.entrance.adapters.SessionsAdapter"

# A session ends with the browser, and after half an hour in which nothing was asked for.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
