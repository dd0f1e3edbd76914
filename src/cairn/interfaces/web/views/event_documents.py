"""The document of an entry, taken away: a letter as it was sent, a plan, minutes, or any other entry."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from cairn.application.actors import Actor
from cairn.application.event_documents import take_document
from cairn.application.printing import MEDIA
from cairn.application.refused import Refused
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.files import file_response

NO_FORM = Refused("not found", "A document is taken away as PDF or for Word", "Choose one of these.")


@signed_in("GET")
def event_document(request: HttpRequest, actor: Actor, record: UUID, entry: str, form: str) -> HttpResponse:
    """One entry as a document, `form` pdf or word."""
    if form not in MEDIA:
        return refused_page(request, actor, NO_FORM)
    made = take_document(actor, record, entry, "word" if form == "word" else "pdf")
    return refused_page(request, actor, made) if isinstance(made, Refused) else file_response(made)
