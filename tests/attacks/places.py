"""One address for each entry of the table of addresses, in the made-up authority."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from tests.attacks.house import House
from tests.interfaces.web.views.children import event

from cairn.application.ports import now
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web.urls import urlpatterns
from cairn.records.alerts import open_alerts


@dataclass(frozen=True)
class Place:
    """One address, who may open it, and its methods. `record` says that it shows something of a record."""

    address: str
    who: str
    methods: tuple[str, ...] = ("GET",)
    record: bool = False
    is_file: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it can be opened by following a link: a file is not opened, it is taken away."""
        return "GET" in self.methods and not self.is_file


def places(made: House) -> dict[str, Place]:
    """One address for each name in the table of addresses."""
    every = (_general, _deciding, _assessing, _planning, _reading, _moving_on, _doing)
    return {name: place for some in every for name, place in some(made).items()}


BOTH, POST = ("GET", "POST"), ("POST",)
WORKER, MANAGER = "Priya Shah", "Joanne Whitlock"


def _at(
    made: House, name: str, who: str, methods: tuple[str, ...] = ("GET",), *rest: str, on: UUID | None = None
) -> Place:
    """A page of a record: of the child with whom Priya Shah works, unless it is `on` another."""
    return Place(reverse(name, args=[on or made.allocated, *rest]), who, methods, record=True)


def _who(made: House, child: UUID) -> Place:
    """Who called and does not wish to be named."""
    return _at(made, "who-referred", "Beth Lomas", BOTH, event(child, "contact.received").id, on=child)


def _of_approved(made: House, place: Place) -> Place:
    return replace(place, address=f"{place.address}?strand={made.approved}")


def _general(made: House) -> dict[str, Place]:
    """Pages of no one record, and drafts."""
    return {
        "home": Place("/", WORKER),
        "sign-in": Place("/sign-in/", WORKER, BOTH),
        "sign-out": Place("/sign-out/", WORKER, POST),
        "stay": Place("/stay/", WORKER, POST),
        "second-factor": Place("/sign-in/second/", WORKER, BOTH),
        "passkey": Place("/sign-in/passkey/", WORKER, POST),
        "own-account": Place("/account/", WORKER),
        "change-password": Place("/account/password/", WORKER, POST),
        "change-recovery-codes": Place("/account/recovery-codes/", WORKER, POST),
        "set-up": Place("/set-up/", WORKER, BOTH),
        "set-up-password": Place("/set-up/password/", WORKER, BOTH),
        "set-up-factor": Place("/set-up/second-factor/", WORKER, BOTH),
        "new-passkey": Place("/set-up/passkey/", WORKER, POST),
        "my-work": Place("/work/", WORKER),
        "team-work": Place("/team/", WORKER),
        "lines": Place("/work/lines/", MANAGER, POST),
        "allocation-meeting": Place("/team/allocation-meeting/", MANAGER, BOTH),
        "cover": Place("/team/cover/", MANAGER, BOTH),
        "cover-end": Place(reverse("cover-end", args=[made.cover]), MANAGER, POST),
        "restricted": Place("/restricted/", MANAGER),
        "own-looks": Place("/look-ups/", WORKER),
        "unusual": Place("/unusual/", "Ruth Abara"),
        "unusual-person": Place(_week_of(made), "Ruth Abara", BOTH),
        "team-list": Place("/team/list/?what=due", WORKER),
        "find": Place("/find/", WORKER, BOTH),
        "new-contact": Place("/contacts/new/", "Beth Lomas", BOTH),
        "draft": Place(reverse("draft", args=[made.draft]), WORKER, BOTH, record=True),
        "discard": Place(reverse("discard", args=[made.draft]), WORKER, POST, record=True),
        "procedures": Place("/procedures/", WORKER),
        "provision": Place(reverse("provision", args=["assessment-complete"]), WORKER),
        "help": Place("/help/", WORKER),
        "help-problem": Place("/help/problem/", WORKER),
        "help-accessibility": Place("/help/accessibility/", WORKER),
        "help-privacy": Place("/help/privacy/", WORKER),
        "help-changes": Place("/help/changes/", WORKER),
    }


def _deciding(made: House) -> dict[str, Place]:
    """What is decided, allocated and answered at the front door."""
    return {
        "decide-contact": _at(made, "decide-contact", "Sheila Knowles", BOTH, on=made.children["contact"]),
        "complete-contact": _at(made, "complete-contact", "Beth Lomas", BOTH, on=made.children["returned"]),
        "decide-referral": _at(
            made, "decide-referral", "Martin Oyelaran", BOTH, on=made.children["referral"]
        ),
        "decide-sibling": _at(made, "decide-sibling", "Martin Oyelaran", BOTH, on=made.children["decided"]),
        "record-referral": _at(made, "record-referral", WORKER, BOTH),
        "referral": _at(made, "referral", WORKER, ("GET",), made.referral),
        "allocate": _at(made, "allocate", MANAGER, BOTH, on=made.children["decided"]),
        "acknowledge-referral": _at(made, "acknowledge-referral", WORKER, BOTH),
        "tell-referrer": _at(made, "tell-referrer", WORKER, BOTH),
        "letter": _at(made, "letter", WORKER, BOTH, "closing-family"),
        "send-standard-letter": _at(made, "send-standard-letter", WORKER),
    }


