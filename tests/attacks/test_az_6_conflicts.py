"""A conflict of interest (AZ-6): to the last byte there is no such record, and somebody else is told that it was asked for.

The worker of the child, who could open everything a moment ago, asks for it by every address, by search, number, list,
family, joint act and draft. Each answer is compared with that for a record that never was; somebody of the same team
without the conflict is the twin.
"""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests.attacks.house import CANARIES
from tests.attacks.places import places
from tests.cases import record

from cairn.application.ties import TieWanted, end_tie, give_tie
from cairn.core.access.decide import CONFLICT
from cairn.records import access_log
from cairn.records.models import Alert
from cairn.records.ties import TieRow

PRIYA, EWAN, RUTH = "Priya Shah", "Ewan Marsh", "Ruth Abara"
NOBODY = "0" * 36
# What differs from one answer to the next whatever was asked for.
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|nonce="|nonce-)[A-Za-z0-9+/=_-]+')
ANY_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CANARY = CANARIES["allocated"]


def barred(house, kind="family", who=PRIYA, on=None):
    wanted = TieWanted(house.people.ids[who], on or house.allocated, kind, "Made up.")
    done = give_tie(house.people.actor(RUTH), wanted)
    assert isinstance(done, TieRow), done
    return done


def told(response, *instead):
    """Status, headers (but the second of the answer) and bytes, without tokens and with each of these texts replaced."""

    def plain(text: bytes) -> bytes:
        for one in instead:
            text = text.replace(str(one).encode(), NOBODY[: len(str(one))].encode())
        return TOKEN.sub(rb"\1", text)

    body = plain(b"".join(response.streaming_content) if response.streaming else response.content)
    headers = {
        name: plain(str(value).encode()) for name, value in response.headers.items() if name != "Expires"
    }
    return response.status_code, headers, len(body), body


def alerts(house, who=PRIYA):
    return Alert.objects.filter(kind=CONFLICT, about=house.people.ids[who], record=house.allocated).count()


def about_the_child(house):
    """Every address in which the child's own id stands, with its methods."""
    for name, place in places(house).items():
        if str(house.allocated) in place.address:
            yield name, place


@pytest.mark.attack
def test_az_6_by_every_address_and_method_it_is_as_if_it_had_never_been(house):
    asked = list(about_the_child(house))
    assert len(asked) > 40
    twins = {
        name: house.client(place.who).get(place.address).status_code
        for name, place in asked
        if place.who == PRIYA and "GET" in place.methods
    }
    assert set(twins.values()) <= {200, 302}, twins
    barred(house)
    # Two browsers, for one answer may leave something to be said on the next page.
    here, there, never = house.client(PRIYA), house.client(PRIYA), uuid4()
    for name, place in asked:
        for method in ("GET", "POST", "PUT", "DELETE"):
            elsewhere = place.address.replace(str(house.allocated), str(never))
            one = told(here.generic(method, place.address), house.allocated)
            other = told(there.generic(method, elsewhere), never)
            assert one == other, (name, method)
            # Some lead on to the overview, which is not there either; some are not for a social worker, whatever the record.
            assert one[0] in (302, 403, 404, 405), (name, method)
            assert CANARY.encode() not in one[3], (name, method)
    assert alerts(house) == 1


@pytest.mark.parametrize("kind", ["own", "family", "neighbour"])
def test_az_6_each_kind_of_conflict_hides_the_record_and_ends_with_it(house, kind):
    client, address = house.client(PRIYA), reverse("child", args=[house.allocated])
    assert client.get(address).status_code == 200
    tie, never = barred(house, kind), uuid4()
    hidden, unknown = client.get(address), client.get(reverse("child", args=[never]))
    assert told(hidden, house.allocated) == told(unknown, never)
    assert hidden.status_code == 404
    assert house.client(EWAN).get(address).status_code == 200
    end_tie(house.people.actor(RUTH), tie.id)
    assert client.get(address).status_code == 200


