"""Three children from a school's call to closing and stepping down: who they are, their days, and a clock that the tests move.

Each part of the journey is a file of its own. What a part does not show itself is done here through the same door as a
page, on the same days and with the same answers (`up_to_the_assessment` and what follows it).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from playwright.sync_api import Browser
from tests.application.made_up import MovableClock
from tests.assessments import begin, hand_in, past
from tests.cases import Step, record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, event, view
from tests.journeys.test_four_roles import Desk
from tests.journeys.writing import signed_in
from tests.people import Staff, all_sign_in_again, made_up_staff

from cairn.application import ports
from cairn.application.assessing import Assessment, open_assessment
from cairn.application.section_writing import SectionSaved, save_section
from cairn.core.calendar.moment import LONDON

EDIE, JONAH, MINA = CHILDREN = ("Edie Thornbury", "Jonah Thornbury", "Mina Thornbury")
BORN = {EDIE: "2017-02-03", JONAH: "2020-06-11", MINA: "2024-04-20"}
BETH, SHEILA, MARTIN, JOANNE = "Beth Lomas", "Sheila Knowles", "Martin Oyelaran", "Joanne Whitlock"
PRIYA, DILYS, TUNDE, ROSA = "Priya Shah", "Dilys Penhale", "Tunde Bright", "Rosa Quill"
WORRY = {
    "concern": "Three children come to school and nursery hungry.",
    "concern_kind": ["housing_or_money"],
    "affects_other_children": True,
}
# The referrer is written to.
ANSWERED: tuple[Step, ...] = (
    (DILYS, "acknowledge-referral", {"to": "Hannah Pryce", "how": "letter"}),
    (PRIYA, "tell-referrer", {"to": "Hannah Pryce", "how": "letter", "decision": "assessment"}),
)
# What each said first. No word of it may ever stand on another child's record.
WORDS = {
    EDIE: "I put the kettle on when Mum is asleep.",
    JONAH: "My tummy talks at story time.",
    MINA: "She points at the cupboard and says “empty”.",
}


@dataclass
class Story:
    """The staff, the children by name, everybody's browser, and the clock."""

    people: Staff
    address: str
    chromium: Browser
    clock: MovableClock
    children: dict[str, UUID] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)

    def it_is(self, month: int, day: int, hour: int = 10, minute: int = 0) -> None:
        """Move the clock to a London time of 2026."""
        self.clock.at = datetime(2026, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)
        all_sign_in_again()

    def desk(self, who: str, at: str = "/work/") -> Desk:
        """Somebody's own browser, at a page."""
        if who not in self.desks:
            page = signed_in(self.chromium, self.address, self.people, who).new_page()
            self.desks[who] = Desk(page, self.address)
        self.desks[who].page.goto(f"{self.address}{at}")
        return self.desks[who]

    def of(self, child: str, who: str, page: str = "") -> Desk:
        """A page of a child's record in somebody's browser."""
        return self.desk(who, f"/records/{self.children[child]}/{page}")

    def done(self, child: str, *steps: Step) -> None:
        """Done through the door, without a browser."""
        self.children[child] = record(self.people, *steps, on=self.children.get(child))

    def begun(self, child: str) -> str:
        """The child's latest assessment."""
        return event(self.children[child], "assessment.started").id

    def end(self) -> None:
        """Close everybody's browser."""
        for desk in self.desks.values():
            desk.page.context.close()


def story(chromium: Browser, address: str) -> Story:
    """The staff on Monday 7 September 2026, 9am, before the telephone rings."""
    clock = MovableClock(datetime(2026, 9, 7, 8, 0, tzinfo=UTC))
    ports.use(replace(ports.wired(), clock=clock))
    return Story(made_up_staff(), address, chromium, clock)


def fill_day(desk: Desk, name: str, day: int, month: int, year: int = 2026) -> None:
    """A day in three boxes."""
    for part, value in (("day", day), ("month", month), ("year", year)):
        desk.page.locator(f"[name={name}-{part}]").fill(str(value))


def mark(desk: Desk, answers: dict[str, str]) -> None:
    """Choose options by the name of their question."""
    for name, value in answers.items():
        desk.page.locator(f"main [name={name}][value='{value}']").check()


def write(desk: Desk, answers: dict[str, str]) -> None:
    """Fill boxes by the name of their question."""
    for name, text in answers.items():
        desk.page.locator(f"main [name={name}]").fill(text)


def own(it: Story, child: str, **answers: str) -> dict[str, str]:
    """Answers in one child's part of a page about several."""
    return {f"own-{it.children[child]}-{name}": value for name, value in answers.items()}


def for_all(it: Story, child: str, who: str, page: str) -> Desk:
    """A page for several children, begun from one of them, with all three ticked."""
    desk = it.of(child, who, page)
    for other in CHILDREN:
        if other != child:
            desk.page.get_by_label(other.partition(" ")[0]).check()
    desk.press("Show a part for each child ticked")
    return desk


def before(desk: Desk) -> str:
    """What the record says of what was due before."""
    folded = desk.page.locator("details", has_text="What was due before")
    folded.locator("summary").click()
    return " ".join(folded.inner_text().split())


def due(desk: Desk, what: str) -> str:
    """What the record, or a work list, says of one thing that is due."""
    return " ".join(desk.page.locator("main tr", has_text=what).first.inner_text().split())


