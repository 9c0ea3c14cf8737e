"""What happens to a case: pure. `decide` answers whether an act may be done, `evolve` what the case is after it."""

from jiandu.case.acts.do import do
from jiandu.case.acts.open import open_case
from jiandu.case.draft import Draft, Refusal
from jiandu.case.evolve import evolve
from jiandu.case.model import Case, Paper, Run, project, restore
from jiandu.case.offers import Offer, offers
from jiandu.case.situation import Actor, Request, World

__all__ = [
    "Actor",
    "Case",
    "Draft",
    "Offer",
    "Paper",
    "Refusal",
    "Request",
    "Run",
    "World",
    "do",
    "evolve",
    "offers",
    "open_case",
    "project",
    "restore",
]
