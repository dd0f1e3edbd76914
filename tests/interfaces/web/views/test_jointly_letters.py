"""A letter, a leaflet and a booking for several children: once on the page, a copy of its own on each record."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import event, main, view
from tests.interfaces.web.views.test_jointly import WHEN, draft_of, own, signed
from tests.people import made_up_staff
from tests.siblings import child, taken_away, three

pytestmark = pytest.mark.django_db
LETTER = {**WHEN, "to": "Grace <Made-up>", "how": "letter", "text": "Thank you for coming on Monday."}
TOMORROW = {"when-day": "24", "when-month": "11", "when-year": "2026", "when-time": "3:30pm"}
THURSDAY = {**TOMORROW, "when-day": "26"}


@pytest.fixture
def people(clock):
    return made_up_staff()


@pytest.fixture
def family(people):
    return three(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def sent(client, act, children, *parts, query="", **more):
    """The page of the act for these children sent as it stands with these answers; what came back."""
    at = reverse(act, args=[children[0]])
    page = client.get(f"{at}{query}").content.decode()
    hidden = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("draft", "version")}
    chosen = [str(one) for one in children]
    form = {**hidden, "child": chosen, "shown": chosen, "do": "check", **more}
    for part in parts:
        form |= part
    return client.post(at, form, follow=True)


def written(record, type_):
    return [one for one in view(record).standing.events if one.type == type_]


def test_a_letter_to_two_of_three_and_to_the_third_in_a_second_go(client, family):
    amara, theo, leila = family
    parts = (own(amara, about_child="Amara sleeps well."), own(theo, about_child="Theo was at the clinic."))
    checked = sent(client, "send-letter", family, LETTER, *parts)
    assert "Stays in the draft" in main(checked), "nothing is said of Leila yet"
    left = signed(client, checked, amara, theo)
    assert "Signed for Amara and Theo." in left.content.decode()
    assert "What you wrote for Leila stays in the draft." in left.content.decode()
    assert written(leila, "letter.sent") == []
    again = sent(
        client,
        "send-letter",
        family,
        own(leila, about_child="Leila has a place."),
        query=f"?draft={draft_of(left)}",
        signed="yes",
    )
    done = signed(client, again, leila)
    assert done.request["PATH_INFO"] == reverse("documents", args=[leila])
    letters = [event(one, "letter.sent") for one in family]
    assert len({one.act for one in letters}) == 1
    assert len({one.id for one in letters}) == 3
    assert {one.data["text"] for one in letters} == {LETTER["text"]}
    assert [one.data["about_child"] for one in letters] == [
        "Amara sleeps well.", "Theo was at the clinic.", "Leila has a place.",
    ]  # fmt: skip
    assert {one.happened_at for one in letters} == {letters[0].happened_at}


def test_what_a_letter_says_of_one_child_is_on_no_other_record_and_on_no_other_page(client, family):
    amara, theo, _ = family
    parts = (own(amara, about_child="Amara sleeps well."), own(theo, about_child="Theo was at the clinic."))
    signed(client, sent(client, "send-letter", (amara, theo), LETTER, *parts), amara, theo)
    assert "Theo was at the clinic." not in str([one.data for one in view(amara).stream])
    assert "Amara sleeps well." not in str([one.data for one in view(theo).stream])
    page = main(client.get(reverse("documents", args=[theo])))
    assert "Grace &lt;Made-up&gt;" in page
    assert "Theo was at the clinic." in page
    assert "Amara sleeps well." not in page


def test_a_letter_about_one_child_alone_needs_no_part_apart(client, family):
    amara, *_ = family
    checked = sent(client, "send-letter", (amara,), LETTER)
    signed(client, checked, amara)
    assert "about_child" not in event(amara, "letter.sent").data


def test_what_is_missing_of_a_letter_is_said_and_nothing_typed_is_lost(client, family):
    amara, *_ = family
    page = sent(client, "send-letter", (amara,), {"text": "Thank <you>."})
    assert page.status_code == 422
    for said in ("Enter when it was sent", "Enter to whom it was sent", "Choose how it was sent"):
        assert said in main(page)
    assert "Thank &lt;you&gt;." in main(page)


@pytest.mark.parametrize("act", ["send-letter", "give-leaflet", "book-visit", "book-meeting"])
def test_a_child_of_another_family_and_one_who_may_not_be_opened_cannot_be_added(people, client, family, act):
    amara, theo, _ = family
    stranger = child(people, "Robin Other")
    taken_away(people, theo)
    at = reverse(act, args=[amara])
    page = main(client.get(at))
    assert "Theo Made-up</strong> cannot be added" in page
    assert "Robin" not in page
    asked = {"leaflet": "access_to_records", "kind": "family", **TOMORROW, **LETTER}
    nothing = dict.fromkeys(WHEN, "")
    answers = asked if act == "send-letter" else {**asked, **nothing}
    for forced in (stranger, theo):
        sent(client, act, (amara, forced), answers, own(amara, about_child="Hers."))
        types = {one.type for one in view(forced).stream}
        assert not types & {"letter.sent", "leaflet.given", "visit.booked", "meeting.booked"}


def test_a_leaflet_given_once_stands_on_each_record_as_given(client, family):
    amara, theo, _ = family
    done = sent(client, "give-leaflet", (amara, theo), leaflet="access_to_records", to="Grace Made-up")
    assert "Recorded for Amara and Theo." in done.content.decode()
    assert done.request["PATH_INFO"] == reverse("sharing", args=[amara])
    given = [event(one, "leaflet.given") for one in (amara, theo)]
    assert given[0].act == given[1].act
    assert [one.data["to"] for one in given] == ["Grace Made-up"] * 2
    again = main(client.get(reverse("give-leaflet", args=[theo])))
    assert "Access to records, to Grace Made-up" in again, "so that it is not given twice"


def test_a_visit_booked_for_three_is_one_act_and_stands_on_each_record_and_once_in_my_work(client, family):
    done = sent(client, "book-visit", family, TOMORROW, place="At home")
    assert "Booked for Amara, Theo and Leila. It stands in My work" in done.content.decode()
    booked = [event(one, "visit.booked") for one in family]
    assert len({one.act for one in booked}) == 1
    assert len({one.id for one in booked}) == 3
    for one in family:
        assert "24 November 2026, 3:30pm" in main(client.get(reverse("bookings", args=[one])))
    work = main(client.get(reverse("my-work")))
    assert work.count("24 November 2026, 3:30pm") == 1
    assert "Visit: Amara Made-up, Leila Made-up, Theo Made-up" in work
    move = {**THURSDAY, "booking": booked[1].id, "reason": "Theo is away."}
    client.post(f"{reverse('move-booking', args=[family[1]])}?booking={booked[1].id}", move)
    work = main(client.get(reverse("my-work")))
    assert "Visit: Amara Made-up, Leila Made-up<" in work
    assert "Visit: Theo Made-up<" in work


def test_a_meeting_booked_for_two_in_the_past_is_not_booked(client, family):
    amara, theo, _ = family
    refused = sent(client, "book-meeting", (amara, theo), {**TOMORROW, "when-day": "20"}, kind="family")
    assert refused.status_code == 422
    assert "Enter a time that is still to come" in main(refused)
    assert written(amara, "meeting.booked") == written(theo, "meeting.booked") == []
    sent(client, "book-meeting", (amara, theo), TOMORROW, kind="family")
    assert event(amara, "meeting.booked").act == event(theo, "meeting.booked").act


def test_a_booking_asks_first_when_it_is_and_takes_it_as_booked_now(client, family):
    amara, *_ = family
    form = main(client.get(reverse("book-visit", args=[amara])))
    assert (
        form.index("When is it to be?")
        < form.index("It was booked earlier")
        < form.index("When was it booked?")
    )
    assert "<details" in form[form.index("When is it to be?") : form.index("It was booked earlier")]
    assert " open>" not in form
    said = sent(client, "book-visit", (amara,), {**TOMORROW, "when-day": "20"}, {"when-happened-day": "31"})
    assert " open>" in main(said), "a mistake in what is tucked away is seen"


def test_beside_a_letter_stands_nothing_that_a_child_said_last(people, client, family):
    amara, *_ = family
    said = {"child_seen": True, "child_said": "I count to ten first.", "seen_alone": True, "place": "At home"}
    record(people, ("Priya Shah", "record-visit", said), on=amara)
    assert "I count to ten first." in main(client.get(reverse("record-visit", args=[amara])))
    assert "I count to ten first." not in main(client.get(reverse("send-letter", args=[amara])))


def test_what_has_to_be_complete_first_is_said_once_for_all_children(client, family):
    page = main(client.get(f"{reverse('book-visit', args=[family[0]])}?child={family[1]}&child={family[2]}"))
    assert page.count("Once the page is complete") == 1


def moved(client, booked, *ticked, act="move-booking", **more):
    """Send the page of the first booking as it stands, with these other children ticked; what came back."""
    at = f"{reverse(act, args=[booked[0].record])}?booking={booked[0].id}"
    page = client.get(at).content.decode()
    hidden = {
        name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("draft", "version", "key")
    }
    asked = {"kind": "cancelled"} if act == "cancel-booking" else THURSDAY
    form = {**hidden, **asked, "booking": booked[0].id, "reason": "Grace is <away>.", "offered": "yes"}
    return client.post(at, {**form, "other": [str(one) for one in ticked], **more}, follow=True)


@dataclass(frozen=True)
class BookedFor:
    record: object
    id: str


def booked_for(client, family):
    sent(client, "book-visit", family, TOMORROW, place="At home")
    return [BookedFor(one, event(one, "visit.booked").id) for one in family]


def ticked_on(page):
    return re.findall(r'name="other" value="([^"]+)" checked', page)


@pytest.mark.parametrize(
    ("act", "type_"), [("move-booking", "booking.moved"), ("cancel-booking", "booking.cancelled")]
)
def test_what_was_booked_for_three_is_moved_or_called_off_for_all_three_unless_one_is_unticked(
    client, family, act, type_
):
    amara, theo, leila = family
    booked = booked_for(client, family)
    page = main(client.get(f"{reverse(act, args=[amara])}?booking={booked[0].id}"))
    assert set(ticked_on(page)) == {str(theo), str(leila)}
    done = moved(client, booked, theo, act=act)
    assert "For Theo Made-up too." in done.content.decode()
    mine, theirs = event(amara, type_), event(theo, type_)
    assert (theirs.data["booking"], theirs.data["reason"]) == (booked[1].id, "Grace is <away>.")
    assert mine.act == theirs.act
    assert written(leila, type_) == []


def test_only_those_that_stand_as_this_one_are_offered(people, client, family):
    _, theo, leila = family
    booked = booked_for(client, family)
    moved(client, booked[1:])
    page = main(client.get(f"{reverse('move-booking', args=[family[0]])}?booking={booked[0].id}"))
    assert ticked_on(page) == [str(leila)], "Theo's was moved by itself"
    taken_away(people, leila)
    page = main(client.get(f"{reverse('move-booking', args=[family[0]])}?booking={booked[0].id}"))
    assert "other-" not in page
    moved(client, booked, theo, leila)
    assert len(written(theo, "booking.moved")) == 1
    assert written(leila, "booking.moved") == []


def test_with_a_mistake_it_is_shown_again_with_the_ticks_as_they_were(client, family):
    _, theo, leila = family
    booked = booked_for(client, family)
    page = moved(client, booked, theo, reason="")
    assert page.status_code == 422
    assert ticked_on(main(page)) == [str(theo)]
    assert f'id="other-{leila}"' in main(page)
    assert written(theo, "booking.moved") == []


def test_sent_twice_each_is_moved_once(client, family):
    _, theo, _ = family
    booked = booked_for(client, family)
    key = "0b0cf6ba-6c0f-4d34-9a5b-0f5d6f2f9f52"
    for _ in range(2):
        moved(client, booked, theo, key=key)
    assert [len(written(one, "booking.moved")) for one in family] == [1, 1, 0]
