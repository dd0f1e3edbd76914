"""Four eyes in the database itself: by direct SQL as the application's role, past everything that refuses in words."""

from __future__ import annotations

import json
import secrets
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from tests.records.conftest import make_event, make_record, make_staff

from cairn.application.census_import import ACCOUNT
from cairn.records import authorisations, ledger, roles
from cairn.records.models import Authorisation, Staff

SHOWN = bytes(32)
SIGN = """INSERT INTO records_authorisation (event_id, approves_id, approver_id, authors, digest)
VALUES (%s, %s, %s, %s, %s)"""
LEDGER = """INSERT INTO records_ledgerevent (id, record_id, number, type, schema_version, happened_earliest,
    happened_latest, recorded_at, author_id, capacity, digest)
VALUES (%s, %s, %s, %s, 1, now(), now(), now(), %s, 'team manager', %s)"""
CONTENT = "INSERT INTO records_eventcontent (event_id, salt, author_name, data) VALUES (%s, %s, 'x', %s)"


class House:
    """One record on which Priya handed an assessment in, in which Ewan wrote too; Joanne wrote nothing."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.app = connection
        self.priya, self.ewan, self.joanne = (make_staff(name).pk for name in ("Priya", "Ewan", "Joanne"))
        self.record = make_record().id
        self.submitted = self.event("assessment.submitted", self.priya, 1)
        self.content(
            self.submitted,
            {"sections": [{"writer_ids": [str(self.priya)]}, {"writer_ids": [str(self.ewan)]}]},
        )

    def event(
        self, type_: str, author: UUID, number: int, id_: UUID | None = None, record: UUID | None = None
    ) -> UUID:
        id_ = id_ or uuid4()
        self.app.execute(LEDGER, [id_, record or self.record, number, type_, author, secrets.token_bytes(32)])
        return id_

    def content(self, event: UUID, data: object) -> None:
        self.app.execute(CONTENT, [event, secrets.token_bytes(16), json.dumps(data)])

    def sign(self, approver: UUID, approves: UUID | None = None, authors: object = ()) -> UUID:
        id_ = uuid4()
        self.app.execute(SIGN, [id_, approves or self.submitted, approver, list(authors), SHOWN])
        return id_

    def approve(self, approver: UUID, **signed: object) -> None:
        """Sign, then write the event, as the application does."""
        self.event("assessment.approved", approver, 2, self.sign(approver, **signed))


@pytest.fixture
def house(committed_database, as_role):
    return House(as_role("cairn_app"))


def test_whoever_wrote_nothing_may_approve_and_everybody_who_did_is_kept(house):
    house.approve(house.joanne)
    (authors,) = house.app.execute("SELECT authors FROM records_authorisation").fetchone()
    assert set(authors) == {house.priya, house.ewan}
    house.app.commit()


def test_an_approval_that_nobody_signed_is_refused(house):
    with pytest.raises(errors.RestrictViolation, match="somebody who did not write it"):
        house.event("assessment.approved", house.joanne, 2)


@pytest.mark.parametrize("who", ["priya", "ewan"])
def test_who_handed_it_in_or_wrote_a_part_cannot_approve_it_whatever_authors_are_named(house, who):
    with pytest.raises(errors.CheckViolation, match="approver_is_no_author"):
        house.approve(getattr(house, who), authors=[house.joanne])


def test_a_signature_is_for_one_event_and_by_its_own_author(house):
    signed = house.sign(house.joanne)
    with pytest.raises(errors.RestrictViolation, match="somebody who did not write it"):
        house.event("assessment.approved", house.priya, 2, signed)


def test_what_is_approved_is_of_the_type_that_the_vocabulary_names(house):
    other = house.event("visit.made", house.priya, 2)
    house.content(other, {})
    with pytest.raises(errors.RestrictViolation, match="somebody who did not write it"):
        house.event("assessment.approved", house.joanne, 3, house.sign(house.joanne, approves=other))


def test_what_is_approved_is_on_the_same_record(house):
    with pytest.raises(errors.RestrictViolation, match="somebody who did not write it"):
        house.event("assessment.approved", house.joanne, 1, house.sign(house.joanne), record=make_record().id)


def test_several_approvals_in_one_statement_are_each_looked_at(house):
    signed = house.sign(house.joanne)
    with pytest.raises(errors.RestrictViolation, match="somebody who did not write it"):
        house.app.execute(
            """INSERT INTO records_ledgerevent (id, record_id, number, type, schema_version, happened_earliest,
                happened_latest, recorded_at, author_id, capacity, digest)
            SELECT id, %s, number, 'assessment.approved', 1, now(), now(), now(), %s, 'team manager', %s
            FROM unnest(%s::uuid[], ARRAY[2, 3]) AS added (id, number)""",
            [house.record, house.joanne, secrets.token_bytes(32), [signed, uuid4()]],
        )


def test_a_signature_without_its_event_does_not_stay(house):
    house.sign(house.joanne)
    with pytest.raises(errors.ForeignKeyViolation):
        house.app.commit()


def test_nothing_is_signed_twice_and_no_signature_is_changed(house):
    house.approve(house.joanne)
    house.app.commit()
    for statement in (
        "UPDATE records_authorisation SET authors = '{}'",
        "DELETE FROM records_authorisation",
        "DELETE FROM records_foureyes",
        "UPDATE records_foureyes SET approves = 'visit.made'",
        "INSERT INTO records_foureyes (event_type, approves) VALUES ('a.b', 'c.d')",
        "DROP TRIGGER ledger_signed_by_another ON records_ledgerevent",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            house.app.execute(statement)
        house.app.rollback()


def test_what_was_signed_elsewhere_comes_in_under_the_account_of_the_import_alone(house):
    Staff.objects.create(pk=ACCOUNT, name="Census import", role="administrator", is_active=False)
    house.event("assessment.approved", ACCOUNT, 2)
    house.app.commit()


def test_which_types_are_signed_is_said_when_the_database_is_prepared(committed_database, house):
    house.app.rollback()
    rule = authorisations.Rule("visit.made", "assessment.submitted")
    roles.prepare(committed_database.url(), [rule])
    record = make_record().id
    with pytest.raises(errors.RestrictViolation, match=r"visit\.made"):
        house.event("visit.made", house.joanne, 1, record=record)
    house.app.rollback()
    house.event("assessment.approved", house.joanne, 1, record=record)


def test_signed_beside_the_ledger_with_a_digest_salted_by_what_is_approved(db):
    author, approver = make_staff("Asha Worker"), make_staff("Bea Manager", "team manager")
    record = make_record()
    submitted = make_event(author, "assessment.submitted")
    ledger.append(record.id, [submitted], expected_version=None)
    approved = make_event(approver, "assessment.approved")
    authorisations.sign([authorisations.Signed(approved.id, submitted.id, approver.pk, SHOWN)])
    ledger.append(record.id, [approved], expected_version=None)
    signed = Authorisation.objects.get()
    assert (signed.event_id, signed.approves_id, signed.authors) == (approved.id, submitted.id, [author.pk])
    assert bytes(signed.digest) not in (SHOWN, bytes(32))
