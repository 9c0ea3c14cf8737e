"""Taking bodies out of sight for good: records of minors, personal data that must go. Law, not the guide, allows it."""

from collections.abc import Collection, Iterator, Sequence

from jiandu.case.draft import Draft, Refusal
from jiandu.case.effects import entry
from jiandu.case.judged import invalid
from jiandu.case.model import Case
from jiandu.case.situation import Actor, Request, Situation, World
from jiandu.catalogue import said
from jiandu.errors import Reason
from jiandu.guide.model import Act, Guide


def seal(
    guide: Guide, case: Case, actor: Actor, request: Request, world: World, seqs: Sequence[int], there: Collection[int]
) -> Draft | Refusal:
    """`seqs` are the entries whose bodies go, of those `there`; `request.people` is the second person who answers."""
    act = Act("seal", said("act-seal"), guide.states[case.state].place, (), owner="", step="seal")
    situation = Situation(guide, case, act, actor, request, world)
    if reasons := tuple(_against(situation, seqs, there)):
        return Refusal(reasons)
    effects = [{"kind": "body_sealed", "entry": seq} for seq in sorted(set(seqs))]
    return entry(situation, "seal", effects, {"reason": request.reason})


def _against(situation: Situation, seqs: Sequence[int], there: Collection[int]) -> Iterator[Reason]:
    request, place = situation.request, situation.act.place
    if not seqs or not set(seqs) <= set(there):
        gone = tuple(str(seq) for seq in sorted(set(seqs) - set(there)))
        yield Reason("seal-nothing", {"seqs": gone}, place)
    if not request.people or situation.actor.id in request.people:
        yield Reason("seal-two-people", {"name": situation.actor.id}, place)
    if not request.reason.strip():
        yield invalid(situation, said("field-reason"), "value-missing")
