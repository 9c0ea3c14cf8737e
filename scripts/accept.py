"""Proves, in a fresh clone in an empty folder, what a release promises: one line a promise, and the first that breaks
ends it.

    python scripts/accept.py 1          what is committed (HEAD), and the promises of release 1
    python scripts/accept.py 2          what release 2 adds, after a clone, its tests and its checks; 3, 4 … likewise
    python scripts/accept.py 2 --tree   what lies in the working tree, committed or not
    python scripts/accept.py 2 --keep   leave the folder behind

Needs the standard library, git and make.
"""
# ruff: noqa: S603, T201  a script prints and starts the commands it names

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = re.compile(r"^(JIANDU_|PYTHON|VIRTUAL_ENV|MAKE|MFLAGS|GIT_|COVERAGE_|LC_|LANG)")
"""Variables of the one who asks that a stranger would not have."""
CLOSING = re.compile(r"^=* ?(\d+ .*) in [\d.]+s\b.*$", re.MULTILINE)
"""Pytest's last line: `=== 812 passed in 93.10s ===`."""
GUIDES = (
    "case-filing", "circuit-inspection", "clue-transfer", "early-intervention", "governance-suggestion",
    "investigation", "items/circuit-finding", "items/sentence-change-item", "sentence-change", "trial",
)  # fmt: skip
COVERAGE = "states=100,transitions=100,steps=100"


_RULES = "import json; from jiandu.check.rules import rules; print(json.dumps([rule.id for rule in rules()]))"


class BrokenError(Exception):
    """A promise that does not hold; its text is what a person needs to see why."""