def nothing_of_another(it: Story, reader: str, *said: dict[str, str]) -> None:
    """Nobody's own words stand on another child's record: in its stream, and on the pages that show it."""
    for child in CHILDREN:
        stream = str([one.data for one in view(it.children[child]).stream])
        pages = "".join(it.of(child, reader, page).text for page in ("timeline/", "documents/", "meetings/"))
        for words in said:
            assert words[child] in stream, child
            for other in CHILDREN:
                if other != child:
                    assert words[other] not in stream, (child, other)
                    assert words[other] not in pages, (child, other)


def decided_as_for(it: Story, child: str, others: tuple[str, ...]) -> None:
    """The duty manager decides the referral of a brother or sister, whose own brothers and sisters have theirs already."""
    for other in others:
        listed = {"name": other, "household": "same", "relation": "brother_or_sister"}
        it.done(child, (MARTIN, "list-sibling", {**listed, "record": str(it.children[other])}))
    theirs = [one.id for one in view(it.children[child]).standing.events if one.type == "sibling.listed"]
    each = [{"sibling": one, "decision": "do_not_open", "reason": "Has a referral."} for one in theirs]
    decision = {name: value for name, value in DECISION.items() if name != "no_siblings"}
    decision["impact_on_others"] = "They eat together."
    it.done(child, (MARTIN, "decide-referral", {**decision, "siblings": each}))


def visited(it: Story, child: str) -> None:
    """The first visit, at which each says something of their own; a GP is asked, and answers."""
    how = {"seen_alone": True} if child != MINA else {"seen_alone": False, "why_not_alone": "She is 2."}
    consent = {
        "whose": "Carys Thornbury",
        "by_parent": "parent",
        "decision": "given",
        "for": ["agency_checks"],
    }
    asked = {"agency": "gp", "what": "Appointments", "basis": "consent"}
    it.done(
        child,
        (PRIYA, "record-visit", {"child_seen": True, **how, "child_said": WORDS[child], "place": "home"}),
        (PRIYA, "give-leaflet", {"leaflet": "access_to_records", "to": "Carys Thornbury"}),
        (PRIYA, "give-leaflet", {"leaflet": "comments_compliments_complaints", "to": "Carys Thornbury"}),
        (PRIYA, "record-consent", consent),
        (PRIYA, "ask-agency", asked),
    )  # fmt: skip
    check = event(it.children[child], "check.requested").id
    it.done(child, (DILYS, "record-answer", {"check": check, "agency": "gp", "answer": "Up to date."}))


def written(it: Story, child: str) -> None:
    """Priya writes every section that is asked for."""
    priya, strand = it.people.actor(PRIYA), it.begun(child)
    found = open_assessment(priya, it.children[child], strand)
    assert isinstance(found, Assessment), found
    for state in found.sections:
        said = f"About {child.partition(' ')[0]}: {state.section.title}."
        answers = {name: "no" if name == "harmed" else said for name in state.section.needs}
        data = {**answers, "passages": [], "completed": True}
        saved = save_section(priya, it.children[child], strand, state.section.id, data, 0)
        assert isinstance(saved, SectionSaved), saved
        assert not saved.faults, saved.faults


def approved(it: Story, child: str) -> None:
    """Begun, written, handed in and approved, as the past has it."""
    strand = it.begun(child)
    submitted = hand_in(it.people, it.children[child], strand)
    data = {
        "kind": "initial",
        "approves": submitted,
        "outcome": ["child_in_need_plan"],
        "further_action": "none",
    }
    past(it.people, it.children[child], strand, "assessment.approved", {**data, "reason": "In need."}, JOANNE)  # fmt: skip


def begun(it: Story, *children: str) -> None:
    """Priya begins an initial assessment of each."""
    for child in children:
        begin(it.people, it.children[child], kind="initial")


def up_to_the_assessment(it: Story) -> None:
    """What the first part shows: three referrals, Priya with all three, and their assessments signed."""
    for child in CHILDREN:
        forename, _, surname = child.partition(" ")
        it.it_is(9, 7 if child == EDIE else 8, 9)
        who = {"name": child, "forename": forename, "surname": surname, "born": BORN[child]}
        it.done(child, (BETH, "record-contact", {**CONTACT, **who}))
        it.it_is(9, 7 if child == EDIE else 8, 11 if child == EDIE else 9)
        it.done(child, (SHEILA, "decide-contact", {**REFERRAL, **WORRY}))
    it.it_is(9, 8, 10)
    to_priya = {"worker": PRIYA, "worker_id": str(it.people.ids[PRIYA])}
    team = "Referral and Assessment"
    for child in CHILDREN:
        decided_as_for(it, child, tuple(other for other in CHILDREN if other != child))
        it.done(
            child, (JOANNE, "allocate", {**to_priya, "team": team, "team_id": str(it.people.teams[team])})
        )
        it.done(child, *ANSWERED)
    it.it_is(9, 9, 9)
    begun(it, *CHILDREN)
    it.it_is(9, 10, 16)
    for child in CHILDREN:
        visited(it, child)
    for child in CHILDREN:
        it.it_is(9, 23 if child == EDIE else 21, 15)
        approved(it, child)
