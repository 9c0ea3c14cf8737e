"""Do the tests notice? Changes the engine in one place at a time, in memory, and sees whether a fast test fails.

    scripts/mutate.py                     every change of the calendar, the case and the conditions (hours)
    scripts/mutate.py --sample 200        that many of them, dealt out by --seed
    scripts/mutate.py --only case/gate    those of some files
    scripts/mutate.py check               those of other parts: the checks

Nothing is written: each change lives in a process forked for it, whose imports are given the changed source. What no
test noticed is listed with its place; the exit code is 1 where fewer than --least per cent were noticed.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "engine"
MEANING = ("calendar", "case", "guide/test_conditions.py", "scenario", "engine/test_general.py")
TESTS = {"calendar": MEANING, "case": MEANING, "guide/conditions.py": MEANING, "check": ("check",)}
"""The fast tests of each part of the engine."""
USUAL = ("calendar", "case", "guide/conditions.py")
SLOW = ("case/test_random_walks.py", "case/test_agreement.py")
LONG = (
    "check/test_check.py::test_the_shipped_guides_have_nothing_to_say",
    "check/test_explore.py::test_in_every_shipped_story",
)
"""Files, and tests of other files, that take longer than all the others of their part."""
SWAPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the place, what was done, and the source that comes of it."""

    file: Path
    line: int
    what: str
    source: str

    @property
    def module(self) -> str:
        parts = self.file.relative_to(ENGINE).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.what}"


def mutants(file: Path) -> Iterator[Mutant]:
    """Every change of a file, in its order."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped = {id(inner) for node in ast.walk(tree) for part in _words(node) for inner in ast.walk(part)}
    for n, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            twin = next(other for m, other in enumerate(ast.walk(changed)) if m == n)
            change(twin)
            yield Mutant(file, _line(node), what, ast.unparse(ast.fix_missing_locations(changed)))


def _line(node: ast.AST) -> int:
    """Where the node stands; a comprehension has no place of its own."""
    return int(getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0))


def _words(node: ast.AST) -> Iterator[ast.AST]:
    """What says nothing of behaviour: annotations, decorators, how a field is shown, texts that explain."""
    yield from getattr(node, "decorator_list", ())
    yield from (part for name in ("annotation", "returns") if (part := getattr(node, name, None)) is not None)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "field":
        yield from (word for word in node.keywords if word.arg in ("repr", "compare"))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What can be done to a node, each with a name and a function that does it to the node's twin."""
    if isinstance(node, ast.Compare):
        for index, op in enumerate(node.ops):
            if new := SWAPPED.get(type(op)):
                yield f"{type(op).__name__} → {new.__name__}", lambda twin, i=index, o=new: twin.ops.__setitem__(i, o())
    elif isinstance(node, (ast.BoolOp, ast.BinOp)) and (new := SWAPPED.get(type(node.op))):
        yield f"{type(node.op).__name__} → {new.__name__}", lambda twin, o=new: setattr(twin, "op", o())
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value} → {not node.value}", lambda twin: setattr(twin, "value", not twin.value)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} → {node.value + 1}", lambda twin: setattr(twin, "value", twin.value + 1)
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield "condition turned round", _turned
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "filter dropped", lambda twin: setattr(twin, "ifs", [])
    elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Yield, ast.YieldFrom)):
        yield "yield dropped", lambda twin: setattr(twin, "value", ast.YieldFrom(ast.Tuple([], ast.Load())))


def _turned(twin: Any) -> None:
    twin.test = ast.UnaryOp(ast.Not(), twin.test)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module its changed source."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, _: Any, __: Any = None) -> Any:
        if name != self.mutant.module:
            return None
        folder = [str(self.mutant.file.parent)] if self.mutant.file.name == "__init__.py" else None
        spec = importlib.machinery.ModuleSpec(name, self, origin=str(self.mutant.file), is_package=folder is not None)
        spec.submodule_search_locations, spec.has_location = folder, True
        return spec

    def exec_module(self, module: Any) -> None:
        exec(compile(self.mutant.source, str(self.mutant.file), "exec"), module.__dict__)  # noqa: S102