def test_az_6_forms_that_stood_open_write_nothing_and_are_answered_as_for_no_record(house):
    client, never = house.client(PRIYA), uuid4()
    form = {"text": "Mine.", "key": str(UUID(int=7)), "draft": str(house.draft)}
    barred(house)
    last = access_log.of_record(house.allocated)[0].sequence
    one = client.post(reverse("add-note", args=[house.allocated]), form)
    other = client.post(reverse("add-note", args=[never]), form)
    assert told(one, house.allocated) == told(other, never)
    (row,) = [row for row in access_log.of_record(house.allocated) if row.sequence > last]
    assert (row.line.what, row.line.allowed, row.line.actor) == ("refused", False, house.people.ids[PRIYA])
    done = house.client(EWAN).post(
        reverse("add-note", args=[house.allocated]), {"text": "His.", "key": str(uuid4())}
    )
    assert done.status_code == 302


@pytest.mark.parametrize("by", ["name", "born", "number", "box"])
def test_az_6_no_search_finds_it_and_asking_tells_those_who_guard_access(house, by):
    number = house.people.number(house.allocated)
    typed = {
        "name": {"first_name": "Wren", "surname": CANARY},
        "born": {"surname": CANARY, "born": "21 3 2018"},
        "number": {"find": number},
        "box": {"find": f"Wren {CANARY}"},
    }[by]
    twin = house.client(EWAN).post(reverse("find"), typed).content.decode()
    assert reverse("child", args=[house.allocated]) in twin
    barred(house)
    page = house.client(PRIYA).post(reverse("find"), typed).content.decode()
    # Beside the list the page says again what was typed.
    shown = page.partition('<ol class="c-matches"')[2].partition("</ol>")[0]
    assert str(house.allocated) not in page
    assert number not in shown
    assert CANARY not in shown
    assert alerts(house) == 1
    assert house.client(PRIYA).post(reverse("find"), typed).status_code == 200
    assert alerts(house) == 1


def test_az_6_its_number_is_answered_as_a_number_that_nobody_has(house):
    number = house.people.number(house.allocated)
    barred(house)
    client, none = house.client(PRIYA), "FC-999999"
    one, other = (client.post(reverse("find"), {"find": asked}) for asked in (number, none))
    assert told(one, number) == told(other, none)
    assert number in house.client(EWAN).post(reverse("find"), {"find": number}).content.decode()


LISTS = (
    "/work/",
    "/work/?group=child",
    "/work/?group=family",
    "/team/",
    "/team/list/?what=due",
    "/restricted/",
    "/find/",
)


def test_az_6_it_is_in_no_list_no_count_and_no_draft(house):
    assert any(CANARY in house.client(PRIYA).get(one).content.decode() for one in LISTS)
    barred(house)
    number = house.people.number(house.allocated)
    for address in LISTS:
        page = house.client(PRIYA).get(address).content.decode()
        for told_ in (CANARY, str(house.allocated), number):
            assert told_ not in page, (address, told_)
    client, never = house.client(PRIYA), uuid4()
    for name in ("draft", "discard"):
        method = "GET" if name == "draft" else "POST"
        one = client.generic(method, reverse(name, args=[house.draft]))
        other = client.generic(method, reverse(name, args=[never]))
        assert told(one, house.draft) == told(other, never), name


@pytest.mark.attack
def test_az_6_its_numbers_are_not_in_the_team_s(house):
    """The tiles of Team work count one child less than those of the colleague at the next desk."""

    def open_children(who):
        page = house.client(who).get("/team/").content.decode()
        return sum(canary in page for canary in CANARIES.values())

    before = open_children(PRIYA)
    barred(house)
    assert open_children(PRIYA) == before - (
        1 if CANARY in house.client(EWAN).get("/team/").content.decode() else 0
    )


@pytest.fixture
def brother(house):
    """Another child of Priya Shah's, whose record names this one as a sister, with her own record."""
    other = house.children["closing"]
    tells = {"name": "A sister", "relation": "brother_or_sister", "record": str(house.allocated)}
    record(house.people, (PRIYA, "record-relationship", tells), on=other)
    return other


