"""A contact while it is being written: what its page reads from one request and shows again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cairn.application.people import Found, PersonFound
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.looking import LookedFor, Typed
from cairn.interfaces.web.views.begun import Begun, as_uuid


@dataclass(frozen=True)
class Writing:
    """A contact being written: its draft, what was looked for, whom it is about so far, and the form.

    `who` is empty while it is open, "new", "unknown", or the id of a record; `rejected` are those it is not.
    """

    draft: Begun
    typed: Typed
    asked: LookedFor
    form: ActForm
    who: str = ""
    looked: bool = False
    rejected: tuple[str, ...] = ()
    found: Found | None = None
    chosen: PersonFound | None = None

    @property
    def record(self) -> UUID | None:
        """The record it goes on, where one was chosen."""
        return as_uuid(self.who)
