"""Where each address leads."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("cairn.interfaces.web.urls"))]

handler400 = "cairn.interfaces.web.views.errors.wrong_request"
handler403 = "cairn.interfaces.web.views.errors.not_allowed"
handler404 = "cairn.interfaces.web.views.errors.not_found"
handler500 = "cairn.interfaces.web.views.errors.failed"
