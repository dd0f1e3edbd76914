"""Whether the tests notice a mistake: those that reach its lines are run on it, the cheapest first, until one goes red.

Everything is in one process: the tests are collected once, each runs once with its lines watched, and each mutant is
put into a forked copy of the process, which ends with it. Properties are looked at with few examples.
"""

from __future__ import annotations

import ast
import gc
import importlib
import itertools
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
from tests.meta.mutants import watched
from tests.meta.mutants.changing import take_effect
from tests.meta.mutants.making import Mutant, mutants

ROOT = Path(__file__).parents[3]
CORE = ROOT / "src" / "cairn" / "core"
JUDGES = ("tests/core/engine", "tests/core/access", "tests/worked_cases")
# How many examples of a property; more take longer and notice more (EXAMPLES=15).
EXAMPLES = int(os.environ.get("EXAMPLES", "4"))
# For how many seconds of tests a mutant is judged at most; what it outlives then counts as unnoticed (PATIENCE=60).
PATIENCE = float(os.environ.get("PATIENCE", "60"))
# From how many seconds on a test waits until the others have been asked.
CHEAP = 0.05
# What a test may take on a mutant: so many times what it took without, and this many seconds on top.
TIMES, SECONDS = 10, 2.0
MEMORY = 4 * 2**30

Tracer = Callable[[FrameType, str, object], object]


@dataclass(frozen=True, slots=True)
class Judged:
    """A mutant and what became of it; `by` is the test that went red, or ''."""

    mutant: Mutant
    outcome: str
    by: str
    tests: int
    seconds: float


class Judges:
    """The pytest plugin that runs the mutants instead of the tests."""

    def __init__(
        self, modules: Sequence[str], wanted: Callable[[Mutant], bool], tell: Callable[[Judged], None]
    ):
        # Read at once, so that they are as they were loaded.
        self.sources = {module: (CORE / module).read_text() for module in modules}
        self.wanted, self.tell = wanted, tell
        self.reached: dict[pytest.Item, frozenset[tuple[str, int]]] = {}
        self.took: dict[pytest.Item, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._watch([item for item in session.items if isinstance(item, pytest.Function)])
        gc.collect()
        gc.freeze()
        for module, source in self.sources.items():
            for mutant in filter(self.wanted, mutants(module, ast.parse(source))):
                self.tell(self._judged(mutant, source))
        return True

    def _watch(self, items: Sequence[pytest.Function]) -> None:
        """What each test reaches and how long it takes; what it reaches is kept while it and the core stay as they are."""
        kept = watched.read()
        core = watched.digest(sorted(CORE.rglob("*.py")))
        for item in items:
            _look_at_few(item)
            stamp = core + watched.digest([item.path])
            if kept.get(item.nodeid, {}).get("stamp") != stamp:
                kept[item.nodeid] = {"stamp": stamp, "lines": sorted(_lines_reached(item))}
            began = time.perf_counter()
            if _fails(item):
                print(f"left out, for it is red without any mistake: {item.nodeid}", flush=True)
                continue
            self.took[item] = time.perf_counter() - began
            self.reached[item] = frozenset((name, line) for name, line in kept[item.nodeid]["lines"])
        watched.write(kept)
        print(f"{len(self.took)} tests take {sum(self.took.values()):.1f} s together", flush=True)

    def _judged(self, mutant: Mutant, source: str) -> Judged:
        lines = {(mutant.module, line) for line in mutant.lines}
        tests = [item for item in self.took if not lines or lines & self.reached[item]]
        tests = self._in_order(mutant, tests)
        began = time.perf_counter()
        outcome, by = self._in_a_copy(mutant, source, tests) if tests else ("no test reaches it", "")
        return Judged(mutant, outcome, by, len(tests), round(time.perf_counter() - began, 3))

    def _in_order(self, mutant: Mutant, tests: list[pytest.Function]) -> list[pytest.Function]:
        """Those beside the module first, then the others of the core, the cheapest before, while there is patience."""
        beside = f"test_{Path(mutant.module).name}"

        def order(item: pytest.Function) -> tuple[bool, bool, float]:
            near = item.path.name == beside and self.took[item] < CHEAP
            return (not near, "core" not in item.path.parts or self.took[item] > CHEAP, self.took[item])

        tests.sort(key=order)
        spent = itertools.accumulate(self.took[item] for item in tests)
        return [item for item, so_far in zip(tests, spent, strict=True) if so_far <= PATIENCE]

    def _in_a_copy(self, mutant: Mutant, source: str, tests: Sequence[pytest.Item]) -> tuple[str, str]:
        reads, writes = os.pipe()
        child = os.fork()
        if not child:
            self._judge(mutant, source, tests, writes)
        os.close(writes)
        with os.fdopen(reads) as pipe:
            last = pipe.read().splitlines()
        _, status = os.waitpid(child, 0)
        by = last[-1] if last else ""
        if os.WIFSIGNALED(status):
            return f"killed: no end ({signal.Signals(os.WTERMSIG(status)).name})", by
        return {0: "survived", 1: "killed"}.get(os.WEXITSTATUS(status), f"could not be made: {by}"), by

    def _judge(self, mutant: Mutant, source: str, tests: Sequence[pytest.Item], writes: int) -> None:
        """In the copy: never returns."""
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(silent, stream)
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            module = importlib.import_module(
                "cairn.core." + mutant.module.removesuffix(".py").replace("/", ".")
            )
            take_effect(mutant, module, source)
        except BaseException as fault:  # noqa: BLE001
            os.write(writes, repr(fault).encode())
            os._exit(2)
        for test in tests:
            signal.setitimer(signal.ITIMER_REAL, SECONDS + TIMES * self.took[test])
            if _fails(test):
                os.write(writes, test.nodeid.encode())
                os._exit(1)
        os._exit(0)


def _look_at_few(item: pytest.Function) -> None:
    """Of a property fewer examples, the same ones each time, and no search for the smallest."""
    # Not before pytest has made its own of it.
    from hypothesis import Phase, settings  # noqa: PLC0415

    chosen = getattr(item.obj, "_hypothesis_internal_use_settings", None)
    if getattr(item.obj, "is_hypothesis_test", False):
        phases = (Phase.explicit, Phase.generate)
        few = min(EXAMPLES, (chosen or settings()).max_examples)
        item.obj._hypothesis_internal_use_settings = settings(
            chosen, max_examples=few, derandomize=True, database=None, phases=phases, deadline=None
        )


def _fails(item: pytest.Item) -> bool:
    """Run one test; whether it goes red."""
    state = item.session._setupstate
    try:
        if hasattr(item, "_request") and not item._request:
            item._initrequest()
        try:
            state.setup(item)
            item.runtest()
        finally:
            state.teardown_exact(None)
            item._request = False
            item.funcargs = None
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001
        return True
    return False


def _lines_reached(item: pytest.Item) -> Iterator[tuple[str, int]]:
    """The lines of the modules that are mutated which a test reaches."""
    names = {
        str(path): f"{path.parent.name}/{path.name}"
        for part in ("engine", "access")
        for path in (CORE / part).glob("*.py")
    }
    found: set[tuple[str, int]] = set()

    def lines(frame: FrameType, event: str, argument: object) -> Tracer:
        found.add((frame.f_code.co_filename, frame.f_lineno))
        return lines

    def calls(frame: FrameType, event: str, argument: object) -> Tracer | None:
        return lines if frame.f_code.co_filename in names else None

    sys.settrace(calls)
    try:
        _fails(item)
    finally:
        sys.settrace(None)
    yield from ((names[path], line) for path, line in found)
