"""Drafts: what somebody is typing is kept on the server, never over what was saved since, and is a guarded record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application import draft_identities, joint_drafts
from cairn.application.actors import Actor
from cairn.application.door import FRONT_DOOR_ADDS, open_record
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.records import drafts

NO_DRAFT = Refused("not found", "There is no such draft", "It may have been sent or thrown away.")


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it was kept."""

    id: UUID
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftOpened:
    """A draft as it stands, to go on with. `withheld`: parts in it are of children whom the reader may not open now."""

    id: UUID
    act: str
    record: UUID | None
    answers: Mapping[str, Any]
    version: int
    saved_at: datetime
    saved_by: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Diverged:
    """Somebody (or the same person elsewhere) saved since: both texts are kept, and a person merges them."""

    theirs: DraftOpened
    mine: Mapping[str, Any]


def save_draft(
    actor: Actor, draft_id: UUID, act: str, record: UUID | None, answers: Mapping[str, Any], from_version: int
) -> Saved | Diverged | Refused:
    """Keep what was typed, of an act there is. `from_version` is the version the page began from, 0 for a new draft."""
    if act not in in_use().vocabulary.acts:
        return Refused(
            "not found", "There is no such act", "Open the page again; what you typed is still in it."
        )
    with transaction.atomic():
        kept_whole = _to_keep(actor, draft_id, act, record, answers)
        if isinstance(kept_whole, Refused):
            return kept_whole
        at = now()
        before = drafts.open_draft(draft_id)
        sealed = draft_identities.sealed(act, kept_whole, before.data if before else {})
        wanted = drafts.DraftToSave(draft_id, actor.id, act, record, sealed, from_version)
        kept = drafts.save(wanted, at)
        if kept is None:
            return NO_DRAFT
        if isinstance(kept, drafts.Conflict):
            return Diverged(_without_hidden(actor, kept.theirs), answers)
        return Saved(draft_id, kept, at)


def open_draft(actor: Actor, draft_id: UUID) -> DraftOpened | Refused:
    """Open a draft of one's own. Logged like any record."""
    with transaction.atomic():
        found = drafts.open_draft(draft_id)
        if found is None:
            return NO_DRAFT
        if joint_drafts.is_joint(found.act):
            return _open_joint(actor, found)
        refused = _may_write(actor, draft_id, found.record_id, found.act)
        return refused or _opened(found)


def discard_draft(actor: Actor, draft_id: UUID) -> bool:
    """Throw one's own draft away; False where there is none."""
    return drafts.discard(draft_id, actor.id)


def submit_draft(draft_id: UUID | None) -> None:
    """Mark a draft as sent, in the transaction of the act it became."""
    found = drafts.open_draft(draft_id) if draft_id else None
    if found is not None:
        drafts.submit(found.id, found.version, now())


def _to_keep(
    actor: Actor, draft_id: UUID, act: str, record: UUID | None, answers: Mapping[str, Any]
) -> Mapping[str, Any] | Refused:
    """What is to be kept of what was typed; refused where the draft may not be this person's or about these children."""
    if not joint_drafts.is_joint(act):
        return _may_write(actor, draft_id, record, act) or answers
    found = drafts.open_draft(draft_id)
    if found is not None and found.author_id != actor.id:
        return joint_drafts.NOBODY
    stored = found.data if found else {}
    about = set(joint_drafts.children_in(stored)) | (
        {found.record_id} if found and found.record_id else set()
    )
    given = {*joint_drafts.children_in(answers), *((record,) if record else ())}
    refused = joint_drafts.refused_to_add(actor, given - about)
    return refused or joint_drafts.merged(stored, answers, joint_drafts.hidden_from(actor, about - given))


def _open_joint(actor: Actor, found: drafts.DraftRow) -> DraftOpened | Refused:
    """A draft about several children, without the parts of those whose record this person may not open now."""
    if found.author_id != actor.id:
        return joint_drafts.NOBODY
    children = {*joint_drafts.children_in(found.data), *((found.record_id,) if found.record_id else ())}
    hidden = joint_drafts.hidden_from(actor, children)
    if children and children == hidden:
        return joint_drafts.refused_to_add(actor, children) or joint_drafts.NOBODY
    joint_drafts.log_shown(actor, sorted(children - hidden))
    return _without_hidden(actor, found)


def _without_hidden(actor: Actor, found: drafts.DraftRow) -> DraftOpened:
    opened = _opened(found)
    if not joint_drafts.is_joint(found.act):
        return opened
    hidden = joint_drafts.hidden_from(actor, joint_drafts.children_in(found.data))
    return replace(opened, answers=joint_drafts.without(opened.answers, hidden), withheld=bool(hidden))


def _may_write(actor: Actor, draft_id: UUID, record: UUID | None, act: str) -> Refused | None:
    """Refused where the draft is somebody else's, or the record may not be opened: that of the draft as it was begun, too."""
    found = drafts.open_draft(draft_id)
    if found is not None and found.author_id != actor.id:
        return NO_DRAFT
    begun = _may_open(actor, found.record_id, found.act) if found and found.record_id != record else None
    return begun or _may_open(actor, record, act)


def _may_open(actor: Actor, record: UUID | None, act: str) -> Refused | None:
    if record is None:
        return None
    opened = open_record(actor, record, page="draft", what="draft", adding=act in FRONT_DOOR_ADDS)
    return opened if isinstance(opened, Refused) else None


def _opened(found: drafts.DraftRow) -> DraftOpened:
    return DraftOpened(
        id=found.id,
        act=found.act,
        record=found.record_id,
        answers=draft_identities.opened(found.data),
        version=found.version,
        saved_at=found.saved_at,
        saved_by=found.saved_by_name,
    )


def own_draft(actor: Actor, act: str, record: UUID | None) -> DraftOpened | None:
    """What this person began for an act on a record and has not sent, the newest; None where there is nothing."""
    mine = [one for one in drafts.list_of(actor.id) if one.act == act and _is_about(one, record)]
    if not mine:
        return None
    return _without_hidden(actor, max(mine, key=lambda one: one.saved_at))


def _is_about(draft: drafts.DraftRow, record: UUID | None) -> bool:
    if draft.record_id == record:
        return True
    return joint_drafts.is_joint(draft.act) and record in joint_drafts.chosen_in(draft.data)