class Acceptance:
    """The promises of a release, kept one by one in `home`; each method's first line is what it promises."""

    def __init__(self, home: Path, *, tree: bool) -> None:
        self.home, self.tree = home, tree
        self.clone, self.wheels = home / "clone", home / "wheels"
        self.empty, self.nobody = home / "empty", home / "venv"
        kept = {name: value for name, value in os.environ.items() if not OURS.match(name)}
        python = str(Path(sys.base_prefix) / "bin" / "python3")
        self.environment = {**kept, "CI": "true", "LANG": "C.UTF-8", "PYTHON": python}

    @property
    def releases(self) -> "tuple[Callable[[], list[Callable[[], None]]], ...]":
        """The promises of each release."""
        return self.first, self.second, self.third, self.fourth, self.fifth, self.sixth

    def promises(self, release: int) -> list[Callable[[], None]]:
        """What the release promises. The tests hold what those before it promised, and every release runs them."""
        return [self.cloned, self.tested, self.checked, *self.releases[release - 1]()]

    def first(self) -> list[Callable[[], None]]:
        return [
            self.demo_in_chinese,
            self.demo_in_english,
            self.guides_valid,
            self.stories_told,
            self.wheel_built,
            self.one_name,
            self.wheel_validates,
            self.wheel_demonstrates,
            self.bare_checkout,
        ]

    def second(self) -> list[Callable[[], None]]:
        return [self.walked_whole, self.walked_at_random, self.drawn, self.reference_written, self.mutants_killed]

    def third(self) -> list[Callable[[], None]]:
        return [
            self.guides_valid,
            self.walked_whole,
            self.eight_guides,
            self.questions_answered,
            self.one_hand,
            self.measured,
        ]

    def fourth(self) -> list[Callable[[], None]]:
        return [self.guides_valid, self.planted, self.pages_of_rules, self.checks_mutated, self.soaked, self.timed]

    def fifth(self) -> list[Callable[[], None]]:
        return [self.restarted, self.recovered, self.examples_run, self.acts_timed]

    def sixth(self) -> list[Callable[[], None]]:
        return [self.attacked, self.told_to_a_court, self.mined, self.soaked_with_kills]

    def cloned(self) -> None:
        """a clone in an empty folder"""
        self.clone.parent.mkdir(exist_ok=True)
        if not self.tree:
            self.run("git", "clone", "--quiet", "--no-hardlinks", ROOT.as_uri(), str(self.clone), at=self.home)
            return
        listed = self.run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", at=ROOT)
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.clone / name)

    def demo_in_chinese(self) -> None:
        """make demo, in Chinese"""
        said = self.run("make", "demo", "LANG=zh_CN.UTF-8")
        self.holds(_chinese(said) > 200, "make demo says too little in Chinese", said)

    def demo_in_english(self) -> None:
        """make demo, in English"""
        said = self.run("make", "demo", "LANG=en_US.UTF-8")
        asked = self.run(".venv/bin/jiandu", "--lang", "en", "demo")
        for text in (said, asked):
            self.holds(len(text) > 500 and _chinese(text) < len(text) / 20, "the demo does not speak English", text)

    def tested(self) -> None:
        """make test: all pass, none skipped, deselected or expected to fail"""
        if shutil.which("node") is None:  # one test speaks JavaScript
            self.run("make", ".venv/ready")
            pip = (".venv/bin/python", "-m", "pip", "--disable-pip-version-check")
            self.run(*pip, "install", "--quiet", "--editable", ".[node]")
        said = self.run("make", "test")
        closing = CLOSING.findall(said)
        self.holds(closing, "pytest's closing line is missing", said)
        self.holds(re.fullmatch(r"\d+ passed", closing[-1]), closing[-1], said)
        print(f"    {closing[-1]}")

    def checked(self) -> None:
        """make check"""
        self.run("make", "check")

    def guides_valid(self) -> None:
        """jiandu validate --strict guides says nothing"""
        said = self.run(".venv/bin/jiandu", "validate", "--strict", "guides")
        self.holds(said == "", "validate has something to say", said)

    def stories_told(self) -> None:
        """jiandu test guides reaches every state, transition and step"""
        self.run(".venv/bin/jiandu", "test", "guides", "--fail-under", COVERAGE)

    def wheel_built(self) -> None:
        """the wheel is built and goes into an empty environment"""
        pip = ("-m", "pip", "--disable-pip-version-check")
        self.run(".venv/bin/python", *pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(self.wheels), ".")
        wheels = [str(path) for path in self.wheels.glob("*.whl")]
        self.holds(len(wheels) == 1, "one wheel is wanted", "\n".join(wheels))
        self.run(sys.executable, "-m", "venv", str(self.nobody), at=self.home)
        self.before = self.site_packages()
        self.run(str(self.nobody / "bin/python"), *pip, "install", "--quiet", *wheels, at=self.home)
        self.empty.mkdir()

    def one_name(self) -> None:
        """one top-level name reaches site-packages"""
        ask = "from importlib.metadata import files; print(*sorted({f.parts[0] for f in files('jiandu')}))"
        names = self.run(str(self.nobody / "bin/python"), "-c", ask, at=self.empty).split()
        ours = [name for name in names if not name.endswith(".dist-info") and name != ".."]
        self.holds(ours == ["jiandu"], "other names come along", " ".join(names))
        installed = self.site_packages() - self.before
        for folder in ("guides", "schemas", "engine", "tests", "cli.py"):
            self.holds(folder not in installed, f"{folder} is in site-packages", " ".join(sorted(installed)))

    def wheel_validates(self) -> None:
        """the installed wheel validates its guides, with no checkout in sight"""
        self.run(str(self.nobody / "bin/jiandu"), "validate", at=self.empty)

    def wheel_demonstrates(self) -> None:
        """the installed wheel plays the demo, in an empty folder"""
        said = self.run(str(self.nobody / "bin/jiandu"), "demo", at=self.empty)
        self.holds(len(said) > 500, "the demo says too little", said)

    def bare_checkout(self) -> None:
        """python cli.py --help, from a checkout that nobody installed"""
        python = str(self.nobody / "bin/python")
        self.run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "jiandu", at=self.empty)
        said = self.run(python, "cli.py", "--help")
        self.holds("validate" in said, "the help does not name the commands", said)

    def walked_whole(self) -> None:
        """jiandu test guides also reaches every time limit, and nineteen in twenty of the conditions"""
        self.run(".venv/bin/jiandu", "test", "guides", "--fail-under", f"{COVERAGE},guards=95,deadlines=100")

    def walked_at_random(self) -> None:
        """random acts against the independent telling: every kind of act a hundred times, every guide to its end"""
        self.environment["JIANDU_SOAK"] = "1"
        said = self.run(".venv/bin/pytest", "-q", "-s", "-p", "no:cacheprovider", "tests/case/test_random_walks.py")
        del self.environment["JIANDU_SOAK"]
        share = re.search(r"^\d+ of \d+ acts accepted \((\d+) %\)", said, re.MULTILINE)
        self.holds(share and int(share[1]) >= 30, "fewer than 30 % of the acts are accepted", said)
        for line in said.splitlines():
            if "acts accepted" in line or " ends after " in line:
                print(f"    {line.partition(' refused ')[0]}")

    def drawn(self) -> None:
        """every guide is drawn, as Mermaid and as DOT"""
        for guide in sorted((self.clone / "guides").glob("*.yaml")):
            for form, start in (("mermaid", "stateDiagram"), ("dot", "digraph")):
                said = self.run(".venv/bin/jiandu", "graph", guide.stem, "--format", form)
                self.holds(start in said, f"{guide.stem} is not drawn as {form}", said)

    def reference_written(self) -> None:
        """the language reference is what the schemas say today"""
        pages = {page: page.read_bytes() for page in (self.clone / "docs/language").glob("*.md")}
        self.run(".venv/bin/python", "scripts/language.py")
        for page, written in pages.items():
            self.holds(page.read_bytes() == written, f"{page.name} is stale", "")

    def mutants_killed(self) -> None:
        """make mutate: of 200 changes of the code, the tests notice 85 in a hundred"""
        said = self.run("make", "mutate", "ARGS=--sample 200")
        print(f"    {said.splitlines()[-1]}")

    def eight_guides(self) -> None:
        """the eight guides are there, and the guides of what is found in two of them"""
        there = {path.relative_to(self.clone / "guides").as_posix() for path in self.clone.glob("guides/*.yaml")}
        there |= {path.relative_to(self.clone / "guides").as_posix() for path in self.clone.glob("guides/items/*.yaml")}
        self.holds(there == {f"{name}.yaml" for name in GUIDES}, "guides are missing, or there are others", str(there))

    def questions_answered(self) -> None:
        """of everything to be done every guide says who, by when, on which article, and what if not"""
        for name in GUIDES:
            said = self.run(".venv/bin/jiandu", "--lang", "zh", "show", name, "--questions", "--json")
            asked = json.loads(said)["questions"]
            self.holds(asked and all(all(one.values()) for one in asked), f"{name} leaves a question open", said)

    def one_hand(self) -> None:
        """the guides are one work, each row of their law is carried out or excused, their pages are fresh"""
        self.run(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "tests/guides", "tests/docs/test_guides.py")

    def measured(self) -> None:
        """how much of each guide is our own choice, open to all states, optional, or only a warning"""
        said = self.run(".venv/bin/python", "scripts/measures.py")
        for line in said.splitlines():
            print(f"    {line}")

    def planted(self) -> None:
        """of the planted mistakes at least sixty are found, each by its rule, at its line, and with nothing besides"""
        said = self.run(".venv/bin/python", "scripts/planted.py")
        print("\n".join(f"    {line}" for line in said.splitlines()))
        closing = self.run(".venv/bin/pytest", "-q", "-s", "-p", "no:cacheprovider", "tests/planted", "-k", "counted")
        found = re.search(r"(\d+) planted, (\d+) found, (\d+) missed", closing)
        self.holds(found and int(found[2]) >= 60, "fewer than sixty are found", closing)

    def pages_of_rules(self) -> None:
        """every rule explains itself, in both languages, and finds its fault in the example on its page"""
        listed = json.loads(self.run(".venv/bin/python", "-c", _RULES))
        for rule in listed:
            for language in ("zh", "en"):
                said = self.run(".venv/bin/jiandu", "--lang", language, "validate", "--explain", rule)
                self.holds(len(said.splitlines()) > 2, f"{rule} has no page", said)
        self.run(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "tests/check/rules")

    def checks_mutated(self) -> None:
        """make mutate: of 100 changes of the checks, the tests notice 85 in a hundred"""
        said = self.run("make", "mutate", "ARGS=check --sample 100")
        print(f"    {said.splitlines()[-1]}")

    def soaked(self) -> None:
        """the last long run of the fuzzer found nothing, and is not old"""
        self.run(".venv/bin/python", "scripts/soak.py", "--check", "--days", "60", "fuzz")

    def timed(self) -> None:
        """docs/performance.md says how long guides take"""
        self.page_has("guides", 10)

    def restarted(self) -> None:
        """three engines replaced one after another under load lose nothing and double nothing"""
        self.run(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "tests/crash/test_rolling_restart.py")

    def recovered(self) -> None:
        """a program that died between commit and answer gets its answer from the same key"""
        said = self.run(".venv/bin/python", "examples/recovery.py")
        self.holds("one case: True - entries: 1" in said, "the second run did otherwise", said)

    def examples_run(self) -> None:
        """every example is started and does what it says"""
        self.run(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "tests/examples")

    def acts_timed(self) -> None:
        """docs/performance.md says how long acts take to the disk"""
        self.page_has("store", 9)

    def attacked(self) -> None:
        """each attack on the trail ends in the finding that the page names, or in none where it says so"""
        self.run(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "tests/trail", "tests/store/test_tampering.py")

    def told_to_a_court(self) -> None:
        """a bundle checks itself with the bare interpreter in an empty folder, and finds a changed byte"""
        self.run(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "tests/export")

    def mined(self) -> None:
        """PM4Py, in an environment of its own, reads the exports and agrees"""
        self.run(sys.executable, "-m", "venv", str(self.home / "pm4py"), at=self.home)
        python = str(self.home / "pm4py/bin/python")
        self.run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pm4py", at=self.home)
        print(f"    {self.run('.venv/bin/python', 'scripts/mined.py', python).splitlines()[-1]}")

    def soaked_with_kills(self) -> None:
        """the last storm killed ten thousand writers, broke no promise, and is not old"""
        self.run(".venv/bin/python", "scripts/soak.py", "--check", "--days", "60", "storm")
        figures = json.loads((self.clone / "docs/soak.json").read_text(encoding="utf-8"))["storm"]["figures"]
        self.holds(figures["kills"] >= 10_000, "fewer than ten thousand kills", str(figures))

    def page_has(self, part: str, rows: int) -> None:
        """Whether a table of that many rows stands in its part of the page."""
        page = (self.clone / "docs/performance.md").read_text(encoding="utf-8")
        table = page.partition(f"<!-- {part} -->")[2].partition("<!-- end -->")[0]
        self.holds(table.count("\n| ") > rows, f"the table of {part} is not there", table)

    # how

    def run(self, *command: str, at: Path | None = None) -> str:
        """What the command prints, on either stream. Raises BrokenError where it fails."""
        done = subprocess.run(
            command,
            cwd=at or self.clone,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        self.holds(done.returncode == 0, f"{' '.join(command)} ends with {done.returncode}", done.stdout)
        return done.stdout

    def holds(self, truth: object, otherwise: str, said: str) -> None:
        if not truth:
            raise BrokenError(f"{otherwise}\n\n{said}")

    def site_packages(self) -> set[str]:
        return {path.name for path in self.nobody.glob("lib/python*/site-packages/*")}


def accept(home: Path, release: int, *, tree: bool) -> int:
    """Keeps every promise in turn; 1 at the first that breaks."""
    for promise in Acceptance(home, tree=tree).promises(release):
        began = time.monotonic()
        words = str(promise.__doc__)
        try:
            promise()
        except BrokenError as broken:
            print(f"broken {time.monotonic() - began:6.1f} s  {words}\n\n{broken}")
            return 1
        print(f"kept   {time.monotonic() - began:6.1f} s  {words}", flush=True)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=int, choices=(1, 2, 3, 4, 5, 6), help="whose promises")
    parser.add_argument("--tree", action="store_true", help="the working tree in place of HEAD")
    parser.add_argument("--keep", action="store_true", help="leave the folder behind")
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="jiandu-"))
    try:
        return accept(home, asked.release, tree=asked.tree)
    finally:
        if asked.keep:
            print(f"left in {home}")
        else:
            shutil.rmtree(home, ignore_errors=True)


def _chinese(text: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text)


if __name__ == "__main__":
    sys.exit(main())
