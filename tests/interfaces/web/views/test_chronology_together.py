"""A line about several children: the day and who said it once, each child's own line on that child's record alone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import main, view
from tests.people import made_up_staff
from tests.siblings import three

from cairn.core.calendar.moment import Moment

pytestmark = pytest.mark.django_db
ACT = "enter-chronology-together"


@pytest.fixture
def people(clock):
    return made_up_staff()


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def hidden(page, *names):
    return {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in names}


def lines(record):
    return [one for one in view(record).standing.events if one.type == "chronology.entered"]


def checked(client, record, children, **own):
    """The form sent with a line for each child; the page that is checked."""
    page = client.get(reverse(ACT, args=[record]), {"child": [str(one) for one in children]}).content.decode()
    form = {**hidden(page, "draft", "version"), "do": "check", "child": [str(one) for one in children]}
    form |= {"shown": re.findall('name="shown" value="([^"]*)"', page), "when-happened-year": "2025"}
    form |= {"origin": "Their grandmother"}
    for child in children:
        form |= {f"own-{child}-{name}": value for name, value in own[f"of_{children.index(child)}"].items()}
    return client.post(reverse(ACT, args=[record]), form, follow=True)


def test_each_child_has_a_line_of_its_own_and_nothing_of_anothers(people, client):
    amara, theo, _ = three(people)
    page = checked(
        client, amara, [amara, theo],
        of_0={"what": "She began to care for Theo.", "significance": "She was eight."},
        of_1={"what": "He was cared for by a child.", "significance": "He was five.", "themes": ["family"]},
    )  # fmt: skip
    form = {
        **hidden(page.content.decode(), "draft", "version"),
        "do": "sign",
        "sign": [str(amara), str(theo)],
    }
    done = client.post(reverse(ACT, args=[amara]), form, follow=True)
    assert "Entered in the chronology of Amara and Theo." in main(done) + done.content.decode()
    (hers,), (his,) = lines(amara), lines(theo)
    assert hers.act == his.act
    assert hers.happened_at == his.happened_at == Moment.in_year(2025)
    assert (hers.data["what"], his.data["what"]) == (
        "She began to care for Theo.",
        "He was cared for by a child.",
    )
    assert hers.data["origin"] == his.data["origin"] == "Their grandmother"
    assert (hers.data.get("themes"), his.data.get("themes")) == (None, ["family"])
    read = main(client.get(reverse("chronology", args=[amara])))
    assert "He was cared for by a child." not in read
    assert "He was five." not in read


def test_a_child_without_a_line_stays_in_the_draft(people, client):
    amara, theo, _ = three(people)
    page = checked(
        client, amara, [amara, theo],
        of_0={"what": "She began to care for Theo.", "significance": "She was eight."},
        of_1={"what": "", "significance": ""},
    )  # fmt: skip
    form = {
        **hidden(page.content.decode(), "draft", "version"),
        "do": "sign",
        "sign": [str(amara), str(theo)],
    }
    client.post(reverse(ACT, args=[amara]), form, follow=True)
    assert (len(lines(amara)), len(lines(theo))) == (1, 0)