def _assessing(made: House) -> dict[str, Place]:
    """An assessment, and one that is handed in or approved."""
    handed_in = made.children["handed_in"]
    return {
        "assessment": _at(made, "assessment", WORKER, ("GET",), made.assessment),
        "assessment-reading": _at(made, "assessment-reading", WORKER, ("GET",), made.assessment),
        "assessment-section": _at(made, "assessment-section", WORKER, BOTH, made.assessment, "health"),
        "assessment-passage": _at(made, "assessment-passage", WORKER, BOTH, made.assessment, "health"),
        "start-assessment": _at(made, "start-assessment", WORKER, BOTH),
        "submit-assessment": _at(made, "submit-assessment", WORKER, BOTH),
        "approve-assessment": _at(made, "approve-assessment", MANAGER, BOTH, on=handed_in),
        "return-assessment": _at(made, "return-assessment", MANAGER, BOTH, on=handed_in),
        "extend-assessment": _at(made, "extend-assessment", MANAGER, BOTH),
        "share-assessment": _of_approved(made, _at(made, "share-assessment", WORKER, BOTH, on=handed_in)),
        "assessment-text": _at(made, "assessment-text", WORKER, ("GET",), made.approved, on=handed_in),
        "assessment-pdf": replace(
            _at(made, "assessment-pdf", WORKER, ("GET",), made.approved, on=handed_in), is_file=True
        ),
    }


def _planning(made: House) -> dict[str, Place]:
    """A plan: read, made, changed, reported of and copied."""
    child = made.children["handed_in"]
    return {
        "plan": _at(made, "plan", WORKER, on=child),
        "plan-version": _at(made, "plan-version", WORKER, ("GET",), made.plan, "2", on=child),
        "make-plan": _at(made, "make-plan", WORKER, BOTH),
        "plan-copy": _at(made, "plan-copy", WORKER, BOTH, on=child),
        "record-progress": _at(made, "record-progress", WORKER, BOTH, on=child),
        "revise-plan": _at(made, "revise-plan", WORKER, BOTH, on=child),
        "plan-part": _at(made, "plan-part", WORKER, BOTH, "revise-plan", made.plan, "actions", on=child),
    }


def _alert(made: House) -> UUID:
    """The alert of the glass that was broken."""
    return next((one.id for one in open_alerts() if one.tie == made.glass), made.glass)


def _week_of(made: House) -> str:
    """The look-ups of somebody's week, that of today."""
    return (
        f"{reverse('unusual-person', args=[made.people.ids[WORKER]])}?week={now().astimezone(LONDON).date()}"
    )


def _looking_back(made: House) -> Place:
    """The record as it stands today, as it was known today."""
    today = now().astimezone(LONDON).date()
    place = _at(made, "look-back", WORKER)
    return replace(place, address=f"{place.address}?on={today}&known={today}")


def _reading(made: House) -> dict[str, Place]:
    """A record as it is read and put right."""
    return {
        "child": _at(made, "child", WORKER),
        "timeline": _at(made, "timeline", WORKER),
        "people": _at(made, "people", WORKER),
        "family": _at(made, "family", WORKER),
        "looked": _at(made, "looked", WORKER),
        "looked-each": _at(made, "looked-each", WORKER),
        "take-looked": replace(_at(made, "take-looked", WORKER), is_file=True),
        "restriction": _at(made, "restriction", MANAGER, BOTH),
        "restrict-record": _at(made, "restrict-record", MANAGER, BOTH),
        "review-restriction": _at(made, "review-restriction", MANAGER, BOTH),
        "lift-restriction": _at(made, "lift-restriction", MANAGER, BOTH),
        "restriction-named": _at(made, "restriction-named", MANAGER, POST, str(made.allocated)),
        "chairs": _at(made, "chairs", MANAGER, BOTH),
        "break-glass": Place(reverse("break-glass", args=[made.allocated]), "Rosa Quill", BOTH),
        "conflicts": Place("/conflicts/", "Ruth Abara", BOTH),
        "end-conflict": Place(reverse("end-conflict", args=[made.conflict]), "Ruth Abara", POST),
        "audits": Place("/audits/", "Ruth Abara", BOTH),
        "end-audit": Place(reverse("end-audit", args=[made.allocated]), "Ruth Abara", POST),
        "declare-conflict": _at(made, "declare-conflict", WORKER, BOTH),
        "alerts": Place("/alerts/", "Ruth Abara"),
        "alert": Place(reverse("alert", args=[_alert(made)]), "Ruth Abara", BOTH),
        "close-glass": Place(reverse("close-glass", args=[made.glass]), "Rosa Quill", POST),
        "look-back": _looking_back(made),
        "entry": _at(made, "entry", WORKER, ("GET",), made.note),
        "protected-address": _at(made, "protected-address", WORKER, BOTH),
        "who-referred": _who(made, made.children["contact"]),
        "event-document": replace(
            _at(made, "event-document", WORKER, ("GET",), made.note, "pdf"), is_file=True
        ),
        "correct": _at(made, "correct", WORKER, BOTH, made.note),
        "correct-others": _at(made, "correct-others", WORKER, BOTH, made.note),
        "withdraw": _at(made, "withdraw", WORKER, BOTH, made.note),
        "move": _at(made, "move", WORKER, BOTH, made.note),
        "why": _at(made, "why", WORKER, ("GET",), made.due),
        "acts": _at(made, "acts", WORKER),
        "act": _at(made, "act", WORKER, BOTH, "record-dissent"),
    }


