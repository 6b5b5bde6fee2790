"""
How this school's Préau is set up. What differs between two installations comes from the environment.

The table of all variables is in docs/guides/settings.md.
"""

import os
import secrets
import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def switched_on(name: str) -> bool:
    """Say whether an environment variable is set to 1; anything but 0, 1 or nothing refuses to start."""
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 for yes, 0 or nothing for no.")
    return value == "1"


# What this is: a demonstration, a developer's machine, a test run, or (nothing set) a real school.
TESTING = "pytest" in sys.modules
DEMO_MODE = switched_on("PREAU_DEMO")
DEBUG = switched_on("PREAU_DEBUG")
IS_REAL_SCHOOL = not (TESTING or DEMO_MODE or DEBUG)

# Where the database and the files live.
DATA_DIR = Path(os.environ.get("PREAU_DATA", BASE_DIR / "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o750)


def secret_key() -> str:
    """Return the key that signs sessions: given in production, made once and kept elsewhere."""
    if key := os.environ.get("PREAU_SECRET_KEY"):
        return key
    if IS_REAL_SCHOOL:
        raise ImproperlyConfigured(
            "PREAU_SECRET_KEY is missing: give it fifty random characters (or PREAU_DEMO=1, to try Préau)."
        )
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = secret_key()
# Those it replaced: what was signed or locked with them is still known and opened.
SECRET_KEY_FALLBACKS = os.environ.get("PREAU_FORMER_SECRET_KEYS", "").split()
ALLOWED_HOSTS = os.environ.get("PREAU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

# Where the school's Préau is found, for what is printed: letters, the code on a report card.
SCHOOL_ADDRESS = os.environ.get(
    "PREAU_ADDRESS", f"http{'s' if IS_REAL_SCHOOL else ''}://{ALLOWED_HOSTS[0].lstrip('*.')}"
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("PREAU_ORIGINS", "").split(",") if origin]

# The day the demonstration lives on: a school day with lessons, marks to type and report cards to come.
SCHOOL_DAY = os.environ.get("PREAU_SCHOOL_DAY", "2027-06-08" if DEMO_MODE else "")

INSTALLED_APPS = [
    "preau.kit",
    "preau.design",
    "preau.people",
    "preau.accounts",
    "preau.files",
    "preau.trail",
    "preau.work",
    "preau.mail",
    "preau.structure",
    "preau.messaging",
    "preau.grading",
    "preau.gradebook",
    "preau.sheets",
    "preau.report_cards",
    "preau.follow_up",
    "preau.retention",
    "preau.exchange",
    "preau.portal",
    "preau.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "preau.accounts.known_sessions.KnownSessions",
    "csp",
    "django_htmx",
    "django_linear_migrations",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
]
if not (DEBUG or TESTING):
    INSTALLED_APPS.remove("django_linear_migrations")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "preau.kit.middleware.CompressText",
    "preau.kit.middleware.RefuseNul",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "preau.accounts.middleware.KnowThePerson",
    "preau.accounts.middleware.KeepPagesPrivate",
    "preau.accounts.middleware.RememberSessions",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "preau.design.middleware.ShowRefusals",
    "preau.portal.middleware.SeeAs",
    "preau.design.queue.AnswerTheQueue",
    "preau.portal.middleware.KeepClosedModulesShut",
    "preau.accounts.middleware.AskSecondFactor",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

CACHED = "django.template.loaders.cached.Loader"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [(CACHED, ["preau.design.loading.Loader"])])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "preau.design.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "preau.design.templatetags.ui"],
        },
    }
]

