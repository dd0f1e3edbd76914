"""Three children, the fourth part: a visit to nobody at home, which stays to be seen, and one made two days late."""

from __future__ import annotations

import pytest
from tests.journeys.three_children import (
    CHILDREN,
    EDIE,
    JONAH,
    MINA,
    ROSA,
    TUNDE,
    before,
    due,
    fill_day,
    for_all,
    mark,
    nothing_of_another,
    own,
    story,
    write,
)
from tests.journeys.three_later import up_to_family_support

from cairn.application import ports

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
SAID = {
    EDIE: "Gran taught me to make porridge.",
    JONAH: "They have toast with jam there.",
    MINA: "She holds up three fingers for three plums.",
}


@pytest.fixture
def it(web_server, chromium):
    wired = ports.wired()
    made = story(chromium, web_server)
    up_to_family_support(made)
    yield made
    made.end()
    ports.use(wired)


def test_nobody_at_home_and_the_visit_that_came_late(it):
    a_visit_is_booked_for_three(it)
    nobody_is_there(it)
    it_is_overdue_for_one_of_them(it)
    it_is_made_late(it)
    what_was_missed_stays(it)
    nothing_of_another(it, ROSA, SAID)


def a_visit_is_booked_for_three(it):
    it.it_is(10, 1)
    # Six weeks after the visit of 29 September, and two weeks for Mina, as each plan says (7.1).
    assert "10 November 2026" in due(it.of(EDIE, ROSA), "Visit the child")
    assert "13 October 2026" in due(it.of(MINA, ROSA), "Visit the child")
    desk = for_all(it, MINA, ROSA, "bookings/visit/")
    fill_day(desk, "when", 12, 10)
    write(desk, {"when-time": "4pm", "place": "At home"})
    desk.press("Book it")
    assert "Booked for " in desk.text


def nobody_is_there(it):
    """Said once, for all three."""
    it.it_is(10, 12, 17)
    desk = it.of(MINA, ROSA, "bookings/")
    assert "Did it happen?" in desk.text
    desk.follow("no, it did not take place")
    desk.page.get_by_label("Nobody was there").check()
    desk.page.get_by_label("Why", exact=True).fill("A neighbour says they are at the hospital.")
    desk.press("Record it")
    for child in CHILDREN:
        assert "Nobody was there: A neighbour says" in it.of(child, ROSA, "bookings/").text


def it_is_overdue_for_one_of_them(it):
    it.it_is(10, 14, 9)
    desk = it.desk(ROSA)
    assert "1 thing is overdue." in desk.text
    assert "1 day overdue 13 October 2026" in due(desk, f"Choose: Visit the child, {MINA}")
    team = " ".join(it.desk(TUNDE, "/team/").text.split())
    assert "Visits overdue 1" in team


def it_is_made_late(it):
    it.it_is(10, 15, 17)
    desk = for_all(it, MINA, ROSA, "visit/")
    fill_day(desk, "when-happened", 15, 10)
    write(
        desk, {"when-happened-time": "3pm", "place": "At home", "account": "Breakfast goes well at school."}
    )
    mark(desk, {"handover": "no"})
    for child in CHILDREN:
        alone = "no" if child == MINA else "yes"
        mark(desk, own(it, child, child_seen="yes", seen_alone=alone, told="yes"))
        write(desk, own(it, child, child_said=SAID[child]))
    write(desk, own(it, MINA, why_not_alone="She is 2.", late_reason="They were at the hospital on Monday."))
    desk.press("Check and sign visit")
    desk.press("Sign")
    assert "Signed for " in desk.text, desk.text


def what_was_missed_stays(it):
    """The next one counts from the visit that was made; what was late stays late, with its reason."""
    desk = it.of(MINA, ROSA)
    assert "Nothing overdue" in desk.text
    assert "29 October 2026" in due(desk, "Visit the child")
    assert "2 days late" in before(desk)
    assert "26 November 2026" in due(it.of(JONAH, ROSA), "Visit the child")
    team = " ".join(it.desk(TUNDE, "/team/").text.split())
    assert "made late or not made 1" in team
    assert "Nobody was there: A neighbour says" in it.of(MINA, ROSA, "bookings/").text
