"""Is this the right act now (`when`), and does it keep the named rules?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jiandu.case.situation import Situation
from jiandu.catalogue import Language
from jiandu.errors import Reason
from jiandu.guide.conditions import Condition, Has, Node, Records, Reference, Test, parts
from jiandu.guide.model import Act, Guide, Rule, weakest
from jiandu.guide.words import condition_words


def reasons(situation: Situation) -> Iterator[Reason]:
    """Why the act is not the right one now, or which of its rules it would break."""
    act = situation.act
    if act.when is not None and not act.when.holds(situation.before):
        facts = {"act": act.title, "condition": Said(act.when, situation.guide)}
        basis = act.basis
        yield Reason("not-applicable", facts, act.when.place, basis=tuple(map(str, basis)), mark=weakest(basis))
    for rule in act.rules:
        if not rule.warns and _broken(situation, rule):
            yield _reason(situation, rule)


def warnings(situation: Situation) -> tuple[Reason, ...]:
    """The rules that the act breaks and that only warn."""
    return tuple(_reason(situation, rule) for rule in situation.act.rules if rule.warns and _broken(situation, rule))


def conditions(act: Act) -> Iterator[Condition]:
    """Every condition that may bar the act."""
    if act.when is not None:
        yield act.when
    for rule in act.rules:
        yield rule.must
        if rule.if_ is not None:
            yield rule.if_


@dataclass(frozen=True, slots=True)
class Said:
    """A condition that is put into words when somebody reads them."""

    condition: Condition
    guide: Guide = field(repr=False, compare=False)

    def said(self, language: Language) -> str:
        """The condition in words."""
        return condition_words(self.condition, self.guide, language)


def _broken(situation: Situation, rule: Rule) -> bool:
    if not rule.applies(situation.day) or (situation.asking and _reads_own(situation.act, rule)):
        return False
    view = situation.after
    return (rule.if_ is None or rule.if_.holds(view)) and not rule.must.holds(view)


def _reads_own(act: Act, rule: Rule) -> bool:
    """Whether the rule speaks of what the act itself would write, which nobody knows before it is done."""
    conditions = (rule.must, rule.if_) if rule.if_ else (rule.must,)
    return any(_own(act, node) for condition in conditions for node in parts(condition.node))


def _own(act: Act, node: Node) -> bool:
    """Whether a part of a condition reads a field or a record that the act would write."""
    if isinstance(node, Has):
        return not set(act.fills).isdisjoint(node.fields)
    if isinstance(node, Records):
        return node.act == act.name
    written = {("record", act.name), *(("field", name) for name in act.fills)}
    operands = (node.left, *node.options) if isinstance(node, Test) else ()
    return any(isinstance(operand, Reference) and (operand.kind, operand.name) in written for operand in operands)


def _reason(situation: Situation, rule: Rule) -> Reason:
    facts = {"act": situation.act.title, "says": rule.says, "condition": Said(rule.must, situation.guide)}
    return Reason(
        "rule-broken", facts, rule.place, rule=rule.id, basis=tuple(map(str, rule.basis)), mark=weakest(rule.basis)
    )
