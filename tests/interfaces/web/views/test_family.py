"""The family page and adding somebody to several children: what is read there, and what is refused."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.urls import reverse
from tests.cases import record
from tests.families import MOTHER, child, family, related
from tests.interfaces.web.views.children import event, later, main
from tests.people import made_up_staff

from cairn.records import ledger

LONG = "Wolfeschlegelsteinhausenbergerdorff " * 5
NAMES = (
    "محمد بن سلمان", "שרה כהן", "李小龍", "Жанна Ивановна", "Nguyễn Thị Ánh", "नीलम", "e\u0301e\u0300 Combined",
    "Zoë O’Brien-Müller", "Siobhán O'Neill", "Star 🌟 Child", "<b>Bold</b> & Co", "X", LONG,
)  # fmt: skip


@pytest.fixture
def people(db, collected_files):
    return made_up_staff()


@pytest.fixture
def made(people):
    return family(people)


def shown(people, of, who="Priya Shah", query=""):
    answer = people.client(who).get(reverse("family", args=[of]) + query)
    assert answer.status_code == 200
    return html.unescape(main(answer))


def row(page, name):
    """The line of the table that begins with that name."""
    return next(line for line in page.split("<tr>")[1:] if f">{name}<" in line.partition("</th>")[0])


def test_children_first_then_each_adult_once(people, made):
    page = shown(people, made.amara)
    assert page.index("The children") < page.index("Everyone in the family")
    assert page.count('<th scope="row"><bdi class="c-nowrap">Grace Okafor') == 1
    grace = row(page, "Grace Okafor")
    assert "Mother of Amara and Theo" in grace
    assert "22 Sluice Road" in grace
    daniel = row(page, "Daniel Reed")
    assert "Step-parent of Amara; father of Cole and Theo" in daniel
    assert "Not recorded, for Amara; Yes, for Cole; No, for Theo" in daniel
    assert "9 Lodge Lane" in daniel


def test_each_child_has_the_next_date_and_their_own_words(people, made):
    seen = {"child_seen": True, "child_said": "I count to ten first."}
    record(people, ("Priya Shah", "record-visit", seen), on=made.theo)
    page = shown(people, made.amara)
    theo = next(one for one in page.split("<div") if "Theo Okafor-Reed" in one and "c-work__act" in one)
    assert "“I count to ten first.”" in theo
    assert "Last seen" in theo
    assert "Priya Shah in Referral and Assessment" in theo


def test_a_restricted_address_shows_its_name_only(people, made):
    record(people, ("Priya Shah", "record-address", {"kind": "home", "address": "3 Hidden Court", "restricted": True}), on=made.cole)  # fmt: skip
    related(people, made.amara, name="Chidinma Okafor", relation="aunt_or_uncle", household="other", address="7 Secret Mews", address_restricted=True)  # fmt: skip
    page = shown(people, made.amara)
    assert "Hidden Court" not in page
    assert "Secret Mews" not in page
    assert "Address protected" in row(page, "Chidinma Okafor")
    assert "Address protected" in row(page, "Cole Reed")
    for name in ("people", "timeline"):
        answer = people.client("Priya Shah").get(reverse(name, args=[made.amara]))
        assert "Secret Mews" not in answer.content.decode()


def test_who_may_be_a_risk_says_who_says_so(people, made):
    told = {
        "person": MOTHER,
        "said_by": "PC Adeyemi",
        "known": "Convicted in 2019.",
        "from_day": "2020-01-02",
    }
    record(people, ("Priya Shah", "record-risk", told), on=made.amara)
    record(people, ("Priya Shah", "record-risk", {"name": "Kurt Vane", "said_by": "Probation", "known": "Released."}), on=made.cole)  # fmt: skip
    page = shown(people, made.amara)
    assert "Convicted in 2019. Said by PC Adeyemi, since 2 January 2020." in row(page, "Grace Okafor")
    assert "Kurt Vane" in page
    over = {
        "risk_id": event(made.cole, "risk.recorded").id,
        "ended": "2026-01-01",
        "said_by": "Probation",
        "reason": "Died.",
    }
    record(people, ("Joanne Whitlock", "end-risk", over), on=made.cole)
    assert "No longer seen as a risk" in shown(people, made.amara)


def test_households_on_an_earlier_day(people, made):
    moved = {"kind": "home", "address": "1 New Street", "from_day": "2026-02-01"}
    lived = {"kind": "home", "address": "5 Old Row", "from_day": "2020-01-01", "to_day": "2026-01-31"}
    for address in (lived, moved):
        record(people, ("Priya Shah", "record-address", address), on=made.cole)
    then = shown(people, made.cole, query="?day-day=3&day-month=3&day-year=2021")
    assert "Households on 3 March 2021" in then
    assert "5 Old Row" in then.partition('id="households"')[2].partition("</section>")[0]
    odd = people.client("Priya Shah").get(
        reverse("family", args=[made.cole]) + "?day-day=31&day-month=2&day-year=2021"
    )
    assert "Households today" in main(odd)


def test_what_does_not_fit_is_asked_with_its_place_and_remedy(people, made):
    related(people, made.cole, name="Young Reed", relation="parent_mother", born="2006-01-01")
    page = shown(people, made.cole)
    asked = page.partition('id="asks"')[2].partition("</section>")[0]
    assert "Young Reed would have been under 10 when the child was born" in asked
    assert str(event(made.cole, "relationship.recorded").id) in asked


def test_a_main_home_over_another_is_refused_at_its_day_until_yes_ends_the_one_before(people, made):
    lived = {"kind": "home", "address": "5 Old Row", "from_day": "2020-01-01", "to_day": "2030-01-31"}
    record(people, ("Priya Shah", "record-address", lived), on=made.cole)
    browser, address = people.client("Priya Shah"), reverse("act", args=[made.cole, "record-address"])
    before = len(ledger.read_stream(made.cole))
    sent = {"kind": "home", "address": "1 New Street",
            "from_day-day": "1", "from_day-month": "2", "from_day-year": "2024"}  # fmt: skip
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert (
        'href="#from_day-day">The main home before, since 1 January 2020, is recorded until 31 January 2030'
        in page
    )
    assert "1 New Street" in page
    assert 'name="ends_home_before"' in page
    assert len(ledger.read_stream(made.cole)) == before
    assert browser.post(address, {**sent, "ends_home_before": "yes"}).status_code == 302
    then = shown(people, made.cole, query="?day-day=31&day-month=1&day-year=2024")
    assert "5 Old Row" in then.partition('id="households"')[2].partition("</section>")[0]
    then = shown(people, made.cole, query="?day-day=1&day-month=2&day-year=2024")
    assert "1 New Street" in then.partition('id="households"')[2].partition("</section>")[0]


def test_a_circle_of_descent_is_refused_at_its_child_with_a_link_to_the_entry_and_nothing_typed_is_lost(
    people, made
):
    related(people, made.theo, name="Amara", relation="parent_mother", record=str(made.amara))
    browser, address = people.client("Priya Shah"), reverse("record-relationship", args=[made.amara])
    before = [len(ledger.read_stream(one)) for one in (made.amara, made.cole)]
    sent = {"name": "Theo Okafor-Reed", "contact": "01632 960 555", "record": str(made.theo),
            f"{made.cole}-relation": "cousin", f"{made.amara}-relation": "parent_father"}  # fmt: skip
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert f'href="#{made.amara}-relation">Amara Okafor would be their own forebear' in page
    assert "Theo Okafor-Reed’s record says: mother, Amara" in page
    entry = event(made.theo, "relationship.recorded").id
    assert f'href="{reverse("entry", args=[made.theo, entry])}"' in page
    assert "01632 960 555" in page
    assert re.search(rf'name="{made.cole}-relation" value="cousin"[^>]*checked|value="cousin" selected', page)
    assert [len(ledger.read_stream(one)) for one in (made.amara, made.cole)] == before
    right = {**sent, f"{made.amara}-relation": "brother_or_sister"}
    assert browser.post(address, right).status_code == 302


def test_a_correction_that_would_make_a_circle_leads_to_the_other_entry(people, made):
    related(people, made.theo, name="Amara", relation="parent_mother", record=str(made.amara))
    related(people, made.amara, name="Theo", relation="cousin", record=str(made.theo))
    wrong = event(made.amara, "relationship.recorded").id
    sent = {"name": "Theo", "relation": "parent_father", "mend-reason": "Misheard what she said."}
    answer = people.client("Priya Shah").post(reverse("correct", args=[made.amara, wrong]), sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert 'href="#relation">Amara Okafor would be their own forebear' in page
    other = event(made.theo, "relationship.recorded").id
    assert f'href="{reverse("entry", args=[made.theo, other])}"' in page
    assert "Misheard what she said." in page


def test_a_circle_taken_past_a_closed_record_is_asked_about_with_the_entry(people, made):
    """Rosa Quill may open one half of it only; whoever may open both sees it, and where to put it right."""
    theirs = child(people, "Ada Secret", born="2012-02-02", team="Family Support", worker="Rosa Quill")
    said = {"name": "Cole", "relation": "parent_father", "record": str(made.cole)}
    record(people, ("Rosa Quill", "record-relationship", said), on=theirs)
    related(people, made.cole, name="Ada", relation="parent_mother", record=str(theirs))
    assert "own forebear" not in shown(people, made.cole)
    moved = {"worker": "Priya Shah", "worker_id": str(people.ids["Priya Shah"]),
             "team": "Referral and Assessment", "team_id": str(people.teams["Referral and Assessment"])}  # fmt: skip
    record(people, ("Tunde Bright", "allocate", moved), on=theirs)
    asked = shown(people, made.cole).partition('id="asks"')[2].partition("</section>")[0]
    assert "By what is recorded, Cole Reed would be their own forebear" in asked
    assert reverse("entry", args=[made.cole, event(made.cole, "relationship.recorded").id]) in asked
    assert reverse("entry", args=[theirs, event(theirs, "relationship.recorded").id]) in asked


def test_a_professionals_organisation_number_and_what_they_do_stand_on_lines_of_their_own(people, made):
    told = {"name": "Kath Doyle", "what": "hospital", "organisation": "Fellmere Community Health",
            "contact": "01632 960 188", "with_whom": "Diabetes nurse", "from_day": "2026-01-02"}  # fmt: skip
    record(people, ("Priya Shah", "record-involvement", told), on=made.amara)
    involved = shown(people, made.amara).partition('id="involved"')[2].partition("</section>")[0]
    lines = re.findall(r'<span class="c-work__more">([^<]*)</span>', involved)
    assert lines == ["Fellmere Community Health", "01632 960 188", "Diabetes nurse", "Since 2 January 2026"]


def test_a_child_is_tagged_with_what_is_under_way_and_siblings_are_called_by_their_sex(people, made):
    record(people, ("Priya Shah", "describe-person", {"sex": "M"}), on=made.theo)
    related(people, made.amara, name="Theo", relation="half_brother_or_sister", record=str(made.theo))
    page = shown(people, made.amara)
    tree = page.partition('id="tree"')[2].partition("</section>")[0]
    assert "<strong>Theo</strong> is <strong>Amara</strong>’s half-brother, by Amara’s record." in tree
    assert "Theo: half-brother" in row(page, "Amara Okafor")
    record(people, ("Priya Shah", "start-assessment", {"kind": "child_and_family"}), on=made.theo)
    cards = shown(people, made.amara).partition('id="tree"')[0]
    assert cards.count("Assessment under way") == 1


def test_who_the_child_is_stands_above_the_entries_each_line_with_its_act(people, made):
    record(people, ("Priya Shah", "record-background", {"religion": "Quaker"}), on=made.amara)
    address = reverse("people", args=[made.amara])
    page = html.unescape(main(people.client("Priya Shah").get(address)))
    who = page.partition('id="who"')[2].partition("</section>")[0]
    assert "Quaker" in who
    for act in ("record-background", "record-numbers", "record-legal-status", "record-name"):
        assert f'href="{reverse("act", args=[made.amara, act])}"' in who
    assert ">Add<span" in who
    # An earlier day is read, and not changed.
    then = main(people.client("Priya Shah").get(f"{address}?on=2020-01-01"))
    assert "Change<span" not in then.partition('id="who"')[2].partition("</section>")[0]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_and_length_are_taken_by_the_form_and_shown_as_written(people, name):
    one, name = child(people, "Wren Made-up"), name.strip()
    browser, address = people.client("Priya Shah"), reverse("record-relationship", args=[one])
    # Shown again as typed where something is missing, and taken as typed where nothing is.
    again = browser.post(address, {"name": name})
    assert again.status_code == 422
    assert name in html.unescape(again.content.decode())
    assert browser.post(address, {"name": name, f"{one}-relation": "cousin"}).status_code == 302
    assert event(one, "relationship.recorded").data["name"] == name
    assert name in shown(people, one)
    assert name in html.unescape(main(browser.get(reverse("people", args=[one]))))


def test_a_mark_that_turns_what_follows_round_is_left_out_of_a_name(people):
    one, browser = child(people, "Wren Made-up"), people.client("Priya Shah")
    sent = {"name": "Robin \u202eevil", f"{one}-relation": "cousin"}
    assert browser.post(reverse("record-relationship", args=[one]), sent).status_code == 302
    assert event(one, "relationship.recorded").data["name"] == "Robin evil"


@pytest.mark.parametrize("name", NAMES)
def test_a_child_of_any_name_is_shown_as_written(people, name):
    one, name = child(people, "Wren Made-up"), name.strip()
    browser = people.client("Priya Shah")
    sent = {"kind": "given", "name": name}
    assert browser.post(reverse("act", args=[one, "record-name"]), sent).status_code == 302
    page = html.unescape(browser.get(reverse("family", args=[one])).content.decode())
    assert " ".join(name.split()) in page


def _cousin(like, name):
    data = {"name": name, "relation": "cousin", "household": "same"}
    return ledger.NewEvent.of(replace(like, id=str(ledger.event_id(like.recorded_at)), data=data))


def test_a_family_page_of_300_relatives_shows_every_one(people):
    one = child(people, "Wren Made-up")
    names = [f"{NAMES[number % len(NAMES)].strip()} {number}" for number in range(300)]
    related(people, one, name="Somebody", relation="cousin")
    first = event(one, "relationship.recorded")
    # Past the door, which would take its time over 300 acts of one child: a page has to show what is there.
    ledger.append(one, [_cousin(first, name) for name in names], expected_version=None)
    page = shown(people, one)
    everyone = page.partition('id="everyone"')[2].partition("</section>")[0]
    assert everyone.count('<th scope="row">') == 302
    assert [name for name in names if name not in everyone] == []
    households = page.partition('id="households"')[2].partition("</section>")[0]
    assert [name for name in names if name not in households] == []


def _day(name, day):
    year, month, number = day.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


def test_what_is_shared_and_what_is_each_childs_own_is_said_and_the_tree_stands_in_words(people, made):
    page = shown(people, made.amara)
    own = page.partition('id="own"')[2].partition("</section>")[0]
    assert "Shared:" in own
    assert "Each child’s own:" in own
    assert "3.10 to 3.12" in own
    tree = page.partition('id="tree"')[2].partition("</section>")[0]
    assert "<strong>Theo Okafor-Reed</strong>: Grace Okafor (mother) and Daniel Reed (father)." in tree
    assert 'href="#everyone"' in tree


def test_whoever_may_not_open_the_child_sees_no_family(people, made):
    for name in ("family", "record-relationship", "record-birth"):
        for who in ("Rosa Quill", "Farah Lindqvist"):
            answer = people.client(who).get(reverse(name, args=[made.amara]))
            assert answer.status_code == 403
            assert "Grace" not in answer.content.decode()
    assert people.client("Priya Shah").post(reverse("family", args=[made.amara])).status_code == 405


def test_a_late_brother_is_opened_from_the_family_page_with_what_is_new(clock, people, made):
    """3.9: not opened with the first referral, opened later with the new information and the first referral's."""
    later(clock, days=1)
    record(people, ("Martin Oyelaran", "list-sibling", {"name": "Jerome Bell", "household": "other", "relation": "half"}), on=made.amara)  # fmt: skip
    listed = event(made.amara, "sibling.listed").id
    assert "Open a referral for them" not in row(shown(people, made.amara), "Jerome Bell")
    page = shown(people, made.amara, "Martin Oyelaran")
    address = re.search(r'href="([^"]+)">Open a referral for them', row(page, "Jerome Bell"))[1]
    browser = people.client("Martin Oyelaran")
    form = main(browser.get(address))
    place = f"sibling-{listed}-"
    sent = dict(re.findall(r'name="(draft|version|sibling|strand|seen|key)" value="([^"]*)"', form))
    sent |= {"sign": "yes", f"{place}decision": "open", f"{place}reason": "He stays there at weekends."}
    refused = browser.post(address, sent)
    assert refused.status_code == 422
    assert "paragraph 3.9" in refused.content.decode()
    new = {f"{place}new_information": "The school saw him there.", f"{place}original_referral": "Not fed."}
    assert browser.post(address, sent | new).status_code == 302
    theirs = event(made.amara, "sibling.decided").data["record"]
    assert event(theirs, "referral.received").data["new_information"] == "The school saw him there."
    found = shown(people, made.amara, "Martin Oyelaran")
    assert f'href="{reverse("child", args=[theirs])}"' in row(found, "Jerome Bell")
    # From his own page the way leads back to his sister.
    assert "Amara Okafor" in shown(people, theirs, "Martin Oyelaran")
