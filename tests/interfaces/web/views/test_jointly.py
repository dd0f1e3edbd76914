"""The page of a visit to several children: shared once, each child's own part apart, checked and signed."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.urls import reverse
from tests import cases
from tests.interfaces.web.views.children import event, main, view
from tests.people import made_up_staff
from tests.siblings import child, given_back, taken_away, three

pytestmark = pytest.mark.django_db
WHEN = {
    "when-happened-day": "23",
    "when-happened-month": "11",
    "when-happened-year": "2026",
    "when-happened-time": "10:12am",
}
SHARED = {**WHEN, "place": "At home", "account": "We went through the <plan>."}


@pytest.fixture
def people(clock):
    return made_up_staff()


@pytest.fixture
def family(people):
    return three(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def own(record, **answers):
    return {f"own-{record}-{name}": value for name, value in answers.items()}


def seen(record, **more):
    return own(record, child_seen="yes", seen_alone="yes", **more)


def address(record):
    return reverse("record-visit", args=[record])


def sent(client, record, *parts, do="check", follow=True, **more):
    """The form of the page sent with its draft; what came back."""
    page = client.get(more.pop("at", address(record))).content.decode()
    hidden = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("draft", "version")}
    form = {**hidden, "shown": re.findall('name="shown" value="([^"]*)"', page), "do": do, **more}
    for part in parts:
        form |= part
    form.setdefault("child", [str(record)])
    return client.post(address(record), form, follow=follow)


def signed(client, response, *records):
    """What was checked, signed for these children."""
    page = response.content.decode()
    form = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("draft", "version")}
    return client.post(
        response.request["PATH_INFO"],
        {**form, "do": "sign", "sign": [str(one) for one in records]},
        follow=True,
    )


def draft_of(page):
    return UUID(re.search('name="draft" value="([^"]*)"', page.content.decode())[1])


def visits(record):
    return [one for one in view(record).standing.events if one.type == "visit.made"]


def test_the_shared_part_stands_once_and_each_child_has_a_part_that_says_where_it_goes(client, family):
    amara, theo, leila = family
    page = main(client.get(address(amara), {"child": [str(theo), str(leila)]}))
    assert "Record a visit: Amara, Theo and Leila Made-up" in page
    assert page.count('name="account"') == 1
    assert "Goes on all 3 records" in page
    for record, name in ((amara, "Amara"), (theo, "Theo"), (leila, "Leila")):
        assert f"Goes on {name}’s record only" in page
        assert f"Was {name} seen?" in page
        assert f'name="own-{record}-child_seen"' in page
    assert "no record or report is ever copied whole from one child to another (3.10 to 3.12)" in page


def test_a_sister_is_added_by_a_tick_without_a_script(client, family):
    amara, theo, _ = family
    first = main(client.get(address(amara)))
    assert "Was Theo seen?" not in first
    assert f'value="{theo}"' in first
    then = sent(
        client, amara, SHARED, seen(amara, meaning="Well."), do="children", child=[str(amara), str(theo)]
    )
    page = main(then)
    assert "Was Theo seen?" in page
    assert "We went through the &lt;plan&gt;." in page
    assert "Well." in page


def test_what_signing_will_do_is_said_before_it_is_done_and_then_it_is_signed_for_each(client, family):
    amara, theo, _ = family
    checked = sent(
        client, amara, SHARED, seen(amara, child_said="I sleep well."),
        own(theo, child_seen="no", not_seen_reason="At the clinic.", refused="no"), child=[str(amara), str(theo)],
    )  # fmt: skip
    page = main(checked)
    assert "Check before you sign" in page
    assert "Amara is shown as seen." in page
    assert "Theo is shown as not seen." in page
    assert "I sleep well." in page
    assert visits(amara) == []
    done = signed(client, checked, amara, theo)
    assert "Signed for Amara and Theo." in done.content.decode()
    assert len(visits(amara)) == len(visits(theo)) == 1
    assert visits(amara)[0].act == visits(theo)[0].act
    assert event(theo, "child.not_seen").data["reason"] == "At the clinic."
    assert "I sleep well." not in str([one.data for one in view(theo).stream])


def test_what_is_missing_for_one_does_not_hold_up_another_and_is_signed_later_with_the_same_act(
    client, family
):
    amara, theo, _ = family
    both = [str(amara), str(theo)]
    checked = sent(client, amara, SHARED, seen(amara), own(theo, meaning="He was out."), child=both)
    assert "Stays in the draft" in main(checked)
    assert "Answer “Was Theo seen?”" in main(checked)
    left = signed(client, checked, amara)
    assert "What you wrote for Theo stays in the draft." in left.content.decode()
    page = main(left)
    assert "He was out." in page
    assert "Signed for Amara." in page
    assert 'name="account"' not in page, "the shared part stands as it was signed"
    assert "We went through the &lt;plan&gt;." in page
    again = sent(
        client, amara, seen(theo), at=f"{address(amara)}?draft={draft_of(left)}", child=both, signed="yes"
    )
    signed(client, again, theo)
    assert visits(theo)[0].act == visits(amara)[0].act
    assert (
        visits(theo)[0].data["account"] == visits(amara)[0].data["account"] == "We went through the <plan>."
    )
    assert visits(theo)[0].happened_at == visits(amara)[0].happened_at


def test_an_own_part_missing_is_said_at_its_question_and_nothing_typed_is_lost(client, family):
    amara, *_ = family
    page = sent(client, amara, SHARED, own(amara, meaning="Tired <today>."))
    assert page.status_code == 422
    assert "Answer “Was Amara seen?”" in main(page)
    assert f'href="#own-{amara}-child_seen"' in main(page)
    assert "Tired &lt;today&gt;." in main(page)
    why = sent(client, amara, SHARED, own(amara, child_seen="yes", seen_alone="no"))
    assert "Why not alone?" in main(why)
    assert why.status_code == 422
    assert visits(amara) == []


def test_a_time_ahead_is_said_before_signing_and_refused(client, family):
    amara, *_ = family
    checked = sent(client, amara, {**SHARED, "when-happened-time": "4pm"}, seen(amara))
    assert "Amara’s part cannot be signed" in main(checked)
    refused = signed(client, checked, amara)
    assert refused.status_code == 422
    assert "It cannot have happened after it was recorded" in main(refused)
    assert visits(amara) == []


def test_sent_twice_it_is_signed_once(client, family):
    amara, theo, _ = family
    checked = sent(client, amara, SHARED, seen(amara), seen(theo), child=[str(amara), str(theo)])
    signed(client, checked, amara, theo)
    signed(client, checked, amara, theo)
    assert len(visits(amara)) == len(visits(theo)) == 1


def test_signing_for_one_of_two_leaves_the_other_unsigned(client, family):
    amara, theo, _ = family
    checked = sent(client, amara, SHARED, seen(amara), seen(theo), child=[str(amara), str(theo)])
    signed(client, checked, theo)
    assert (len(visits(amara)), len(visits(theo))) == (0, 1)


def test_a_child_that_cannot_be_opened_any_more_is_not_signed_for_and_its_part_waits(people, client, family):
    amara, theo, _ = family
    checked = sent(
        client, amara, SHARED, seen(amara), seen(theo, meaning="Afraid."), child=[str(amara), str(theo)]
    )
    taken_away(people, theo)
    done = signed(client, checked, amara, theo)
    assert "Signed for Amara." in done.content.decode()
    assert "Afraid." not in done.content.decode()
    assert visits(theo) == []
    given_back(people, theo)
    page = main(client.get(f"{address(amara)}?draft={draft_of(checked)}"))
    assert "Afraid." in page


def test_saved_for_later_it_is_found_again_from_every_childs_record(client, family):
    amara, theo, _ = family
    sent(client, amara, SHARED, own(theo, meaning="Quiet."), do="", save="yes", child=[str(amara), str(theo)])
    back = client.get(address(theo), follow=True)
    assert back.request["PATH_INFO"] == address(amara)
    assert "Quiet." in main(back)
    fresh = main(client.get(address(theo), {"new": "yes"}))
    assert "Quiet." not in fresh


def test_a_visit_changed_elsewhere_since_it_was_checked_is_checked_again(client, family):
    amara, *_ = family
    checked = sent(client, amara, SHARED, seen(amara))
    sent(
        client,
        amara,
        {**SHARED, "place": "At school"},
        seen(amara),
        at=f"{address(amara)}?draft={draft_of(checked)}",
    )
    page = signed(client, checked, amara)
    assert "This was changed since you checked it" in page.content.decode()
    assert visits(amara) == []


def test_two_windows_keep_both_texts(client, family):
    amara, *_ = family
    first = client.get(address(amara)).content.decode()
    draft = re.search('name="draft" value="([^"]*)"', first)[1]
    form = {"draft": draft, "version": "0", "child": [str(amara)], "shown": [str(amara)], "do": "children"}
    client.post(address(amara), {**form, "place": "At home"})
    beside = client.post(address(amara), {**form, "place": "At school"}, follow=True)
    page = main(beside)
    assert "At home" in page
    assert "At school" in page.partition("You also wrote this, elsewhere")[2]


def test_nobody_else_sees_the_page_and_a_child_of_another_team_is_not_added(people, client, family):
    amara, *_ = family
    assert people.client("Rosa Quill").get(address(amara)).status_code == 403
    assert people.client("Farah Lindqvist").get(address(amara)).status_code == 403
    other = child(people, "Robin Other")
    page = client.get(address(amara), {"child": [str(other)]})
    assert f"own-{other}" not in page.content.decode(), "not of this family"


def test_what_was_said_last_time_stands_beside(client, family):
    amara, *_ = family
    checked = sent(client, amara, SHARED, seen(amara, child_said="I count to ten first."))
    signed(client, checked, amara)
    page = main(client.get(address(amara)))
    assert "Last time, 23 November 2026:" in page
    assert "I count to ten first." in page


def correction(client, record, **answers):
    """The visit's entry corrected on one record, as its page is sent."""
    entry = visits(record)[0].id
    form = {name: str(value) for name, value in visits(record)[0].data.items() if isinstance(value, str)}
    form |= {"child_seen": "yes", "mend-reason": "It was not so."} | {
        "when-happened-day": "23",
        "when-happened-month": "11",
        "when-happened-year": "2026",
        "when-happened-time": "10:12",
    }
    return client.post(reverse("correct", args=[record, entry]), {**form, **answers}, follow=True)


