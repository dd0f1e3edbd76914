"""`make mutants`: put one mistake after the other into the engine and the door, and see which the tests notice."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import pytest
from tests.meta.mutants import accounts
from tests.meta.mutants.judging import CORE, JUDGES, Judged, Judges
from tests.meta.mutants.making import Mutant

from cairn.core.calendar.moment import LONDON


def main() -> int:
    """Judge what was asked for; 1 where a mistake that nobody has looked at went unnoticed."""
    only = [part for part in os.environ.get("ONLY", "").replace(",", " ").split() if part]
    modules = [
        f"{path.parent.name}/{path.name}"
        for part in ("engine", "access")
        for path in sorted((CORE / part).glob("*.py"))
        if not only or any(one in f"{path.parent.name}/{path.name}" for one in only)
    ]
    before = accounts.read_last()
    again = {one.key for one in before if one.survived} if os.environ.get("AGAIN") else None
    kept = [one for one in before if _stays(one, modules, again)]
    judged: list[accounts.Account] = []

    def wanted(mutant: Mutant) -> bool:
        return again is None or mutant.key in again

    def tell(one: Judged) -> None:
        judged.append(accounts.Account.of(one))
        if judged[-1].survived:
            print(judged[-1].sentence(), flush=True)
        if len(judged) % 20 == 0:
            accounts.write_last([*kept, *judged])

    arguments = ["-q", "-s", "-p", "no:randomly", "--no-header", "--no-summary"]
    arguments += ["-m", "not attack and not long", *JUDGES]
    code = pytest.main(arguments, plugins=[Judges(modules, wanted, tell)])
    if code not in (0, 5):
        return int(code)
    accounts.write_last([*kept, *judged])
    told = [one for one in (*kept, *judged) if one.module in modules]
    if os.environ.get("KEEP"):
        accounts.keep(told, datetime.now(LONDON).date().isoformat())
    return accounts.report(told)


def _stays(one: accounts.Account, modules: list[str], again: set[tuple[str, ...]] | None) -> bool:
    return one.module not in modules or (again is not None and one.key not in again)


if __name__ == "__main__":
    sys.exit(main())
