"""Letters and messages that came, filed with their documents; and a document handed out again, as a file to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString

from cairn.application.acting import open_for_act
from cairn.application.actors import Actor
from cairn.application.filing import Fit, Offered, looked_through, open_document, record_with_documents
from cairn.application.refused import Refused
from cairn.core.documents.kinds import KINDS, MOST_AT_ONCE, TAKEN
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.govuk import govuk
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import request_of
from cairn.interfaces.web.views.drafts import Drafted, drafted
from cairn.interfaces.web.views.own_acts import Own, OwnForms, sent, shown

FILES = "documents"
# Stands after the files in the form: where it is missing, the sending broke off in the midst of them.
WHOLE = "arrived-whole"
BROKEN_OFF = "The files did not arrive whole. Choose them again, then send it."
PIECE = 64 * 1024
OWN = Own(
    act="record-correspondence",
    title="A letter or message that came",
    said="Filed with the letters and documents.",
    to="documents",
    template="record/correspondence.html",
    send="File it",
    messages={"from_whom": "Enter who it is from"},
    when=Field(
        name="happened",
        label="On which day did it come?",
        type="moment",
        hint="Leave it empty if it came just now.",
    ),
    when_first=True,
)


class _Pieces:
    """An uploaded file, read from its beginning each time."""

    def __init__(self, file: UploadedFile[bytes]) -> None:
        self.file = file

    def chunks(self) -> Iterator[bytes]:
        self.file.seek(0)
        left = self.file.size or 0
        while piece := self.file.read(PIECE):
            left -= len(piece)
            yield piece
        # Of a file too large only the beginning was kept; what is missing is counted, so that it is refused as such.
        while left > 0:
            yield bytes(min(left, PIECE))
            left -= PIECE


@signed_in("GET", "POST")
def correspondence(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """File a letter or message that came, with up to ten documents."""
    found = open_for_act(actor, record, OWN.act)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    draft = drafted(request, actor, OWN.act, record)
    forms = OwnForms(found, request, draft.typed, OWN)
    forms.named_strand = request.POST.get("strand") or request.GET.get("strand") or None
    return _take(request, actor, forms, draft) if forms.is_sent else _shown(request, actor, forms, draft)


def _take(request: HttpRequest, actor: Actor, forms: OwnForms, draft: Drafted) -> HttpResponse:
    files, faults = _files(request)
    read = forms.read()
    if read is not None and not faults and not files and not str(read.answers.get("text", "")).strip():
        forms.answers.refuse("text", "Enter what it says, or choose the document")
    if read is None or faults or forms.errors():
        return _shown(request, actor, forms, draft, faults)
    done = record_with_documents(actor, request_of(request, forms.page, read), files, draft.id)
    return sent(request, actor, forms, draft, done, _more(request, forms))


def _files(request: HttpRequest) -> tuple[tuple[Fit, ...], tuple[str, ...]]:
    """The files that may be filed, or why not all of them may: then none is."""
    if request.POST.get(WHOLE) != "yes":
        return (), (BROKEN_OFF,)
    chosen = [Offered(file.name or "", _Pieces(file)) for file in request.FILES.getlist(FILES)]
    judged = looked_through(chosen)
    fits = tuple(one for one in judged if isinstance(one, Fit))
    return fits, tuple(str(one) for one in judged if not isinstance(one, Fit))


def _shown(
    request: HttpRequest, actor: Actor, forms: OwnForms, draft: Drafted, faults: tuple[str, ...] = ()
) -> HttpResponse:
    more = _more(request, forms, faults)
    return shown(request, actor, forms, draft, status=422 if forms.errors() or faults else 200, more=more)


def _more(request: HttpRequest, forms: OwnForms, faults: tuple[str, ...] = ()) -> dict[str, Any]:
    """The input for files, and what is wrong with those chosen."""
    wrong = c.ErrorSummary(faults=tuple(c.Fault(one, FILES) for one in faults)) if faults else None
    said = " ".join(faults)
    if not said and forms.is_sent and request.FILES.getlist(FILES):
        # A browser cannot give a chosen file back, and says nothing of it.
        said = "Choose the files again: they are not kept until it is filed."
    return {"files": _input(said), "whole": WHOLE, "more_errors": wrong}


def _input(said: str) -> SafeString:
    more: Mapping[str, Any] = {"errorMessage": {"text": said}} if said else {}
    endings = ",".join(f".{ending}" for kind in KINDS.values() for ending in kind.endings)
    return govuk(
        "file-upload",
        id=FILES,
        name=FILES,
        label={"text": "Documents (optional)", "classes": "govuk-label--s"},
        hint={
            "text": f"{TAKEN}. Up to {MOST_AT_ONCE} at once, each up to 25 MB. Nothing in them is opened here."
        },
        attributes={"multiple": {"value": True, "optional": True}, "accept": {"value": endings}},
        **more,
    )


@signed_in("GET")
def document(request: HttpRequest, actor: Actor, record: UUID, document: UUID) -> HttpResponseBase:
    """Hand a document out as a file to keep. It is never shown inside a page, whatever it is."""
    found = open_document(actor, record, document)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    response = StreamingHttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.name) or ""
    )
    response["Content-Length"] = str(found.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response