def test_a_meeting_is_written_once_for_two_and_what_was_decided_is_each_childs_own(client, family):
    amara, theo, _ = family
    at = reverse("record-meeting", args=[amara])
    page = client.get(at, {"child": [str(theo)]}).content.decode()
    draft = re.search('name="draft" value="([^"]*)"', page)[1]
    form = {
        "draft": draft,
        "version": "0",
        "child": [str(amara), str(theo)],
        "shown": [str(amara), str(theo)],
    }
    said = {"kind": "family", "took_part": "Grace\nNgozi", "account": "Mornings go well."}
    checked = client.post(at, {**form, **WHEN, **said, "do": "check"}, follow=True)
    assert "Check before you sign" in main(checked), "a part with nothing that must be answered is complete"
    signed(client, checked, amara, theo)
    held = [event(one, "meeting.held") for one in (amara, theo)]
    assert held[0].act == held[1].act
    assert [one.data["took_part"] for one in held] == [["Grace", "Ngozi"]] * 2


def test_who_was_there_is_ticked_from_the_family_and_the_rest_is_written(client, people, family):
    amara, theo, _ = family
    for born, name in (("1990-03-02", "Grace Made-up"), ("2015-01-01", "Young Cousin")):
        tie = {"name": name, "relation": "parent_mother", "sex": "F", "born": born}
        cases.record(people, ("Priya Shah", "record-relationship", tie), on=amara)
    page = main(client.get(address(amara)))
    assert "Grace Made-up, mother" in page
    assert "Young Cousin" not in page
    there = {"present-ticked": ["Grace Made-up"], "present": "Jo Amis\r\nA neighbour", "until": "17.10"}
    checked = sent(client, amara, SHARED, seen(amara), **there)
    assert "17.10" in main(checked)
    assert "We went through the &lt;plan&gt;." in main(checked), (
        "the shared part is read again before it is signed"
    )
    signed(client, checked, amara)
    made = event(amara, "visit.made").data
    assert made["present"] == ["Grace Made-up", "Jo Amis", "A neighbour"]
    assert made["until"] == "5:10pm"
    both = main(client.get(address(theo), {"child": [str(theo), str(amara)]}))
    assert "Grace Made-up, mother of Amara" in both


def test_a_time_that_is_none_is_refused_at_its_field(client, family):
    refused = sent(client, family[0], SHARED, seen(family[0]), until="half five")
    assert refused.status_code == 422
    assert "needs to be a time such as 2:30pm or 14:30" in main(refused)


UNBORN = {"born": None, "expected": "2027-01-10", "forename": "Baby", "surname": "Made-up"}
DAY_BEFORE = {**SHARED, "when-happened-day": "22"}


@pytest.mark.parametrize(
    ("how_many", "said"),
    [(1, "Goes on Amara’s record"), (2, "Goes on both records"), (3, "Goes on all 3 records")],
)
def test_how_many_records_the_shared_part_goes_on_is_said_as_people_say_it(client, family, how_many, said):
    page = main(client.get(address(family[0]), {"child": [str(one) for one in family[1:how_many]]}))
    assert f">{said}</p>" in page
