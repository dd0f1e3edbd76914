"""A made-up authority with something on every page, and one address for each entry of the table of addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.assessments import approve, begin, hand_in, past
from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, due_key, event
from tests.people import Staff

from cairn.application.filing import Offered, looked_through, record_with_documents
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request
from cairn.application.section_writing import save_section
from cairn.interfaces.web.urls import urlpatterns
from cairn.records import drafts

# Of each child something that stands nowhere but on their own record: on a page it says whose record was shown.
CANARIES = {
    "contact": "Onecanary",
    "returned": "Fivecanary",
    "referral": "Twocanary",
    "decided": "Threecanary",
    "allocated": "Fourcanary",
    "handed_in": "Sixcanary",
}
BORN = "2018-03-21"
# Everything of a child that may stand in no address, with the day written as forms write it.
PERSONAL = (
    *CANARIES.values(),
    "Wren",
    BORN,
    "21-03-2018",
    "21/03",
    "Hanne",
    "Pryce",
    "Hidden Court",
)


@dataclass(frozen=True)
class House:
    """Six children, one at each stage, by the stage's name; and drafts of Priya Shah and Beth Lomas."""

    people: Staff
    children: dict[str, UUID]
    note: str
    document: str
    assessment: str
    approved: str
    draft: UUID
    draft_of_contact: UUID

    @property
    def allocated(self) -> UUID:
        """The child with whom Priya Shah works."""
        return self.children["allocated"]

    def client(self, name: str, *, csrf: bool = False) -> Client:
        """A browser in which that person is signed in."""
        return self.people.client(name, csrf=csrf)


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


def house(people: Staff) -> House:
    """Build it."""
    children = {stage: _contact(people, canary) for stage, canary in CANARIES.items()}
    record(
        people, ("Sheila Knowles", "return-contact", {"reason": "Who lives there?"}), on=children["returned"]
    )
    for stage in ("referral", "decided", "allocated", "handed_in"):
        record(people, ("Sheila Knowles", "decide-contact", REFERRAL), on=children[stage])
    for stage in ("decided", "allocated", "handed_in"):
        record(people, ("Martin Oyelaran", "decide-referral", DECISION), on=children[stage])
    sibling = {"name": "Robin Made-up", "household": "same"}
    record(people, ("Martin Oyelaran", "list-sibling", sibling), on=children["decided"])
    _allocate(people, children["allocated"])
    _allocate(people, children["handed_in"])
    _fill(people, children["allocated"])
    return House(
        people,
        children,
        note=event(children["allocated"], "note.added").id,
        document=_file(people, children["allocated"]),
        assessment=_assessment(people, children["allocated"]),
        approved=_approved(people, children["handed_in"]),
        draft=_draft(people, "Priya Shah", "add-note", children["allocated"], {"text": "Fourcanary half"}),
        draft_of_contact=_draft(people, "Beth Lomas", "record-contact", None, {"received-day": ["23"]}),
    )


def _contact(people: Staff, canary: str) -> UUID:
    names = {"name": f"Wren {canary}", "forename": "Wren", "surname": canary, "born": BORN}
    said = {"facts": [{"text": f"{canary} came without breakfast.", "who": "Ms Fenn"}]}
    return record(people, ("Beth Lomas", "record-contact", {**CONTACT, **names, **said}))


def _allocate(people: Staff, child: UUID) -> None:
    worker = {
        "worker": "Priya Shah",
        "worker_id": str(people.ids["Priya Shah"]),
        "team": "Referral and Assessment",
        "team_id": str(people.teams["Referral and Assessment"]),
    }
    record(people, ("Joanne Whitlock", "allocate", worker), on=child)


