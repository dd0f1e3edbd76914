"""`make mutants`: put one mistake after the other into the engine and the door, and see which the tests notice."""

from __future__ import annotations

import ast
import os
import sys
from datetime import datetime

import pytest
from tests.meta.mutants import accounts
from tests.meta.mutants.judging import CORE, JUDGES, Judged, Judges
from tests.meta.mutants.making import Mutant, mutants

from cairn.core.calendar.moment import LONDON


def main() -> int:
    """Judge what was asked for; 1 where a mistake that nobody has looked at went unnoticed."""
    # Those that are named, in the order in which they are named.
    only = [part for part in os.environ.get("ONLY", "").replace(",", " ").split() if part]
    modules = [
        f"{path.parent.name}/{path.name}"
        for part in ("engine", "access")
        for path in sorted((CORE / part).glob("*.py"))
        if not only or any(one in f"{path.parent.name}/{path.name}" for one in only)
    ]
    modules.sort(key=lambda name: next((place for place, one in enumerate(only) if one in name), 0))
    before = accounts.read_last()
    there = {mutant.key for name in modules for mutant in mutants(name, ast.parse((CORE / name).read_text()))}
    # What was noticed last time need not be looked at again, while it is there.
    noticed = (
        {one.key for one in before if not one.survived and one.key in there}
        if os.environ.get("AGAIN")
        else set()
    )
    kept = [one for one in before if one.module not in modules or one.key in noticed]
    judged: list[accounts.Account] = []

    def wanted(mutant: Mutant) -> bool:
        return mutant.key not in noticed

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
    new = accounts.report(told)
    if os.environ.get("KEEP"):
        accounts.keep(told, datetime.now(LONDON).date().isoformat())
    return new


if __name__ == "__main__":
    sys.exit(main())
