"""Comparing what stands in the tables with what the streams say, and the streams with their digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cairn.application import projecting
from cairn.application.projecting import Consequences
from cairn.application.upkeep import Progress, batches, derived
from cairn.core.history.event import Event
from cairn.records import ledger, projections, register, search

# When it was derived says nothing of what was.
NOT_COMPARED = frozenset({"derived_at"})
