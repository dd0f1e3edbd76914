"""A made-up authority with something on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.assessments import approve, begin, hand_in, past
from tests.cases import record
from tests.closings import handed_in as handed_in_closing
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, due_key, event
from tests.people import Staff
from tests.plans import changed, planned

from cairn.application.breaking_glass import Breaking, break_glass
from cairn.application.covering import CoverLine, CoverWanted, set_cover
from cairn.application.filing import Offered, looked_through, record_with_documents
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request
from cairn.application.section_writing import save_section
from cairn.application.ties import TieWanted, end_tie, give_tie
from cairn.records import drafts
from cairn.records.ties import TieRow

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
    glass: UUID
    conflict: UUID
    referral: str
    due: str

    @property
    def allocated(self) -> UUID:
        """The child with whom Priya Shah works."""
        return self.children["allocated"]

    def client(self, name: str, *, csrf: bool = False) -> Client:
        """A browser in which that person is signed in."""
        return self.people.client(name, csrf=csrf)


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
        glass=_glass(people, children["allocated"]),
        conflict=_conflict(people, children["allocated"]),
        referral=event(children["allocated"], "referral.received").id,
        due=due_key(children["allocated"], "assessment-complete"),
        draft_of_contact=_draft(people, "Beth Lomas", "record-contact", None, {"received-day": ["23"]}),
    )


def _contact(people: Staff, canary: str) -> UUID:
    names = {"name": f"Wren {canary}", "forename": "Wren", "surname": canary, "born": BORN}
    said = {"facts": [{"text": f"{canary} came without breakfast.", "who": "Ms Fenn"}]}
    # Of one call nobody is to know who it was.
    if canary == CANARIES["contact"]:
        said |= {"may_name_caller": "no"}
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


def _conflict(people: Staff, child: UUID) -> UUID:
    """Of somebody who could open the record by no other way either."""
    whom = people.ids["Farah Lindqvist"]
    done = give_tie(people.actor("Ruth Abara"), TieWanted(whom, child, "neighbour", "Two doors down."))
    assert isinstance(done, TieRow), done
    end_tie(people.actor("Ruth Abara"), done.id)
    return done.id


def _glass(people: Staff, child: UUID) -> UUID:
    """Broken by Rosa Quill, who closed it again; the alert of it waits to be answered."""
    said = Breaking("child_at_risk_now", "Fourcanary’s uncle rang, and nobody answers.", uuid4(), strong=True)
    done = break_glass(people.actor("Rosa Quill"), child, said)
    assert isinstance(done, TieRow), done
    end_tie(people.actor("Rosa Quill"), done.id)
    return done.id


def _draft(people: Staff, author: str, act: str, child: UUID | None, answers: dict[str, object]) -> UUID:
    wanted = drafts.DraftToSave(uuid4(), people.ids[author], act, child, answers, 0)
    drafts.save(wanted, now())
    return wanted.id
