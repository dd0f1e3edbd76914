"""An assessment written by two workers over two weeks, in a real browser: begun, a connection lost, two texts put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, expect
from tests.application.made_up import MovableClock
from tests.assessments import begin
from tests.cases import open_to_priya
from tests.people import Staff, all_sign_in_again

from cairn.application import ports
from cairn.application.assessing import Assessment, open_assessment
from cairn.application.section_writing import SectionSaved, save_section
from cairn.interfaces.web.sessions import SIGNED_IN

SESSION = "cairn_session"
# A page saves within seconds; a machine that runs much else beside the test takes longer.
PATIENCE = 20_000
# Monday 2 November 2026, 9am in London.
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OFFLINE = "Priya wrote this while the train was in a tunnel."


@dataclass
class Story:
    """The child, the assessment, the two workers' browsers, and a clock that the test moves."""

    people: Staff
    child: UUID
    strand: str
    address: str
    clock: MovableClock
    pages: dict[str, Page]

    @property
    def path(self) -> str:
        """Where the assessment stands."""
        return f"{self.address}/records/{self.child}/assessments/{self.strand}/"

    def section(self, who: str, section: str) -> Page:
        """Open a section in somebody's browser."""
        page = self.pages[who]
        page.goto(f"{self.path}sections/{section}/")
        return page

    def stands(self) -> Assessment:
        """The assessment as it stands."""
        found = open_assessment(self.people.actor("Priya Shah"), self.child, self.strand)
        assert isinstance(found, Assessment), found
        return found

    def days_pass(self, days: int) -> None:
        """Let days pass."""
        self.clock.at += timedelta(days=days)
        all_sign_in_again()


def signed_in(chromium, address: str, people: Staff, who: str) -> BrowserContext:
    """A browser of somebody's own, signed in."""
    session = people.client(who).session
    assert session[SIGNED_IN]
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": SESSION, "value": session.session_key, "url": address}])
    context.set_default_timeout(PATIENCE)
    return context


def story(chromium, address: str, people: Staff) -> Story:
    """A child open to Priya Shah since Monday, whose assessment she begins; Ewan Marsh writes with her."""
    clock = MovableClock(MONDAY)
    ports.use(replace(ports.wired(), clock=clock))
    child = open_to_priya(people)
    clock.at += timedelta(hours=2)
    strand = begin(people, child, kind="initial")
    pages = {
        who: signed_in(chromium, address, people, who).new_page()
        for who in ("Priya Shah", "Ewan Marsh", "Joanne Whitlock")
    }
    return Story(people, child, strand, address, clock, pages)


def loses_her_connection(it: Story) -> None:
    """Priya writes in a train: what she typed stays on the page, and is saved when the line is back."""
    page = it.section("Priya Shah", "health")
    page.context.set_offline(True)
    page.get_by_label("What you know now").fill(OFFLINE)
    saved = page.locator("[data-saved-text]")
    expect(saved).to_contain_text("Not saved yet", timeout=PATIENCE)
    expect(page.get_by_label("What you know now")).to_have_value(OFFLINE, timeout=PATIENCE)
    page.context.set_offline(False)
    expect(saved).to_contain_text("Saved at", timeout=PATIENCE)


def writes_at_the_same_time(it: Story) -> None:
    """Both open one section; Ewan is saved first, Priya’s text is kept beside it, and goes on being kept."""
    priya, ewan = it.section("Priya Shah", "education"), it.section("Ewan Marsh", "education")
    ewan.get_by_label("What you know now").fill("Ewan: the school praises her reading.")
    expect(ewan.locator("[data-saved-text]")).to_contain_text("Saved at", timeout=PATIENCE)
    expect(ewan.locator("[data-saved-more]")).to_contain_text(
        "Priya Shah has this section open too", timeout=PATIENCE
    )
    priya.get_by_label("What you know now").fill("Priya: she is late on Mondays.")
    expect(priya.locator("[data-saved-text]")).to_contain_text(
        "beside what Ewan Marsh wrote", timeout=PATIENCE
    )
    priya.get_by_label("What you know now").fill("Priya: she is late on Mondays, never on Fridays.")
    with priya.expect_response(lambda answer: answer.request.method == "POST") as kept:
        pass
    assert kept.value.status == 409


def puts_them_together(it: Story) -> None:
    """Priya sees both side by side, takes hers below his, mends it, and says that they are one."""
    page = it.pages["Priya Shah"]
    page.get_by_role("link", name="See both and put them together").click()
    expect(page.get_by_role("heading", name="Two texts stand side by side")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("You wrote at the same time", exact=False)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Put it below what is saved").click()
    both = page.get_by_label("What you know now")
    expect(both).to_have_value(re.compile("Ewan: .*\n\nPriya: .* Fridays."), timeout=PATIENCE)
    page.get_by_role("button", name="They are put together: save").click()
    expect(page.get_by_role("heading", name="Two texts stand side by side")).to_have_count(
        0, timeout=PATIENCE
    )


def write_the_rest(it: Story) -> None:
    """Everything else, by either of them, through the same door as a page; every needed section is completed."""
    authors = ("Priya Shah", "Ewan Marsh")
    for number, state in enumerate(it.stands().sections):
        version = state.text.version if state.text else 0
        data = dict(state.text.data) if state.text else {}
        answers = {
            name: "no" if name == "harmed" else f"About {state.section.title}."
            for name in state.section.needs
        }
        data = {**answers, **data, "passages": [], "completed": True}
        who = it.people.actor(authors[number % 2])
        done = save_section(who, it.child, it.strand, state.section.id, data, version)
        assert isinstance(done, SectionSaved), done
        assert not done.faults, done.faults
