"""No child's own text stands in another's record unless a person put that very passage there (Peterborough 3.10, 3.12)."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse
from psycopg import sql
from tests.assessments import begin, hand_in
from tests.interfaces.web.views.children import main
from tests.people import Staff
from tests.siblings import AMARA, THEO, child, related

from cairn.application.passing_on import PassedOn, pass_on
from cairn.application.procedures import in_use
from cairn.application.section_writing import Merge, SectionSaved, save_section
from cairn.records import passages, sections

SECTIONS = [one.id for one in in_use().protocol.form_for("assessment", "child_and_family").sections]
MARK = re.compile(r"mark-[a-z_]+-\d")
OFFERED, KEPT = "records_passageoffered", "records_sectiondraft"


@dataclass
class Two:
    """Theo and his sister, each with an assessment; of Theo's every paragraph bears a mark that stands nowhere else."""

    people: Staff
    theo: UUID
    amara: UUID
    his: str
    hers: str
    offered: set[str] = field(default_factory=set)
    put_in: set[str] = field(default_factory=set)

    def offer(self, section: str, chance: random.Random) -> None:
        """A person offers one paragraph of a section of Theo's."""
        mark = f"mark-{section}-{chance.randint(1, 3)}"
        done = pass_on(
            self.people.actor("Priya Shah"), self.theo, self.his, section, self.amara, f"{mark} said."
        )
        if isinstance(done, PassedOn):
            self.offered.add(mark)

    def decide(self, how: str, chance: random.Random) -> None:
        """A person takes one of those that wait into hers, puts it into the text, or dismisses it."""
        waits = passages.waiting(UUID(self.hers))
        if not waits:
            return
        one = chance.choice(waits)
        merge = {"change": Merge(changes=one.id), "dismiss": Merge(dismisses=one.id)}.get(how, Merge())
        if (
            self.write(one.section, [f"sibling/{one.id}"] if how == "take" else [], merge)
            and how != "dismiss"
        ):
            self.put_in.add(one.text.split()[0])

    def write(self, section: str, more: list[str] | None = None, merge: Merge | None = None) -> bool:
        """Amara's section is saved, as she stands in it now."""
        row = sections.section(UUID(self.hers), section)
        data, version = (row.data, row.version) if row else ({"text": "Hers."}, 0)
        taken = [str(one["key"]) for one in data.get("passages", ())]
        whole = {**data, "passages": [*taken, *(more or [])]}
        actor = self.people.actor("Priya Shah")
        done = save_section(actor, self.amara, self.hers, section, whole, version, merge or Merge())
        return isinstance(done, SectionSaved)


@pytest.fixture
def two(people):
    made = Two(people, child(people, THEO), child(people, AMARA), "", "")
    related(people, made.theo, (AMARA, made.amara))
    related(people, made.amara, (THEO, made.theo))
    made.his, made.hers = begin(people, made.theo), begin(people, made.amara)
    for one in SECTIONS:
        text = "\n\n".join(f"mark-{one}-{number} said." for number in (1, 2, 3))
        kept = save_section(people.actor("Priya Shah"), made.theo, made.his, one, _asked(one, text), 0)
        assert isinstance(kept, SectionSaved), kept
    return made


def _asked(section: str, text: str) -> dict[str, str]:
    asks = in_use().protocol.form_for("assessment", "child_and_family").section(section).asks
    return {"text": text} if "text" in asks else {asks[0]: text}


def marks_on(record: UUID) -> dict[str, set[str]]:
    """Which of the marks stand in the rows of a record, table by table."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'record_id' AND table_schema = 'public'")  # fmt: skip
        for (table,) in cursor.fetchall():
            cursor.execute(
                sql.SQL("SELECT t::text FROM {} t WHERE record_id = %s").format(sql.Identifier(table)),
                [record],
            )
            found[table] = {mark for (row,) in cursor.fetchall() for mark in MARK.findall(row)}
        cursor.execute(
            "SELECT c::text FROM records_eventcontent c JOIN records_ledgerevent e ON e.id = c.event_id WHERE e.record_id = %s",
            [record],
        )
        found["contents"] = {mark for (row,) in cursor.fetchall() for mark in MARK.findall(row)}
    return {table: marks for table, marks in found.items() if marks}


def every_page(two: Two) -> str:
    """What every page of Amara's assessment shows."""
    browser = two.people.client("Priya Shah")
    whole = [reverse("assessment", args=[two.amara, two.hers]), reverse("child", args=[two.amara])]
    whole.append(f"{reverse('submit-assessment', args=[two.amara])}?strand={two.hers}")
    single = [reverse("assessment-section", args=[two.amara, two.hers, one]) for one in SECTIONS]
    return "".join(main(browser.get(address)) for address in (*whole, *single))


def test_looking_writing_and_handing_in_bring_nothing_of_a_brothers_text(two):
    assert marks_on(two.theo), "the marks are on his own record"
    for one in SECTIONS:
        two.write(one)
    assert MARK.findall(every_page(two)) == []
    hand_in(two.people, two.amara, two.hers)
    assert marks_on(two.amara) == {}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_only_what_was_offered_is_beside_and_only_what_was_put_in_is_in_it(two, seed):
    chance = random.Random(seed)
    for _ in range(25):
        what = chance.choice(["offer", "offer", "take", "change", "dismiss", "write"])
        if what == "offer":
            two.offer(chance.choice(SECTIONS), chance)
        elif what == "write":
            two.write(chance.choice(SECTIONS))
        else:
            two.decide(what, chance)
    assert two.offered, "the walk offers something"
    found = marks_on(two.amara)
    assert found.pop(OFFERED, set()) == two.offered
    assert found.pop(KEPT, set()) == two.put_in
    assert found == {}
    assert set(MARK.findall(every_page(two))) <= two.offered
    hand_in(two.people, two.amara, two.hers)
    assert marks_on(two.amara).get("contents", set()) == two.put_in


def test_a_whole_section_is_never_put_beside_however_it_is_cut(two):
    for one in SECTIONS[:4]:
        for number in (1, 2, 3):
            actor = two.people.actor("Priya Shah")
            pass_on(actor, two.theo, two.his, one, two.amara, f"mark-{one}-{number} said.")
        beside = [row.text for row in passages.waiting(UUID(two.hers)) if row.section == one]
        assert len(beside) == 2
