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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from tests.meta.mutants import watched
from tests.meta.mutants.changing import take_effect
from tests.meta.mutants.making import Mutant, mutants

ROOT = Path(__file__).parents[3]
CORE = ROOT / "src" / "cairn" / "core"
JUDGES = ("tests/core/engine", "tests/core/access", "tests/meta/test_conditions.py", "tests/worked_cases")
# How many examples of a property; more take longer and notice more (EXAMPLES=15).
EXAMPLES = int(os.environ.get("EXAMPLES", "4"))
# For how many seconds of tests a mutant is judged at most; what it outlives then counts as unnoticed (PATIENCE=60).
PATIENCE = float(os.environ.get("PATIENCE", "60"))
# From how many seconds on a test waits until the others have been asked.
CHEAP = 0.05
# What a test may take of the processor on a mutant: so many times what it took without, and so many seconds on top.
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
        self.texts = {name: path.read_text() for name, path in _mutated().items()}
        self.sources = {module: self.texts[module] for module in modules}
        self.wanted, self.tell = wanted, tell
        self.reached: dict[pytest.Function, frozenset[tuple[str, int]]] = {}
        self.took: dict[pytest.Function, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._watch([item for item in session.items if isinstance(item, pytest.Function)])
        gc.collect()
        gc.freeze()
        for module, source in self.sources.items():
            for mutant in filter(self.wanted, mutants(module, ast.parse(source))):
                self.tell(self._judged(mutant, source))
        return True

    def _watch(self, items: Sequence[pytest.Function]) -> None:
        """What each test reaches and how long it takes: kept while the test and the modules it reaches stay as they are."""
        kept = watched.read()
        files: set[Path] = set()
        for item in items:
            _look_at_few(item)
            seen = kept.get(item.nodeid)
            if seen is None or seen["stamp"] != _stamp(item.path, seen["lines"]):
                seen = _seen(item)
                kept[item.nodeid] = {"stamp": _stamp(item.path, seen["lines"]), **seen}
            elif item.path not in files:
                # What the tests of a file read and keep is read here, and not in every copy anew.
                _fails(item)
            files.add(item.path)
            if seen["red"]:
                print(f"left out, for it is red without any mistake: {item.nodeid}", flush=True)
                continue
            self.took[item] = seen["took"]
            self.reached[item] = frozenset((name, line) for name, line in seen["lines"])
        watched.write(kept)
        print(f"{len(self.took)} tests take {sum(self.took.values()):.1f} s together", flush=True)

    def _judged(self, mutant: Mutant, source: str) -> Judged:
        tests = self._in_order(mutant, self._that_reach(mutant))
        began = time.perf_counter()
        outcome, by = self._in_a_copy(mutant, source, tests) if tests else ("no test reaches it", "")
        return Judged(mutant, outcome, by, len(tests), round(time.perf_counter() - began, 3))

    def _that_reach(self, mutant: Mutant) -> list[pytest.Function]:
        """The tests that reach its lines; of a constant or the default of a field, those of a module that speaks of it."""
        lines = {(mutant.module, line) for line in mutant.lines}
        if lines:
            return [item for item in self.took if lines & self.reached[item]]
        name = mutant.function or mutant.name
        speak = {one for one, source in self.texts.items() if name in source}
        return [item for item in self.took if any(module in speak for module, _ in self.reached[item])]

    def _in_order(self, mutant: Mutant, tests: list[pytest.Function]) -> list[pytest.Function]:
        """Those beside the module first, then the others of the core, the cheapest before, while there is patience."""
        name = Path(mutant.module).name
        beside = "test_conditions.py" if name.startswith("conditions") else f"test_{name}"

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
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            module = importlib.import_module(
                "cairn.core." + mutant.module.removesuffix(".py").replace("/", ".")
            )
            take_effect(mutant, module, source)
        except BaseException as fault:  # noqa: BLE001
            os.write(writes, repr(fault).encode())
            os._exit(2)
        for test in tests:
            signal.setitimer(signal.ITIMER_PROF, SECONDS + TIMES * self.took[test])
            if _fails(test):
                os.write(writes, test.nodeid.encode())
                os._exit(1)
        os._exit(0)


def _mutated() -> dict[str, Path]:
    found = [path for part in ("engine", "access") for path in sorted((CORE / part).glob("*.py"))]
    return {f"{path.parent.name}/{path.name}": path for path in found}


def _stamp(test: Path, lines: Iterable[tuple[str, int]]) -> str:
    """What tells whether a test, or a module that it reaches, has changed."""
    modules = _mutated()
    return watched.digest(
        [test, *(modules[name] for name in sorted({name for name, _ in lines}) if name in modules)]
    )


def _seen(item: pytest.Function) -> dict[str, Any]:
    lines = sorted(_lines_reached(item))
    began = time.process_time()
    red = _fails(item)
    return {"lines": lines, "red": red, "took": time.process_time() - began}


def _look_at_few(item: pytest.Function) -> None:
    """Of a property fewer examples, the same ones each time, and no search for the smallest."""
    # Not before pytest has made its own of it.
    from hypothesis import Phase, settings  # noqa: PLC0415 - as said above

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
    names = {str(path): name for name, path in _mutated().items()}
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
