"""What a WSGI server runs; it refuses to start with settings that fail a check."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from cairn.config import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cairn.config.settings")

application = get_wsgi_application()
checks.refuse_to_start()
