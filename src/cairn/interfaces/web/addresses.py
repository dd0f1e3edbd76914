"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address that wrong answers are counted by: the nearest one that nobody outside can make up.

    Behind a proxy (CAIRN_BEHIND_PROXY) it is the last that the proxy wrote down; what stands before it anybody may
    have written.
    """
    if settings.BEHIND_PROXY:
        return str(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    return str(request.META.get("REMOTE_ADDR", ""))
