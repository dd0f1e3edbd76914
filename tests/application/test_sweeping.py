"""Rows of sessions that ended and guesses that no longer count go; what still counts stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from cairn.application.ports import now
from cairn.application.sweeping import sweep
from cairn.records.models import Guess

pytestmark = pytest.mark.django_db


def test_what_is_over_goes_and_what_is_not_stays():
    # Sessions end by the machine's own clock.
    Session.objects.create(session_key="over", session_data="x", expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    Session.objects.create(session_key="live", session_data="x", expire_date=datetime(2100, 1, 1, tzinfo=UTC))
    Guess.objects.create(tried_on=b"o" * 32, at=now() - timedelta(minutes=5))
    Guess.objects.create(tried_on=b"l" * 32, at=now() - timedelta(minutes=4))
    sweep()
    assert [one.session_key for one in Session.objects.all()] == ["live"]
    assert [bytes(one.tried_on) for one in Guess.objects.all()] == [b"l" * 32]
