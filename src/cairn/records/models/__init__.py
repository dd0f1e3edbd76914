"""The tables. Models never leave `cairn.records`: its functions give frozen dataclasses."""

from cairn.records.models.access import AccessEntry
from cairn.records.models.accounts import Enrolment, Guess
from cairn.records.models.authorisations import Authorisation, FourEyes
from cairn.records.models.covers import Cover
from cairn.records.models.documents import DocumentOn, DocumentPart, FiledDocument
from cairn.records.models.editions import CalendarEdition, ProcedureEdition
from cairn.records.models.identities import ReferrerIdentity
from cairn.records.models.ledger import DisposalEntry, EventContent, LedgerEvent, Record
from cairn.records.models.looks import LookReview
from cairn.records.models.notes import LineNote
from cairn.records.models.people import Staff, Team
from cairn.records.models.projections import DutyRow, NameKey, PersonName, RecordSummary
from cairn.records.models.sections import PassageOffered, SectionApart, SectionDraft, SectionOpened
from cairn.records.models.ties import Alert, Tie
from cairn.records.models.work import Draft, Outbox, Submission

__all__ = [
    "AccessEntry",
    "Alert",
    "Authorisation",
    "CalendarEdition",
    "Cover",
    "DisposalEntry",
    "DocumentOn",
    "DocumentPart",
    "Draft",
    "DutyRow",
    "Enrolment",
    "EventContent",
    "FiledDocument",
    "FourEyes",
    "Guess",
    "LedgerEvent",
    "LineNote",
    "LookReview",
    "NameKey",
    "Outbox",
    "PassageOffered",
    "PersonName",
    "ProcedureEdition",
    "Record",
    "RecordSummary",
    "ReferrerIdentity",
    "SectionApart",
    "SectionDraft",
    "SectionOpened",
    "Staff",
    "Submission",
    "Team",
    "Tie",
]
