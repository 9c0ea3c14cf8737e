"""What must be done before a transition: its steps, and what missed deadlines ask for before the matter may close."""

from collections.abc import Iterator

from jiandu.case import deadlines
from jiandu.case.situation import Situation
from jiandu.case.view import CaseView
from jiandu.errors import Reason
from jiandu.guide.model import Act, weakest
from jiandu.guide.words import title_words


def reasons(situation: Situation) -> Iterator[Reason]:
    """The cases held, the steps and duties still open. What merely happened to us (an `event`) waits only for those."""
    act, view = situation.act, situation.before
    if act.closes:
        yield from _held(situation)
    if act.event:
        return
    owed = [view.opening_act(step) for step in situation.case.owed] if act.moves else []
    passed = [step for step in owed if _needed(view, step)]
    for step in {step.name: step for step in (*open_steps(situation), *passed)}.values():
        basis = step.basis
        facts = {"act": act.title, "step": title_words(step.step, situation.guide)}
        yield Reason("step-missing", facts, step.place, basis=tuple(map(str, basis)), mark=weakest(basis))
    if act.closes:
        yield from _duties(situation)


def open_steps(situation: Situation) -> list[Act]:
    """The steps that the act waits for (or, an event, passes over) and that are not done."""
    view = situation.before
    awaited = situation.guide.awaited.get(situation.act.name, ())
    return [step for step in awaited if _needed(view, step) and not view.is_done(step.step)]


def _needed(view: CaseView, step: Act) -> bool:
    entered = not step.owner or view.visit(step.owner) > 0  # a duty of a visit that never began is none
    return entered and (step.when is None or step.when.holds(view))


def _held(situation: Situation) -> Iterator[Reason]:
    """The cases that this one may not be closed over."""
    for relation in situation.guide.related.values():
        open_ones = [kin for kin in situation.world.kin if kin.relation == relation.id and kin.status in _OPEN]
        if relation.holds and open_ones:
            facts = {"act": situation.act.title, "relation": relation.title, "n": len(open_ones)}
            yield Reason("held-open", facts, situation.act.place)


_OPEN = ("open", "suspended")


def _duties(situation: Situation) -> Iterator[Reason]:
    for owed in deadlines.owed(situation.before):
        titles = tuple(title_words(name, situation.guide) for name in owed.acts)
        facts = {"act": situation.act.title, "deadline": owed.deadline.title, "due": owed.run.due, "steps": titles}
        basis = owed.deadline.basis
        cited, mark = tuple(map(str, basis)), weakest(basis)
        yield Reason("step-missing", facts, owed.deadline.place, basis=cited, mark=mark, message="duty-open")
