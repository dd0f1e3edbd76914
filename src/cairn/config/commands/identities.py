"""`cairn identities`: who does not wish to be named, sealed by the first key of CAIRN_REFERRER_KEY where an older one sealed it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

HELP = "Seal the identities of referrers by the first key of CAIRN_REFERRER_KEY; after it the older keys are not needed."
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=["seal"], help="what to do with the identities")


def run(_arguments: argparse.Namespace) -> int:
    """Says how many were sealed anew; 1 where one is under a key that was not given, and then nothing is."""
    from django.db import transaction  # noqa: PLC0415 - it needs Django's settings

    from cairn.application.ports import now  # noqa: PLC0415 - as above
    from cairn.records import identities  # noqa: PLC0415 - as above

    try:
        with transaction.atomic():
            sealed = identities.seal_again(now())
    except identities.NoKey as failure:
        print(f"cairn: {failure}", file=sys.stderr)
        return 1
    print(
        f"{sealed} sealed by the first key. Drafts begun before still need the older ones until they are sent."
    )
    return 0
