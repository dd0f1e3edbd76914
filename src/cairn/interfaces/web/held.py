"""What was typed into a page that could not be taken yet: it is carried along, and offered again once it can.

It stands in hidden fields of the pages in between, and nowhere on the server: whoever has no session writes nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

TO, BY, FIELD = "held-to", "held-by", "held:"
SALT = "cairn.held"
NOT_TYPED = frozenset({"csrfmiddlewaretoken"})
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Held:
    """What was typed: where it was going, whose it was as far as that is known (signed), and the fields."""

    to: str
    by: str
    fields: Fields

    def is_for(self, staff_id: UUID) -> bool:
        """Whether it may be given back to this person: it was theirs, or it is not known whose."""
        if not self.by:
            return True
        try:
            return bool(signing.loads(self.by, salt=SALT) == str(staff_id))
        except signing.BadSignature:
            return False


def fields_of(posted: QueryDict, leave_out: frozenset[str] = NOT_TYPED) -> Fields:
    """Every field that was posted, in its order, but for those of the page itself."""
    return tuple(
        (name, str(value)) for name, values in posted.lists() if name not in leave_out for value in values
    )


def hold(request: HttpRequest, whose: UUID | None) -> Held | None:
    """What was sent to a page that nobody is signed in for; None where nothing was typed."""
    if request.method != "POST" or _wants_data(request):
        return None
    fields = fields_of(request.POST)
    by = signing.dumps(str(whose), salt=SALT) if whose else ""
    return Held(request.get_full_path(), by, fields) if fields else None


def carried(request: HttpRequest) -> Held | None:
    """What a page in between carries along; None where there is nothing, or it would go elsewhere."""
    fields = tuple(
        (name.removeprefix(FIELD), value) for name, value in fields_of(request.POST) if name.startswith(FIELD)
    )
    to = request.POST.get(TO, "")
    return Held(to, request.POST.get(BY, ""), fields) if fields and is_ours(request, to) else None


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads into this application."""
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def back_to(request: HttpRequest) -> str:
    """Where somebody was going before they had to sign in: an address of ours, or My work."""
    wanted = request.POST.get("next", "")
    return wanted if is_ours(request, wanted) else reverse("my-work")


def _wants_data(request: HttpRequest) -> bool:
    """The script that saves drafts asks for data; it keeps the text on its page and tries again."""
    return request.headers.get("Accept") == "application/json"