def _fill(people: Staff, child: UUID) -> None:
    """Something for each page: a note, a restricted address, a letter, a visit booked, an agency asked."""
    record(
        people,
        ("Priya Shah", "add-note", {"text": "Fourcanary’s school rang."}),
        (
            "Priya Shah",
            "record-address",
            {"address": "3 Hidden Court", "lives_with": "Her aunt", "restricted": True},
        ),
        ("Priya Shah", "book-visit", {"when": "2099-06-01T10:00", "place": "At home"}),
        ("Priya Shah", "ask-agency", {"agency": "gp", "what": "Appointments", "basis": "safeguarding"}),
        ("Joanne Whitlock", "send-letter", {"letter": "referral-acknowledged", "to": "Hanne Pryce", "how": "letter"}),
        on=child,
    )  # fmt: skip


def _assessment(people: Staff, child: UUID) -> str:
    """An assessment that two have begun to write, the second beside the first."""
    strand = begin(people, child)
    for who in ("Priya Shah", "Ewan Marsh"):
        save_section(people.actor(who), child, strand, "health", {"text": f"Fourcanary, by {who}"}, 0)
    return strand


def _file(people: Staff, child: UUID) -> str:
    """A letter with a document in it, and what was said about sharing."""
    record(
        people,
        (
            "Priya Shah",
            "record-consent",
            {"whose": "Hanne", "by_parent": "parent", "decision": "given", "for": ["agency_checks"]},
        ),
        ("Priya Shah", "enter-chronology", {"what": "No breakfast.", "significance": "She was hungry."}),
        ("Priya Shah", "give-leaflet", {"leaflet": "access_to_records", "to": "Hanne Pryce"}),
        on=child,
    )
    offered = Offered("Fourcanary.txt", SimpleUploadedFile("x", b"Fourcanary was late again."))
    asked = Request("record-correspondence", {"from_whom": "Hanne Pryce", "text": "Late again."}, child)
    done = record_with_documents(people.actor("Priya Shah"), asked, looked_through([offered]))
    assert isinstance(done, Recorded), done
    return str(event(child, "correspondence.received").data["documents"][0]["document"])


def _approved(people: Staff, child: UUID) -> str:
    """An assessment that is approved, and after it another that was returned and handed in again; the id of the first."""
    first = begin(people, child)
    save_section(people.actor("Priya Shah"), child, first, "health", {"text": "Sixcanary is well."}, 0)
    approve(people, child, first, hand_in(people, child, first))
    second = begin(people, child)
    save_section(people.actor("Priya Shah"), child, second, "health", {"text": "Sixcanary grows."}, 0)
    hand_in(people, child, second)
    returned = {"kind": "child_and_family", "reason": "Say how much."}
    past(people, child, second, "assessment.returned", returned, "Joanne Whitlock")
    save_section(people.actor("Priya Shah"), child, second, "health", {"text": "Sixcanary grows by 2 cm."}, 1)
    hand_in(people, child, second)
    return first


def _draft(people: Staff, author: str, act: str, child: UUID | None, answers: dict[str, object]) -> UUID:
    wanted = drafts.DraftToSave(uuid4(), people.ids[author], act, child, answers, 0)
    drafts.save(wanted, now())
    return wanted.id


