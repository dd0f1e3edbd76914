"""A made-up authority with something on every page, and one address for each entry of the table of addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.assessments import approve, begin, hand_in, past
from tests.cases import record
from tests.closings import handed_in as handed_in_closing
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, due_key, event
from tests.people import Staff
from tests.plans import changed, planned

from cairn.application.covering import CoverLine, CoverWanted, set_cover
from cairn.application.filing import Offered, looked_through, record_with_documents
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request
from cairn.application.section_writing import save_section
from cairn.core.calendar.moment import LONDON
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
    "closing": "Sevencanary",
    "going": "Eightcanary",
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
    """Seven children, one at each stage, by the stage's name; and drafts of Priya Shah and Beth Lomas."""

    people: Staff
    children: dict[str, UUID]
    note: str
    document: str
    assessment: str
    approved: str
    plan: str
    draft: UUID
    draft_of_contact: UUID
    cover: UUID

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
    for stage in ("referral", "decided", "allocated", "handed_in", "closing", "going"):
        record(people, ("Sheila Knowles", "decide-contact", REFERRAL), on=children[stage])
    for stage in ("decided", "allocated", "handed_in", "closing", "going"):
        record(people, ("Martin Oyelaran", "decide-referral", DECISION), on=children[stage])
    sibling = {"name": "Robin Made-up", "household": "same"}
    record(people, ("Martin Oyelaran", "list-sibling", sibling), on=children["decided"])
    _allocate(people, children["allocated"])
    _allocate(people, children["handed_in"])
    _allocate(people, children["going"])
    _propose(people, children["going"])
    _allocate(people, children["closing"])
    begin(people, children["closing"])
    handed_in_closing(people, children["closing"], summary="Sevencanary is well.", agencies_agree=False)
    dissent = {"whose": "Made-up School", "about": "Closing", "text": "Sevencanary still comes late."}
    record(people, ("Priya Shah", "record-dissent", dissent), on=children["closing"])
    _fill(people, children["allocated"])
    plan = _plan(people, children["handed_in"])
    return House(
        people,
        children,
        note=event(children["allocated"], "note.added").id,
        document=_file(people, children["allocated"]),
        assessment=_assessment(people, children["allocated"]),
        approved=_approved(people, children["handed_in"]),
        plan=plan,
        draft=_draft(people, "Priya Shah", "add-note", children["allocated"], {"text": "Fourcanary half"}),
        cover=_cover(people),
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


def _propose(people: Staff, child: UUID) -> None:
    """A transfer to the contact centre's team, which is proposed and no more."""
    to = {"to_team": str(people.teams["Contact Centre"]), "reason": "Eightcanary needs another team."}
    record(people, ("Priya Shah", "propose-transfer", to), on=child)


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


def _plan(people: Staff, child: UUID) -> str:
    """A child in need plan that was changed once; the id of its making."""
    planned(people, child)
    changed(people, child)
    return event(child, "plan.made").id


def _cover(people: Staff) -> UUID:
    """Days to come on which Ewan Marsh covers for Priya Shah."""
    who = (people.ids["Priya Shah"], people.ids["Ewan Marsh"], date(2099, 1, 5), date(2099, 1, 9), "Leave.")
    done = set_cover(people.actor("Joanne Whitlock"), CoverWanted(*who))
    assert isinstance(done, CoverLine), done
    return done.id


def _draft(people: Staff, author: str, act: str, child: UUID | None, answers: dict[str, object]) -> UUID:
    wanted = drafts.DraftToSave(uuid4(), people.ids[author], act, child, answers, 0)
    drafts.save(wanted, now())
    return wanted.id


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


def _of_approved(made: House, place: Place) -> Place:
    return replace(place, address=f"{place.address}?strand={made.approved}")


def _general(made: House) -> dict[str, Place]:
    """Pages of no one record, and drafts."""
    return {
        "home": Place("/", WORKER),
        "sign-in": Place("/sign-in/", WORKER, BOTH),
        "sign-out": Place("/sign-out/", WORKER, POST),
        "stay": Place("/stay/", WORKER, POST),
        "my-work": Place("/work/", WORKER),
        "team-work": Place("/team/", WORKER),
        "lines": Place("/work/lines/", MANAGER, POST),
        "allocation-meeting": Place("/team/allocation-meeting/", MANAGER, BOTH),
        "cover": Place("/team/cover/", MANAGER, BOTH),
        "cover-end": Place(reverse("cover-end", args=[made.cover]), MANAGER, POST),
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
    child = made.allocated
    return {
        "decide-contact": _at(made, "decide-contact", "Sheila Knowles", BOTH, on=made.children["contact"]),
        "complete-contact": _at(made, "complete-contact", "Beth Lomas", BOTH, on=made.children["returned"]),
        "decide-referral": _at(
            made, "decide-referral", "Martin Oyelaran", BOTH, on=made.children["referral"]
        ),
        "decide-sibling": _at(made, "decide-sibling", "Martin Oyelaran", BOTH, on=made.children["decided"]),
        "record-referral": _at(made, "record-referral", WORKER, BOTH),
        "referral": _at(made, "referral", WORKER, ("GET",), event(child, "referral.received").id),
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


def _looking_back(made: House) -> Place:
    """The record as it stands today, as it was known today."""
    today = now().astimezone(LONDON).date()
    place = _at(made, "look-back", WORKER)
    return replace(place, address=f"{place.address}?on={today}&known={today}")


def _reading(made: House) -> dict[str, Place]:
    """A record as it is read and put right."""
    child = made.allocated
    return {
        "child": _at(made, "child", WORKER),
        "timeline": _at(made, "timeline", WORKER),
        "people": _at(made, "people", WORKER),
        "family": _at(made, "family", WORKER),
        "looked": _at(made, "looked", WORKER),
        "look-back": _looking_back(made),
        "entry": _at(made, "entry", WORKER, ("GET",), made.note),
        "event-document": replace(
            _at(made, "event-document", WORKER, ("GET",), made.note, "pdf"), is_file=True
        ),
        "correct": _at(made, "correct", WORKER, BOTH, made.note),
        "correct-others": _at(made, "correct-others", WORKER, BOTH, made.note),
        "withdraw": _at(made, "withdraw", WORKER, BOTH, made.note),
        "move": _at(made, "move", WORKER, BOTH, made.note),
        "why": _at(made, "why", WORKER, ("GET",), due_key(child, "assessment-complete")),
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
    child = made.allocated
    return {
        "record-relationship": _at(made, "record-relationship", WORKER, BOTH),
        "record-birth": _at(made, "record-birth", WORKER, BOTH),
        "documents": _at(made, "documents", WORKER),
        "send-letter": _at(made, "send-letter", WORKER, BOTH),
        "record-correspondence": _at(made, "record-correspondence", WORKER, BOTH),
        "document": Place(
            reverse("document", args=[child, made.document]), WORKER, record=True, is_file=True
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
