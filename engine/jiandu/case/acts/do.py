"""Doing a step, a transition, or one of a paper's own acts."""

from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import drafted
from jiandu.case.gate import gate, warnings
from jiandu.case.machine import machine_of
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.errors import Reason
from jiandu.guide.model import Act, Guide, weakest
from jiandu.names import closest


def do(guide: Guide, case: Case, actor: Actor, request: Request, world: World) -> Draft | Refusal:
    """What the act would write, or every reason of the first phase that has one."""
    if reason := not_here(guide, case, request.name):
        return Refusal((reason,))
    situation = Situation(guide, case, guide.acts[request.name], actor, request, world)
    found: tuple[Reason, ...] = ()

    def opens() -> bool:
        nonlocal found
        found = gate(situation)
        return not found

    state = machine_of(guide).attempt(case.state, request.name, opens)
    if state is None:
        return Refusal(found)
    return drafted(situation, warnings(situation))


def not_here(guide: Guide, case: Case, name: str) -> Reason | None:
    """Why there is no such thing here (phase one); None where there is."""
    act = guide.acts.get(name)
    if act is not None and (reason := suspended(guide, case, act)):
        return reason
    if case.status == "finished":
        return Reason("finished", {"state": guide.states[case.state].title}, guide.states[case.state].place)
    if act is None:
        guess = closest(name, guide.acts)
        return Reason("unknown-name", {"name": name, "guess": guess}, message="unknown-name.guess" if guess else "")
    return None if is_here(guide, case, act) else _not_offered(guide, case, act)


def suspended(guide: Guide, case: Case, act: Act) -> Reason | None:
    """Why the act waits until the case is resumed; what others do does not wait."""
    if case.status != "suspended" or act.event or act.verb == "answer":
        return None
    return Reason("suspended", {"act": act.title}, guide.states[case.state].place)


def is_here(guide: Guide, case: Case, act: Act) -> bool:
    """Whether the act is one of the present state, or of a step that an event has passed over."""
    if act.step in case.owed and not act.moves:
        return True
    return case.state in act.states and not elsewhere(guide, case, act)


def elsewhere(guide: Guide, case: Case, act: Act) -> bool:
    """Whether a service or an answer, possible in every open state, has nothing to be about outside its own."""
    if act.verb not in ("serve", "answer") or case.state in _homes(guide, act):
        return False
    ours = [paper for paper in case.papers if paper.step == act.step]
    if act.verb == "answer":
        return not any(paper.served and paper.answered_on is None for paper in ours)
    return not any(paper.served or paper.status == guide.documents[paper.document].ready for paper in ours)


def _homes(guide: Guide, act: Act) -> tuple[str, ...]:
    """The states that an act belongs to: of a paper's acts, those in which it is drafted."""
    return guide.openers[act.step].states if act.verb else act.states


def _not_offered(guide: Guide, case: Case, act: Act) -> Reason:
    state = guide.states[case.state]
    homes = tuple(guide.states[home].title for home in _homes(guide, act))
    facts = {"act": act.title, "state": state.title, "homes": homes}
    basis = (*act.basis, *(citation for citation in state.basis if citation not in act.basis))
    message = ""
    if state.why:
        facts["why"] = state.why
        message = "not-offered.why"
    return Reason("not-offered", facts, act.place, basis=tuple(map(str, basis)), mark=weakest(basis), message=message)