# Database: SQLite with no set-up, PostgreSQL by DATABASE_URL.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'preau.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=False,
    )
}
# With FULL what was acknowledged survives a power cut too (decision 22).
SQLITE_SYNC = os.environ.get("PREAU_SQLITE_SYNC", "NORMAL")
if SQLITE_SYNC not in {"NORMAL", "FULL"}:
    raise ImproperlyConfigured("PREAU_SQLITE_SYNC is NORMAL or FULL.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNC}; PRAGMA temp_store=MEMORY;"
            "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signing in.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["preau.accounts.backends.SchoolBackend"]
# Memory of one hash of a password (MiB): a sign-in takes the longer for it, and so does a guess of a thief.
LEAST_PASSWORD_MIB = 19
PASSWORD_MIB = int(os.environ.get("PREAU_PASSWORD_MIB", LEAST_PASSWORD_MIB))
if PASSWORD_MIB < LEAST_PASSWORD_MIB:
    raise ImproperlyConfigured(f"PREAU_PASSWORD_MIB is {LEAST_PASSWORD_MIB} at least.")
PASSWORD_HASHERS = ["preau.accounts.hashing.SchoolHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:today"
SESSION_ENGINE = "preau.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_NAME = "preau_session"
CSRF_COOKIE_NAME = "preau_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "preau.design.views.stale_form"
SESSION_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "preau.accounts.adapter.SchoolAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = (
    False  # All other sessions end by themselves: the password is part of each.
)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "preau.accounts.forms.SignInForm",
    "change_password": "preau.accounts.forms.ChangePasswordForm",
    "set_password": "preau.accounts.forms.SetPasswordForm",
    "reset_password": "preau.accounts.forms.AskResetForm",
    "reset_password_from_key": "preau.accounts.forms.ResetPasswordForm",
    "reauthenticate": "preau.accounts.forms.PasswordAgainForm",
}
# A school shares one address: limits by address are wide, those by account are narrow. Wrong passwords and
# codes are counted by ourselves (so many, in so many seconds); the right one weighs on nobody.
PASSWORDS_OF_AN_ACCOUNT = (10, 5 * 60)
PASSWORDS_OF_AN_ADDRESS = (120, 60)
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "",
    "reset_password": "60/m/ip,3/10m/key",
    "reset_password_from_key": "60/m/ip",
    "invitation": "60/10m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PREAU_PROXIES", "0"))
PASSWORD_RESET_TIMEOUT = 60 * 60
INVITATION_DAYS = int(os.environ.get("PREAU_INVITATION_DAYS", "60"))
MFA_ADAPTER = "preau.accounts.adapter.SchoolKeys"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "preau.accounts.forms.SecondFactorForm",
    "reauthenticate": "preau.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "preau.accounts.forms.SetUpAppForm",
    "add_webauthn": "preau.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "preau.accounts.forms.NamePasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # The school knows its people before they write to it.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Préau"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_REAL_SCHOOL
USERSESSIONS_TRACK_ACTIVITY = False

# The duties (people.Duty.Kind) that give a second factor before a sensitive act, and how long one lasts.
SECOND_FACTOR_FOR = [
    duty
    for duty in os.environ.get(
        "PREAU_SECOND_FACTOR_FOR", "HEAD,DEPUTY,SECRETARY,ADMINISTRATOR" if IS_REAL_SCHOOL else ""
    ).split(",")
    if duty
]
SECOND_FACTOR_LASTS = 60 * 60 * 4

# Languages, formats and the clock on the wall.
LANGUAGE_CODE = "fr"
LANGUAGE_COOKIE_NAME = "preau_language"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("en", _("English"))]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["preau.design.formats"]

# What the browser receives.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"


def bucket_storage(address: str) -> dict[str, Any]:
    """Return the storage of `s3://bucket/folder?endpoint=https://…&region=…`; keys are AWS_… variables."""
    parts, given = urlsplit(address), dict(parse_qsl(urlsplit(address).query))
    if parts.scheme != "s3" or not parts.netloc or set(given) - {"endpoint", "region"}:
        raise ImproperlyConfigured(
            f"PREAU_FILES is {address!r}: write s3://bucket/folder?endpoint=https://…&region=… or nothing."
        )
    if find_spec("storages") is None:
        raise ImproperlyConfigured("PREAU_FILES needs: pip install --require-hashes -r requirements/s3.txt")
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": given.get("endpoint"),
        "region_name": given.get("region"),
        "addressing_style": "path" if given.get("endpoint") else None,
        "signature_version": "s3v4",
        "max_memory_size": FILE_UPLOAD_MAX_MEMORY_SIZE,
    }
    return {"BACKEND": "preau.kit.bucket.PrivateBucket", "OPTIONS": options}