def places(made: House) -> dict[str, Place]:
    """One address for each name in the table of addresses."""
    both = ("GET", "POST")
    child, post = made.allocated, ("POST",)
    worker, manager = "Priya Shah", "Joanne Whitlock"

    def at(name: str, who: str, methods: tuple[str, ...] = ("GET",), *rest: str, on: UUID = child) -> Place:
        return Place(reverse(name, args=[on, *rest]), who, methods, record=True)

    def of_approved(place: Place) -> Place:
        return replace(place, address=f"{place.address}?strand={made.approved}")

    return {
        "home": Place("/", worker),
        "sign-in": Place("/sign-in/", worker, both),
        "sign-out": Place("/sign-out/", worker, post),
        "stay": Place("/stay/", worker, post),
        "my-work": Place("/work/", worker),
        "team-work": Place("/team/", worker),
        "find": Place("/find/", worker, both),
        "new-contact": Place("/contacts/new/", "Beth Lomas", both),
        "decide-contact": at("decide-contact", "Sheila Knowles", both, on=made.children["contact"]),
        "complete-contact": at("complete-contact", "Beth Lomas", both, on=made.children["returned"]),
        "decide-referral": at("decide-referral", "Martin Oyelaran", both, on=made.children["referral"]),
        "decide-sibling": at("decide-sibling", "Martin Oyelaran", both, on=made.children["decided"]),
        "record-referral": at("record-referral", worker, both),
        "referral": at("referral", worker, ("GET",), event(child, "referral.received").id),
        "child": at("child", worker),
        "assessment": at("assessment", worker, ("GET",), made.assessment),
        "assessment-section": at("assessment-section", worker, both, made.assessment, "health"),
        "submit-assessment": at("submit-assessment", worker, both),
        "approve-assessment": at("approve-assessment", manager, both, on=made.children["handed_in"]),
        "return-assessment": at("return-assessment", manager, both, on=made.children["handed_in"]),
        "extend-assessment": at("extend-assessment", manager, both),
        "share-assessment": of_approved(at("share-assessment", worker, both, on=made.children["handed_in"])),
        "assessment-text": at(
            "assessment-text", worker, ("GET",), made.approved, on=made.children["handed_in"]
        ),
        "assessment-pdf": replace(
            at("assessment-pdf", worker, ("GET",), made.approved, on=made.children["handed_in"]), is_file=True
        ),
        "timeline": at("timeline", worker),
        "people": at("people", worker),
        "family": at("family", worker),
        "record-relationship": at("record-relationship", worker, both),
        "record-birth": at("record-birth", worker, both),
        "documents": at("documents", worker),
        "send-letter": at("send-letter", worker, both),
        "record-correspondence": at("record-correspondence", worker, both),
        "document": Place(
            reverse("document", args=[child, made.document]), worker, record=True, is_file=True
        ),
        "sharing": at("sharing", worker),
        "record-consent": at("record-consent", worker, both),
        "give-leaflet": at("give-leaflet", worker, both),
        "ask-agency": at("ask-agency", worker, both),
        "chase-agency": at("chase-agency", worker, both),
        "record-answer": at("record-answer", worker, both),
        "bookings": at("bookings", worker),
        "book-visit": at("book-visit", worker, both),
        "book-meeting": at("book-meeting", worker, both),
        "move-booking": at("move-booking", worker, both),
        "cancel-booking": at("cancel-booking", worker, both),
        "chronology": at("chronology", worker),
        "enter-chronology": at("enter-chronology", worker, both),
        "record-views": at("record-views", worker, both),
        "looked": at("looked", worker),
        "another-day": at("another-day", worker),
        "entry": at("entry", worker, ("GET",), made.note),
        "correct": at("correct", worker, both, made.note),
        "correct-others": at("correct-others", worker, both, made.note),
        "withdraw": at("withdraw", worker, both, made.note),
        "move": at("move", worker, both, made.note),
        "why": at("why", worker, ("GET",), due_key(child, "assessment-complete")),
        "add-note": at("add-note", worker, both),
        "record-visit": at("record-visit", worker, both),
        "record-meeting": at("record-meeting", worker, both),
        "allocate": at("allocate", manager, both, on=made.children["decided"]),
        "acknowledge-referral": at("acknowledge-referral", worker, both),
        "tell-referrer": at("tell-referrer", worker, both),
        "letter": at("letter", worker, both, "referral-outcome"),
        "acts": at("acts", worker),
        "act": at("act", worker, both, "record-dissent"),
        "draft": Place(reverse("draft", args=[made.draft]), worker, both, record=True),
        "discard": Place(reverse("discard", args=[made.draft]), worker, post, record=True),
        "procedures": Place("/procedures/", worker),
        "provision": Place(reverse("provision", args=["assessment-complete"]), worker),
        "help": Place("/help/", worker),
        "help-problem": Place("/help/problem/", worker),
        "help-accessibility": Place("/help/accessibility/", worker),
        "help-privacy": Place("/help/privacy/", worker),
        "help-changes": Place("/help/changes/", worker),
    }


def names_of_addresses() -> set[str]:
    """Every name in the table of addresses."""
    return {str(pattern.name) for pattern in urlpatterns}
