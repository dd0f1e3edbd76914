"""The digest of what a person was shown: a signature is bound to it, and to nothing that was written since."""

from __future__ import annotations

import hashlib
import json

from cairn.core.history.event import Event


def digest_of(event: Event) -> str:
    """SHA-256, in hexadecimal, over what an event says as it stands: its id, its time and its data, corrections taken in."""
    shown = {
        "id": event.id,
        "earliest": event.happened_at.earliest.isoformat(),
        "latest": event.happened_at.latest.isoformat(),
        "data": event.data,
    }
    spelled = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=dict)
    return hashlib.sha256(spelled.encode()).hexdigest()
