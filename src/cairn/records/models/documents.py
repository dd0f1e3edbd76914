"""Documents that were filed: what each is, on which entry it hangs, and its content in parts that stand apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cairn.records.models.ledger import LedgerEvent


class FiledDocument(models.Model):
    """That a document was filed: no name and no content, and never changed."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    filed_at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="") & Q(size__gt=0, size__lte=26214400), name="document_has_kind_and_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class DocumentPart(models.Model):
    """A stretch of a document's content; removable, by the disposal role only, with an entry in the register."""

    document = models.ForeignKey(
        FiledDocument, on_delete=models.PROTECT, db_index=False, related_name="parts"
    )
    number = models.PositiveIntegerField()
    salt = models.BinaryField(max_length=16)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="document_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"


class DocumentOn(models.Model):
    """On which entry a document hangs: the one it came with, and the one that an entry was moved to."""

    document = models.ForeignKey(FiledDocument, on_delete=models.PROTECT, related_name="hangs_on")
    event = models.ForeignKey(LedgerEvent, on_delete=models.PROTECT, db_index=False, related_name="documents")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "document"], name="document_on_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} on {self.event_id}"
