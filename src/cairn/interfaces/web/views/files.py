"""Handing out a letter or a document that was made on the spot: as a file to keep, never stored on the way."""

from __future__ import annotations

from django.http import HttpResponse

from cairn.application.printing import Taken


def file_response(made: Taken) -> HttpResponse:
    """The file under its name, which tells a number and no name of anybody."""
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
