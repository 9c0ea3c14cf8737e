"""What happens to a case: pure. An act's own function answers whether it may be done, `evolve` what comes of it."""

from collections.abc import Callable, Mapping

from jiandu.case.acts.adopt import adopt
from jiandu.case.acts.amend import amend
from jiandu.case.acts.assign import assign
from jiandu.case.acts.do import do
from jiandu.case.acts.extend import extend
from jiandu.case.acts.link import link
from jiandu.case.acts.migrate import migrate
from jiandu.case.acts.note import note
from jiandu.case.acts.open import open_case
from jiandu.case.acts.rescind import rescind
from jiandu.case.acts.seal import seal
from jiandu.case.acts.suspend import resume, suspend
from jiandu.case.acts.tick import tick
from jiandu.case.draft import Draft, Refusal
from jiandu.case.evolve import evolve
from jiandu.case.model import Case, Paper, Run, project, restore
from jiandu.case.offers import Offer, offers
from jiandu.case.situation import Actor, Request, World
from jiandu.guide.model import Guide

VERBS: Mapping[str, Callable[[Guide, Case, Actor, Request, World], Draft | Refusal]] = {
    "do": do,
    "amend": amend,
    "assign": assign,
    "extend": extend,
    "link": link,
    "note": note,
    "rescind": rescind,
    "resume": resume,
    "suspend": suspend,
}
"""The acts on a case that stands, by their verb."""

__all__ = [
    "VERBS",
    "Actor",
    "Case",
    "Draft",
    "Offer",
    "Paper",
    "Refusal",
    "Request",
    "Run",
    "World",
    "adopt",
    "do",
    "evolve",
    "migrate",
    "offers",
    "open_case",
    "project",
    "restore",
    "seal",
    "tick",
]
