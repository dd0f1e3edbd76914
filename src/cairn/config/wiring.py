"""Which adapters the use cases work with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from cairn.adapters.alert_mail import mailed_alerts
from cairn.adapters.census import XmlCensusFiles
from cairn.adapters.clock import FixedClock, SystemClock
from cairn.adapters.document_store import DatabaseDocuments
from cairn.adapters.letters import TypstLetters
from cairn.adapters.second_factors import AllauthFactors
from cairn.adapters.word import WordLetters
from cairn.application import ports
from cairn.config.environment import switched_on


def wire(environment: Mapping[str, str] = os.environ) -> None:
    """Put the adapters in; called once, when Django starts."""
    ports.use(
        ports.Ports(
            clock=clock(environment),
            letters=TypstLetters(),
            word=WordLetters(),
            census=XmlCensusFiles(),
            documents=DatabaseDocuments(),
            second_factors=AllauthFactors(),
            alerts=mailed_alerts(environment),
        )
    )


def clock(environment: Mapping[str, str]) -> ports.Clock:
    """The machine's clock; or one that stands at CAIRN_NOW (ISO, with its offset) on a made-up installation.

    Refused with ImproperlyConfigured anywhere but on an installation that serves this machine alone
    (CAIRN_PLAIN_HTTP): a real record must never carry a made-up time.
    """
    given = environment.get("CAIRN_NOW")
    if not given:
        return SystemClock()
    if not switched_on(environment, "CAIRN_PLAIN_HTTP"):
        raise ImproperlyConfigured("CAIRN_NOW is for made-up installations (CAIRN_PLAIN_HTTP) only; unset it")
    try:
        return FixedClock(datetime.fromisoformat(given))
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"CAIRN_NOW is no time with an offset, such as 2026-03-03T09:30Z: {given}"
        ) from fault