FAMILY_PAGES = (
    "child",
    "people",
    "family",
    "timeline",
    "chronology",
    "record-visit",
    "record-meeting",
    "send-letter",
    "acts",
)


@pytest.mark.attack
def test_az_6_nothing_of_it_comes_by_way_of_a_brother_s_record(house, brother):
    twin = house.client(EWAN).get(reverse("family", args=[brother])).content.decode()
    assert CANARY in twin
    barred(house)
    for name in FAMILY_PAGES:
        shown = house.client(PRIYA).get(reverse(name, args=[brother]))
        assert shown.status_code == 200, name
        page = shown.content.decode()
        for told_ in (CANARY, str(house.allocated), house.people.number(house.allocated)):
            assert told_ not in page, (name, told_)


def test_az_6_a_brother_s_record_tells_of_a_sister_without_a_record(house):
    """She is listed there with her record; the page says of her what it says of one for whom none was opened."""
    other, listed = house.children["closing"], {"name": "A sister", "household": "same"}
    record(
        house.people,
        ("Martin Oyelaran", "list-sibling", {**listed, "record": str(house.allocated)}),
        on=other,
    )
    address = reverse("record-visit", args=[other])
    assert "no record has been opened" not in house.client(EWAN).get(address).content.decode()
    barred(house)
    page = house.client(PRIYA).get(address).content.decode()
    assert "A sister" in page
    assert "no record has been opened" in page


@pytest.mark.attack
def test_az_6_no_act_for_several_children_takes_it_in(house, brother):
    barred(house)
    never, client = uuid4(), house.client(PRIYA)
    for name in ("record-visit", "record-meeting", "give-leaflet", "enter-chronology-together"):
        address = reverse(name, args=[brother])
        one = client.get(f"{address}?child={house.allocated}")
        other = client.get(f"{address}?child={never}")
        # A draft that is begun has an id of its own in each.
        first, second = (
            (one_.status_code, ANY_ID.sub(NOBODY, one_.content.decode())) for one_ in (one, other)
        )
        assert first[0] == second[0], name
        assert TOKEN.sub(rb"\1", first[1].encode()) == TOKEN.sub(rb"\1", second[1].encode()), name
        assert CANARY not in first[1], name
        twin = house.client(EWAN).get(f"{address}?child={house.allocated}").content.decode()
        assert CANARY in twin, name


def test_az_6_an_alert_once_a_day_and_nothing_personal_in_it(house, clock):
    barred(house)
    client, address = house.client(PRIYA), reverse("child", args=[house.allocated])
    for _ in range(3):
        client.get(address)
        clock.at += timedelta(hours=7)
    assert alerts(house) == 1
    clock.at += timedelta(hours=4)
    house.client(PRIYA).get(address)
    assert alerts(house) == 2
    house.client(EWAN).get(address)
    assert alerts(house, EWAN) == 0


def test_az_6_whoever_guards_access_is_barred_like_anybody(house):
    """Their own family's record: no number in the register, no alert, and no tie that they could give."""
    barred(house, who=RUTH)
    ruth, number = house.client(RUTH), house.people.number(house.allocated)
    for address in ("/alerts/", "/conflicts/", "/restricted/"):
        assert number not in ruth.get(address).content.decode(), address
    form = {"staff": str(house.people.ids[EWAN]), "kind": "neighbour", "reason": "Made up."}
    one, other = (ruth.post("/conflicts/", {**form, "numbers": asked}) for asked in (number, "FC-999999"))
    assert told(one, number) == told(other, "FC-999999")


def test_az_6_an_administrator_is_barred_too(house):
    """No role is above it."""
    for who in ("Joanne Whitlock", "Helen Strand"):
        barred(house, who=who)
        assert house.client(who).get(reverse("child", args=[house.allocated])).status_code == 404