def forked(mutant: Mutant | None, part: str) -> int:
    """A process that runs the fast tests of a part on a mutant and ends with 0 where all of them pass; its id."""
    if child := os.fork():
        return child
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    code = 3
    try:
        if mutant is not None:
            sys.meta_path.insert(0, _Changed(mutant))
        code = tested(part)
    finally:
        os._exit(code)


class Quick:
    """What the tests that deal out examples do here: few of them, always the same."""

    @staticmethod
    def pytest_configure() -> None:
        from hypothesis import settings

        settings.register_profile("mutate", deadline=None, max_examples=5, derandomize=True, database=None)
        settings.load_profile("mutate")


def part_of(mutant: Mutant) -> str:
    """The part of the engine that was changed."""
    return next(part for part in TESTS if f"/jiandu/{part}" in str(mutant.file))


def tested(part: str) -> int:
    """How the fast tests of a part end, its own first."""
    import pytest

    slow = [f"--ignore={ROOT / 'tests' / name}" for name in SLOW]
    options = [
        "-x",
        "-q",
        "--rootdir",
        str(ROOT),
        "-c",
        str(ROOT / "pyproject.toml"),
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        *(f"--deselect=tests/{name}" for name in LONG),
        *slow,
    ]
    folders = sorted(TESTS[part], key=lambda name: name.split("/")[0] != part.split("/")[0])
    return int(pytest.main([*options, *(str(ROOT / "tests" / name) for name in folders)], plugins=[Quick()]))


def noticed(chosen: list[Mutant], jobs: int, patience: float) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant and whether a test failed, or did not come to an end in time."""
    waiting, running = list(reversed(chosen)), dict[int, tuple[Mutant, float]]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            running[forked(mutant, part_of(mutant))] = (mutant, time.monotonic())
        child, status = os.waitpid(-1, os.WNOHANG)
        if child:
            mutant, _ = running.pop(child)
            yield mutant, os.waitstatus_to_exitcode(status) != 0
            continue
        for late, (_, since) in running.items():
            if time.monotonic() - since > patience:
                os.killpg(late, signal.SIGKILL)
        time.sleep(0.02)


def files(parts: list[str], only: str) -> Iterator[Path]:
    for part in parts:
        found = ENGINE / "jiandu" / part
        yield from (file for file in ([found] if found.is_file() else sorted(found.rglob("*.py"))) if only in str(file))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"of {', '.join(TESTS)}; by default all but the checks"
    )
    parser.add_argument("--sample", type=int, default=0, help="how many changes; all by default")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--only", default="", help="part of the path of the files to change")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--least", type=int, default=85, help="the least share of noticed changes, in per cent")
    asked = parser.parse_args()
    sys.path.remove(str(ROOT / "scripts"))  # where a `calendar` stands in the way of the library's
    parts = asked.parts or list(USUAL)
    if unknown := set(parts) - TESTS.keys():
        parser.error(f"no such part: {', '.join(unknown)}")
    every = [mutant for file in files(parts, asked.only) for mutant in mutants(file)]
    chosen = random.Random(asked.seed).sample(every, min(asked.sample or len(every), len(every)))  # noqa: S311
    began = time.monotonic()
    unchanged = [os.waitpid(forked(None, part), 0)[1] for part in {TESTS[part]: part for part in parts}.values()]
    if any(map(os.waitstatus_to_exitcode, unchanged)):
        sys.stdout.write("the fast tests fail without any change\n")
        return 2
    patience = 10 * (time.monotonic() - began)
    results = []
    for mutant, found in noticed(chosen, asked.jobs, patience):
        results.append(found)
        if not found:
            sys.stdout.write(f"survived  {mutant}\n")
            sys.stdout.flush()
    share = 100 * sum(results) / max(len(results), 1)
    sys.stdout.write(f"{sum(results)} of {len(results)} changes noticed ({share:.1f} %), of {len(every)} there are\n")
    return int(share < asked.least)


if __name__ == "__main__":
    sys.exit(main())
