"""Nobody signs their own work: not as author, deputy or after a word, at the page, at the door or by direct SQL (CO-3).

Two accounts of one person: an account is a person here; that nobody has two is for whoever gives accounts.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from tests.assessments import begin, hand_in
from tests.cases import open_to_priya, record
from tests.interfaces.web.views import signing
from tests.interfaces.web.views.test_approval import page, sign, types
from tests.people import made_up_staff

from cairn.application.covering import CoverLine, CoverWanted, end_cover, set_cover, today
from cairn.application.section_writing import save_section
from cairn.records import ledger, staff
from cairn.records.models import Authorisation

PRIYA, EWAN, JOANNE, OTHER = "Priya Shah", "Ewan Marsh", "Joanne Whitlock", "Second Manager"


def covers(people, by, worker=PRIYA):
    """Somebody does a worker's work from today for five days."""
    days = (today(), today() + timedelta(days=4), "Leave.")
    set_by = people.actor(JOANNE)
    done = set_cover(set_by, CoverWanted(people.ids[worker], people.ids[by], *days))
    assert isinstance(done, CoverLine), done
    return done.id


def test_the_author_is_refused_and_another_signs(people):
    child, strand = signing.short(people)
    signing.write(people, child, strand, "identity", "Joanne wrote this.", who=JOANNE)
    signing.post_hand_in(people.client(PRIYA), child)
    refused = sign(people, child, page(people, child))
    assert (refused.status_code, "Nobody approves their own work" in refused.content.decode()) == (403, True)
    assert "assessment.approved" not in types(child)
    people.ids[OTHER] = staff.add_person(OTHER, "team manager", people.teams["Referral and Assessment"])
    assert sign(people, child, page(people, child, OTHER), OTHER).status_code == 302


def test_a_word_changed_makes_an_author(people):
    """Joanne changes one word of Priya's section, and takes it back: the text is Priya's, and Joanne wrote in it."""
    child, strand = signing.short(people)
    text = signing.TEXTS["health"]
    signing.write(people, child, strand, "health", text.replace("well", "badly"), 1, who=JOANNE)
    signing.write(people, child, strand, "health", text, 2, who=PRIYA)
    signing.post_hand_in(people.client(PRIYA), child)
    assert sign(people, child, page(people, child)).status_code == 403
    assert not Authorisation.objects.exists()


def test_whoever_stands_in_for_the_author_is_refused_on_those_days_and_signs_after_them(people):
    child, _ = signing.handed_in(people)
    cover = covers(people, JOANNE)
    refused = sign(people, child, page(people, child))
    assert refused.status_code == 403, refused.content.decode()
    assert "You cover for somebody who wrote part of this" in refused.content.decode()
    assert "assessment.approved" not in types(child)
    assert isinstance(end_cover(people.actor(JOANNE), cover), CoverLine)
    assert sign(people, child, page(people, child)).status_code == 302


def test_whoever_stands_in_for_somebody_else_signs_in_their_own_name(people):
    child, _ = signing.handed_in(people)
    covers(people, JOANNE, worker=EWAN)
    assert sign(people, child, page(people, child)).status_code == 302
    assert Authorisation.objects.get().approver_id == people.ids[JOANNE]
    assert ledger.read_stream(child)[-1].author.name == JOANNE


SIGN = """INSERT INTO records_authorisation (event_id, approves_id, approver_id, authors, digest)
VALUES (%s, %s, %s, %s, %s)"""
LEDGER = """INSERT INTO records_ledgerevent (id, record_id, number, type, schema_version, happened_earliest,
    happened_latest, recorded_at, author_id, capacity, digest)
VALUES (%s, %s, %s, 'assessment.approved', 1, %s, %s, %s, %s, 'team manager', %s)"""


class Statements:
    """What somebody with the application's own password types by hand, past everything that refuses in words."""

    def __init__(self, database, people, child, submitted, at):
        self.database, self.people, self.child, self.submitted, self.at = (
            database,
            people,
            child,
            submitted,
            at,
        )
        self.number = len(ledger.read_stream(child)) + 1

    def approve(self, signs, writes=None, authors=()):
        """Sign as one and write the approval as the same or another; committed, where it is taken."""
        approval, writer = uuid4(), self.people.ids[writes or signs]
        with psycopg.connect(self.database.url("cairn_app")) as app:
            named = [self.people.ids[one] for one in authors]
            app.execute(SIGN, [approval, self.submitted, self.people.ids[signs], named, bytes(32)])
            values = [approval, self.child, self.number, self.at, self.at, self.at, writer]
            app.execute(LEDGER, [*values, secrets.token_bytes(32)])


@pytest.fixture
def by_hand(committed_database, clock):
    people = made_up_staff()
    child = open_to_priya(people)
    strand = begin(people, child)
    save_section(people.actor(PRIYA), child, strand, "health", {"text": "Well."}, 0)
    save_section(people.actor(EWAN), child, strand, "identity", {"text": "Herself."}, 0)
    record(people, (PRIYA, "add-note", {"text": "Rang."}), on=child)
    submitted = UUID(hand_in(people, child, strand))
    return Statements(committed_database, people, child, submitted, clock.at)


def test_the_database_refuses_who_handed_it_in_and_who_wrote_a_part(by_hand):
    for who in (PRIYA, EWAN):
        for authors in ((), (JOANNE,)):
            with pytest.raises(errors.CheckViolation, match="approver_is_no_author"):
                by_hand.approve(who, authors=authors)
    with pytest.raises(errors.RestrictViolation, match="somebody who did not write it"):
        by_hand.approve(JOANNE, writes=PRIYA)
    by_hand.approve(JOANNE)
    assert Authorisation.objects.get().approver_id == by_hand.people.ids[JOANNE]


def test_the_database_refuses_whoever_stands_in_for_one_of_them(by_hand):
    cover = covers(by_hand.people, JOANNE, worker=EWAN)
    with pytest.raises(errors.RestrictViolation, match="somebody who did not write it"):
        by_hand.approve(JOANNE)
    assert not Authorisation.objects.exists()
    end_cover(by_hand.people.actor(JOANNE), cover)
    by_hand.approve(JOANNE)
    assert Authorisation.objects.count() == 1
