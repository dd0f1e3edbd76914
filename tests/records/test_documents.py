"""Filed documents: stored in parts, unchanged for ever, found on their own record alone, destroyed by rule alone."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction
from psycopg import errors
from tests.records.conftest import make_staff

from cairn.records import documents
from cairn.records.ids import time_ordered

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
# Two whole parts and a short one, no two alike.
CONTENT = b"".join(bytes([n % 251]) * 1024 for n in range(1100))


def filed(event, content=CONTENT):
    """A document on an entry, as the application files it."""
    made = time_ordered(NOW)
    with transaction.atomic():
        digest = documents.add_parts(made, [content[:7], content[7:700_001], content[700_001:]])
        document = documents.Filed(made, "pdf", len(content), NOW, digest)
        documents.file([document], event)
    return document


@pytest.fixture
def document(written):
    return filed(written[1])


def test_what_is_stored_comes_out_again_part_by_part(written, document):
    pieces = list(documents.parts(document.id))
    assert b"".join(pieces) == CONTENT
    assert max(map(len, pieces)) == documents.PART_BYTES
    assert documents.is_whole(document)
    assert documents.has_content(document.id)


def test_it_is_found_on_the_record_of_its_entry_and_no_other(written, document):
    record, _ = written
    assert documents.on_record(record, document.id) == document
    assert documents.on_record(UUID(int=1), document.id) is None
    assert documents.on_record(record, UUID(int=1)) is None


def test_alike_documents_have_no_digest_in_common(written, document):
    """A digest that stays after the content went must not tell whether somebody has the same file."""
    assert filed(written[1]).digest != document.digest


def test_a_changed_part_no_longer_fits_the_digest(written, document, owner):
    owner.execute("ALTER TABLE records_documentpart DISABLE TRIGGER document_part_never_changed")
    owner.execute("UPDATE records_documentpart SET content = 'x' WHERE number = 2")
    owner.commit()
    assert not documents.is_whole(document)
    assert documents.broken([written[0]]) == [(written[0], document.id)]
    assert documents.broken([UUID(int=1)]) == []


def _register(connection, record, event):
    connection.execute(
        """INSERT INTO records_disposalentry (at, rule, reason, record_id, events, digest, proposed_by_id, decided_by_id)
           VALUES (%s, 'child in need, 25th birthday', 'its period is over', %s, %s, %s, %s, %s)""",
        [NOW, record, [event], b"x" * 32, make_staff("One").pk, make_staff("Two").pk],
    )


def test_disposal_removes_the_content_of_an_entry_that_the_register_names(written, document, as_role):
    disposal = as_role("cairn_disposal")
    _register(disposal, *written)
    disposal.execute("DELETE FROM records_documentpart WHERE document_id = %s", [document.id])
    disposal.commit()
    assert list(documents.parts(document.id)) == []
    assert not documents.has_content(document.id)
    assert documents.is_whole(document)


def test_disposal_without_an_entry_in_the_register_is_refused(document, as_role):
    disposal = as_role("cairn_disposal")
    disposal.execute("DELETE FROM records_documentpart WHERE document_id = %s", [document.id])
    with pytest.raises(errors.RestrictViolation, match="no entry in the register"):
        disposal.commit()


@pytest.mark.parametrize(("size", "kind"), [(0, "pdf"), (25 * 1024 * 1024 + 1, "pdf"), (1, "")])
def test_the_database_takes_no_document_without_kind_or_size_nor_one_too_large(written, size, kind):
    made = time_ordered(NOW)
    with pytest.raises(Exception, match="document_has_kind_and_size"):
        documents.file([documents.Filed(made, kind, size, NOW, b"x" * 32)], written[1])