# Where files are kept: in the data folder unless PREAU_FILES names a bucket.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILES_AT = os.environ.get("PREAU_FILES", "")
STORAGES = {
    "default": bucket_storage(FILES_AT) if FILES_AT else {"BACKEND": "preau.kit.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = DATA_DIR / "files"
# How many bytes of files a person may keep, and the whole school for a use (`gradebook.feedback`).
MEGABYTE = 1024 * 1024
FILES_PER_PERSON = int(os.environ.get("PREAU_FILES_PER_PERSON_MB", "2000")) * MEGABYTE
FILES_PER_USE = {
    use: int(most) * MEGABYTE
    for use, _sign, most in (
        part.partition("=") for part in os.environ.get("PREAU_FILES_PER_USE_MB", "").split(",") if part
    )
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if IS_REAL_SCHOOL and not switched_on("PREAU_INSECURE_HTTP"):
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # Subdomains and browsers' preload lists are the school's to decide, not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    if ALLAUTH_TRUSTED_PROXY_COUNT:  # Without a proxy anybody may write this header.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# Letters by e-mail, work in the background, and the log.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("PREAU_SMTP_HOST")
    else "django.core.mail.backends.console.EmailBackend"
    if DEBUG
    else "preau.kit.unsent.EmailBackend"
)
EMAIL_HOST = os.environ.get("PREAU_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("PREAU_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PREAU_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PREAU_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
# How many seconds the mail server may take for an answer, and for the last one, that it has an e-mail.
EMAIL_TIMEOUT = float(os.environ.get("PREAU_SMTP_PATIENCE", "30"))
EMAIL_LAST_ANSWER = float(os.environ.get("PREAU_SMTP_LAST_PATIENCE", "600"))
EMAILS_A_MINUTE = int(os.environ.get("PREAU_MAILS_A_MINUTE", "0"))
# Where reports of e-mails that came back go, and the mailbox in which they are read.
BOUNCES_ADDRESS = os.environ.get("PREAU_BOUNCES_ADDRESS", "")
BOUNCES_IMAP = {
    "host": os.environ.get("PREAU_BOUNCES_IMAP_HOST", ""),
    "port": int(os.environ.get("PREAU_BOUNCES_IMAP_PORT", "993")),
    "user": os.environ.get("PREAU_BOUNCES_IMAP_USER", ""),
    "password": os.environ.get("PREAU_BOUNCES_IMAP_PASSWORD", ""),
    "folder": os.environ.get("PREAU_BOUNCES_IMAP_FOLDER", "INBOX"),
}
DEFAULT_FROM_EMAIL = os.environ.get("PREAU_MAIL_FROM", "preau@localhost")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What has to hold whichever process answers (limits on attempts, codes already used) is kept in the database.
CACHES = {
    "default": {
        "BACKEND": "preau.kit.unwritable.HonestCache",
        "LOCATION": "accounts_remembered",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The school's own choices that decide who reads what. FWB defaults; see docs/guides/settings.md.
ADULT_PUPIL_PARENT_ACCESS = os.environ.get("PREAU_ADULT_PUPIL_PARENT_ACCESS", "keep_until_objection")
if ADULT_PUPIL_PARENT_ACCESS not in {"keep_until_objection", "ask_consent", "revoke_at_18"}:
    raise ImproperlyConfigured(
        "PREAU_ADULT_PUPIL_PARENT_ACCESS is keep_until_objection, ask_consent or revoke_at_18."
    )

# How long after their child parents read a grade (hours). Usually both at once.
PARENTS_READ_AFTER = timedelta(hours=int(os.environ.get("PREAU_PARENTS_READ_AFTER_HOURS", "0")))

# For how long (days) whoever taught a group reads on what was done in their days: resits, appeals, questions.
FORMER_TEACHERS_READ_DAYS = int(os.environ.get("PREAU_FORMER_TEACHERS_READ_DAYS", "365"))

# Tests pupils may have on a day and in a week before the planner of another is told.
MOST_TESTS_A_DAY = int(os.environ.get("PREAU_MOST_TESTS_A_DAY", "2"))
MOST_TESTS_A_WEEK = int(os.environ.get("PREAU_MOST_TESTS_A_WEEK", "5"))

# Whether pupils and parents see the median of the group beside their own results over the year.
FAMILIES_SEE_MEDIAN = switched_on("PREAU_FAMILIES_SEE_MEDIAN")

# For how many days what apps let go is kept where nobody decided otherwise on its page; 0: for ever.
RETENTION_DAYS = {
    kind: int(days)
    for kind, _sign, days in (
        part.partition("=") for part in os.environ.get("PREAU_KEEP_DAYS", "").split(",") if part
    )
}

# Whether to count, day by day, who opened which module: the school reads numbers, never names.
COUNT_USE = not TESTING
