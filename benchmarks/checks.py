"""How long it takes to judge guides, beside the tools that people use for such files today, in one run on one machine.

    python benchmarks/checks.py                  measure, print the table
    python benchmarks/checks.py --write          and put it into docs/performance.md

Every figure is that of a whole process: median, and from the quickest to the slowest of the runs, which take turns.
The peers come from PyPI into a folder of their own. What they find is another matter: none of them knows what a guide
means.
"""
# ruff: noqa: S603, T201  a benchmark starts the commands it names, and prints

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = ("check-jsonschema", "yamllint", "zizmor")
PAGE = ROOT / "docs/performance.md"
MARK = re.compile(r"(?<=<!-- guides -->\n).*?(?=<!-- end -->)", re.DOTALL)
MANY = 200


@dataclass
class Figure:
    """A command that is timed, what its row is called, and the seconds it took."""

    row: str
    who: str
    command: list[str]
    before: Callable[[], None] | None = None
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


class Bench:
    """The files to be judged and the commands that judge them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.peers = folder / "peers"
        self.cache = folder / "cache"
        self.guide = ROOT / "guides/case-filing.yaml"
        self.many = self._many()
        self.workflows = self._workflows()

    def figures(self) -> list[Figure]:
        python, ours = sys.executable, [sys.executable, str(ROOT / "cli.py"), "validate"]
        schema = ["--schemafile", str(ROOT / "schemas/guide.schema.json")]
        one, many = str(self.guide), [str(path) for path in sorted(self.many.glob("*.yaml"))]
        peer = {name: str(self.peers / "bin" / name) for name in PEERS}
        yamllint = [peer["yamllint"], "-d", "{extends: default, rules: {line-length: disable}}"]
        return [
            Figure(
                "one guide", "floor: import click, yaml, jsonschema", [python, "-c", "import click, yaml, jsonschema"]
            ),
            Figure("one guide", "jiandu validate", [*ours, one], self._forget),
            Figure("one guide", "jiandu validate --strict", [*ours, "--strict", one], self._forget),
            Figure("one guide", "check-jsonschema (schema alone)", [peer["check-jsonschema"], *schema, one]),
            Figure("one guide", "yamllint (style alone)", [*yamllint, one]),
            Figure(f"{MANY} guides", "jiandu validate", [*ours, *many], self._forget),
            Figure(f"{MANY} guides", "jiandu validate, nothing changed", [*ours, *many]),
            Figure(f"{MANY} guides", "check-jsonschema (schema alone)", [peer["check-jsonschema"], *schema, *many]),
            Figure(f"{MANY} guides", "yamllint (style alone)", [*yamllint, *many]),
            Figure(
                f"{MANY} guides",
                "zizmor (workflows of that size)",
                [peer["zizmor"], "--offline", "--quiet", str(self.workflows)],
            ),
        ]

    def setup(self) -> None:
        """Fetches the peers."""
        subprocess.run([sys.executable, "-m", "venv", str(self.peers)], check=True)
        pip = [str(self.peers / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PEERS], check=True)

    def run(self, figure: Figure) -> None:
        if figure.before:
            figure.before()
        env = {**os.environ, "JIANDU_CACHE": str(self.cache), "LANG": "C.UTF-8"}
        began = time.perf_counter()
        done = subprocess.run(figure.command, env=env, capture_output=True, check=False)
        figure.seconds.append(time.perf_counter() - began)
        if done.returncode not in (0, 1, 13, 14):  # peers say with these that they found something
            sys.exit(f"{' '.join(figure.command[:3])} … ends with {done.returncode}: {done.stderr.decode()[-400:]}")

    def _forget(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)

    def _many(self) -> Path:
        """The shipped guides under so many ids, with the lexicons beside them."""
        home = self.folder / "guides"
        shutil.copytree(ROOT / "guides/lexicon", home / "lexicon")
        texts = sorted((ROOT / "guides").glob("*.yaml"))
        for n in range(MANY):
            text = texts[n % len(texts)].read_text(encoding="utf-8")
            name = texts[n % len(texts)].stem
            (home / f"{name}-{n}.yaml").write_text(text.replace(f"id: {name}", f"id: {name}-{n}", 1), encoding="utf-8")
        return home

    def _workflows(self) -> Path:
        """GitHub workflows of the same number of lines, for the linter that judges those."""
        home = self.folder / "workflows/.github/workflows"
        home.mkdir(parents=True)
        lines = len(self.guide.read_text(encoding="utf-8").splitlines())
        step = "      - name: step {n}\n        run: echo {n}\n"
        job = "  job{j}:\n    runs-on: ubuntu-latest\n    steps:\n"
        for n in range(MANY):
            body = "".join(job.format(j=j) + "".join(step.format(n=k) for k in range(10)) for j in range(lines // 23))
            (home / f"w{n}.yml").write_text(f"name: w{n}\non: push\npermissions: {{}}\njobs:\n{body}", encoding="utf-8")
        return home.parents[1]


def table(figures: list[Figure], runs: int) -> str:
    """The figures as Markdown, and as bars."""
    least = {row: min(f.median for f in figures if f.row == row) for row in dict.fromkeys(f.row for f in figures)}
    rows = [
        f"| {f.row} | {f.who} | {f.median:.2f} s | {min(f.seconds):.2f}–{max(f.seconds):.2f} |"
        f" {f.median / least[f.row]:.1f} |"
        for f in figures
    ]
    widest = max(f.median for f in figures)
    bars = [f"{f.row:>11}  {f.who:<40} {'█' * max(1, round(40 * f.median / widest))} {f.median:.2f} s" for f in figures]
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    where = f"{machine}; {runs} runs each, in turns."
    head = "| files | command | median | range | × the quickest |\n| --- | --- | --- | --- | --- |\n"
    return f"{where}\n\n{head}" + "\n".join(rows) + "\n\n```text\n" + "\n".join(bars) + "\n```\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jiandu-bench-") as folder:
        bench = Bench(Path(folder))
        bench.setup()
        figures = bench.figures()
        for _ in range(asked.runs):
            for figure in figures:
                bench.run(figure)
    text = table(figures, asked.runs)
    print(text)
    if asked.write:
        PAGE.write_text(MARK.sub(lambda _: text, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
