"""The navigation leads to what the role of whoever is signed in opens, and to nothing that would only refuse them."""

from __future__ import annotations

import html
import re

import pytest

from cairn.records import staff

# The role, what stands between My work and Procedures, and whether the search stands in the head.
OFFERED = [
    ("social worker", ["Find a person", "New contact", "Team work"], True),
    ("independent chair", ["Find a person", "Team work"], True),
    ("information governance", ["Alerts", "Conflicts", "Audits"], False),
    ("auditor", [], False),
    ("performance analyst", [], False),
]


@pytest.mark.parametrize(("role", "offered", "searches"), OFFERED, ids=[one[0] for one in OFFERED])
def test_it_offers_what_the_role_opens(people, role, offered, searches):
    people.ids["Somebody"] = staff.add_person("Somebody", role)
    client = people.client("Somebody")
    page = client.get("/work/").content.decode()
    navigation = page[page.index("govuk-service-navigation__list") :].partition("</ul>")[0]
    links = re.findall(r'href="([^"]+)"[^>]*>([^<]+)', html.unescape(navigation))
    names = [text.strip() for _, text in links]
    # My work is where one is, and stands there as that.
    assert names == [*offered, "Procedures"]
    assert [address for address, _ in links if client.get(address).status_code != 200] == []
    assert ('role="search"' in page) is searches
