"""Mistakes planted in the shipped guides, to see what `jiandu validate` finds: an index that anybody may add to.

One YAML file per family of checks, each a list of entries. An entry changes one shipped file in one way, as an author
might by mistake, and says which rule must find it and where:

- `id`: a name of its own;
- `guide`: the file that is changed, from guides/ on; `judged`: the file that is then judged, where it is another one
  (a lexicon is judged by a guide that uses it);
- `change`: `{find: exact text, put: new text}`, or a list of them; the text must stand there exactly once;
- `rule`: the name of the rule that must find it; `proposed: true` where no list of rules has that name yet;
- `at`: a piece of text that stands once in the changed file (in the file `in`, where the finding belongs elsewhere);
  the finding must stand at the line on which the piece begins;
- `from`: where the mistake comes from. «trap 5» is the fifth of thirty mistakes that were made, or nearly made, while
  the guides were first written on paper; a letter and number (F403) is the code under which tools of this kind are
  known to look for it, by family: Y text, S shape, R references, F flow, C conditions, T time, P people, D papers and
  steps, L law, N words, M soundness;
- `why`: what it would do to a case, in one sentence;
- `missed`: where the rule is there and does not find it: why not, in one sentence. The tests fail once it does.

The entries were written from the two lists and the guides, before any rule was read or run; one, the bare round, was
planted anew afterwards, as its first planting was no mistake. Add to them in the same way: plant first, then look. What
a rule misses stays here and is printed as missed.

All thirty traps are planted at least once. Parts of some cannot be, since no text of a guide makes the mistake:

- 8: a step required for one kind of case and merely optional for the other: both are lawful, only the law says which.
- 13: «plus 6 days» for «at least 7 days»: the number is a matter of the law's text, and stories at both edges prove it.
- 15: an opened case in another unit keeps the first unit's handler: the engine never inherits a holder across units.
- 16: an item that is opened again under a closed parent: the engine refuses it, whatever the guide says.
- 18: an outcome given twice on one way: `outcome` closes a case, and a closed case is given none.
- 24: a collective without a quorum has that of more than half; a signature claimed by whoever recorded the step, a
  number of the wrong unit's series: the engine takes both from the role that signs.
- 25: `enforce: warn` on all rules because one article is soft: that is a choice, and the handbook prints it.

Nor can these checks be planted by changing one file, since they compare two texts: unversioned-change, version-too-low,
effective-overlap. Nor too-large, which would be an entry of a mebibyte; nor uncovered, which takes a guide's stories
away instead of changing a text.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
GUIDES = HERE.parents[1] / "guides"
KEYS = {"id", "guide", "judged", "change", "rule", "proposed", "in", "at", "from", "why", "missed"}


@dataclass(frozen=True)
class Entry:
    """One planted mistake."""

    family: str
    given: dict[str, Any]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its id."""
        return str(self.given["id"])

    @property
    def rule(self) -> str:
        """The rule that must find it."""
        return str(self.given["rule"])

    @property
    def proposed(self) -> bool:
        """Whether no list of rules has that name yet."""
        return bool(self.given.get("proposed", False))

    @property
    def missed(self) -> str:
        """Why its rule does not find it, where it is known not to."""
        return str(self.given.get("missed", ""))

    @property
    def changed(self) -> str:
        """The file that is changed."""
        return str(self.given["guide"])

    @property
    def judged(self) -> str:
        """The file that is judged."""
        return str(self.given.get("judged", self.changed))

    @property
    def stands_in(self) -> str:
        """The file in which the finding stands."""
        return str(self.given.get("in", self.changed))

    @cached_property
    def text(self) -> str:
        """The changed file's text. Raises ValueError where what is to be changed does not stand there once."""
        text = (GUIDES / self.changed).read_text(encoding="utf-8")
        change = self.given["change"]
        for one in change if isinstance(change, list) else [change]:
            if text.count(one["find"]) != 1:
                raise ValueError(f"{self.name}: stands {text.count(one['find'])} times: {one['find']}")
            text = text.replace(one["find"], one["put"])
        return text

    @property
    def line(self) -> int:
        """The line at which the finding must stand. Raises ValueError where `at` does not name just one."""
        same = self.stands_in == self.changed
        text = self.text if same else (GUIDES / self.stands_in).read_text(encoding="utf-8")
        if text.count(self.given["at"]) != 1:
            raise ValueError(f"{self.name}: `at` stands {text.count(self.given['at'])} times")
        return text.count("\n", 0, text.index(self.given["at"])) + 1

    def plant(self, guides: Path) -> Path:
        """Write the changed text into a copy of the guides; the file to judge."""
        (guides / self.changed).write_text(self.text, encoding="utf-8")
        return guides / self.judged


def entries() -> list[Entry]:
    """Every planted mistake, by family."""
    return [
        Entry(file.stem, given)
        for file in sorted(HERE.glob("*.yaml"))
        for given in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
