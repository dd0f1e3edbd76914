"""Settings for every installation: made for production, and the same for the demo and the tests.

What differs comes from the surroundings (see `environment`): CAIRN_HOME, CAIRN_SECRET_KEY,
CAIRN_APP_DATABASE_URL or CAIRN_DATABASE_URL, CAIRN_HOSTS, CAIRN_PLAIN_HTTP, CAIRN_BEHIND_PROXY.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cairn.config import environment as surroundings

if any(surroundings.switched_on(os.environ, name) for name in ("DEBUG", "DJANGO_DEBUG", "CAIRN_DEBUG")):
    raise ImproperlyConfigured("debug pages would show case data: there is no debug mode; unset DEBUG")

PACKAGE = Path(__file__).resolve().parent.parent
HOME = surroundings.home(os.environ)

DEBUG = False
SECRET_KEY = surroundings.secret_key(os.environ, HOME)
# Who does not wish to be named is sealed by keys of their own, never by the secret key.
REFERRER_KEYS = surroundings.referrer_keys(os.environ, HOME)
# Without TLS only on this machine: the demo and the tests. `checks` refuses any other host.
PLAIN_HTTP = surroundings.switched_on(os.environ, "CAIRN_PLAIN_HTTP")
ALLOWED_HOSTS = surroundings.listed(os.environ, "CAIRN_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = surroundings.listed(os.environ, "CAIRN_ORIGINS", [])

DATABASES = {"default": surroundings.app_database(os.environ, surroundings.embedded_address(HOME))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "cairn.records",
    "cairn.config",
    "cairn.interfaces.web",
]
MIDDLEWARE = [
    # First, so that a request that is refused by any of the others has its headers too.
    "cairn.interfaces.web.headers.guard",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cairn.interfaces.web.incoming.Readable",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "cairn.config.urls"
WSGI_APPLICATION = "cairn.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces" / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "csp.context_processors.nonce",
            ],
            # The cached loader is on, for DEBUG is off.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

AUTH_USER_MODEL = "records.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Of allauth the second factors alone are used: none of its addresses is served, and nobody signs up by themselves.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "cairn.adapters.second_factor_secrets.SecretsKept"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Cairn"
# A code of half a minute ago, or of half a minute on: telephones' clocks are not quite ours.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
# What all processes have to know alike, such as which code was used: in the database, and never in a process's own memory.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cairn_cache"},
}

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# What a session says of itself is judged with every request (web/sessions.py); this is when its row may go.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "cairn_session" if PLAIN_HTTP else "__Host-cairn_session"
KNOWN_COOKIE_NAME = "cairn_known" if PLAIN_HTTP else "__Host-cairn_known"
CSRF_FAILURE_VIEW = "cairn.interfaces.web.views.errors.form_refused"
CSRF_COOKIE_NAME = "cairn_csrf" if PLAIN_HTTP else "__Host-cairn_csrf"

SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 366 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing is told to other sites; to ourselves it must be, for with no referrer a browser says "Origin: null" when it posts.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = surroundings.switched_on(os.environ, "CAIRN_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Forms are long; files come in pieces onto the disk, and no further than may be filed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_HANDLERS = ["cairn.interfaces.web.uploads.LimitedUpload"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "cairn.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Statements carry personal data as their parameters.
        "django.db.backends": {"level": "WARNING"},
    },
}