def _moving_on(made: House) -> dict[str, Place]:
    """The transfer of a child for whom one is proposed; proposing it, of one for whom none is."""
    child = made.children["going"]
    return {
        "transfer": _at(made, "transfer", MANAGER, on=child),
        "propose-transfer": _at(made, "propose-transfer", WORKER, BOTH),
        "agree-transfer": _at(made, "agree-transfer", MANAGER, BOTH, on=child),
        "decline-transfer": _at(made, "decline-transfer", MANAGER, BOTH, on=child),
        "complete-transfer": _at(made, "complete-transfer", WORKER, BOTH, on=child),
        "end-allocation": _at(made, "end-allocation", MANAGER, BOTH),
        "verify-record": _at(made, "verify-record", MANAGER, BOTH, on=child),
    }


def _doing(made: House) -> dict[str, Place]:
    """What is recorded with a family and with agencies."""
    return {
        "record-relationship": _at(made, "record-relationship", WORKER, BOTH),
        "record-birth": _at(made, "record-birth", WORKER, BOTH),
        "documents": _at(made, "documents", WORKER),
        "send-letter": _at(made, "send-letter", WORKER, BOTH),
        "record-correspondence": _at(made, "record-correspondence", WORKER, BOTH),
        "document": Place(
            reverse("document", args=[made.allocated, made.document]), WORKER, record=True, is_file=True
        ),
        "sharing": _at(made, "sharing", WORKER),
        "record-consent": _at(made, "record-consent", WORKER, BOTH),
        "give-leaflet": _at(made, "give-leaflet", WORKER, BOTH),
        "ask-agency": _at(made, "ask-agency", WORKER, BOTH),
        "chase-agency": _at(made, "chase-agency", WORKER, BOTH),
        "record-answer": _at(made, "record-answer", WORKER, BOTH),
        "closing": _at(made, "closing", WORKER, on=made.children["closing"]),
        "propose-closure": _at(made, "propose-closure", WORKER, BOTH),
        "sign-closure": _at(made, "sign-closure", MANAGER, BOTH, on=made.children["closing"]),
        "return-closure": _at(made, "return-closure", MANAGER, BOTH, on=made.children["closing"]),
        "disagreements": _at(made, "disagreements", WORKER, on=made.children["closing"]),
        "answer-dissent": _at(made, "answer-dissent", MANAGER, BOTH, on=made.children["closing"]),
        "step-down": _at(made, "step-down", MANAGER, BOTH),
        "step-up": _at(made, "step-up", WORKER, BOTH),
        "bookings": _at(made, "bookings", WORKER),
        "book-visit": _at(made, "book-visit", WORKER, BOTH),
        "book-meeting": _at(made, "book-meeting", WORKER, BOTH),
        "move-booking": _at(made, "move-booking", WORKER, BOTH),
        "cancel-booking": _at(made, "cancel-booking", WORKER, BOTH),
        "chronology": _at(made, "chronology", WORKER),
        "enter-chronology": _at(made, "enter-chronology", WORKER, BOTH),
        "enter-chronology-together": _at(made, "enter-chronology-together", WORKER, BOTH),
        "analyse-chronology": _at(made, "analyse-chronology", WORKER, BOTH),
        "take-chronology": replace(_at(made, "take-chronology", WORKER, ("GET",), "pdf"), is_file=True),
        "record-views": _at(made, "record-views", WORKER, BOTH),
        "add-note": _at(made, "add-note", WORKER, BOTH),
        "record-visit": _at(made, "record-visit", WORKER, BOTH),
        "record-meeting": _at(made, "record-meeting", WORKER, BOTH),
        "record-supervision": _at(made, "record-supervision", MANAGER, BOTH),
        "meetings": _at(made, "meetings", WORKER),
        "hold-review": _at(made, "hold-review", WORKER, BOTH),
        "hand-out": _at(made, "hand-out", WORKER, BOTH),
    }


def names_of_addresses() -> set[str]:
    """Every name in the table of addresses."""
    return {str(pattern.name) for pattern in urlpatterns}
