"""What must be done before a transition: its steps, and what missed deadlines ask for before the matter may close."""

from collections.abc import Iterator

from jiandu.case import deadlines
from jiandu.case.situation import Situation
from jiandu.errors import Reason
from jiandu.guide.model import weakest
from jiandu.guide.words import title_words


def reasons(situation: Situation) -> Iterator[Reason]:
    """The steps and duties still open. What merely happened to us (an `event`) waits for none of them."""
    act, view = situation.act, situation.before
    if act.event:
        return
    for step in situation.guide.awaited.get(act.name, ()):
        entered = not step.owner or view.visit(step.owner) > 0  # a duty of a visit that never began is none
        needed = entered and (step.when is None or step.when.holds(view))
        if needed and not view.is_done(step.step):
            basis = step.basis
            facts = {"act": act.title, "step": title_words(step.step, situation.guide)}
            yield Reason("step-missing", facts, step.place, basis=tuple(map(str, basis)), mark=weakest(basis))
    if act.closes:
        yield from _duties(situation)
        yield from _held(situation)


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
