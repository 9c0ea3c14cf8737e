"""The only door to `transitions`: it decides whether a move is legal, with a throw-away context for each attempt.

One machine a guide, shared by threads: one trigger an act, one transition per trigger and state, one gate each. The
library gets no strings to resolve, no callbacks and no model to keep, so nothing of a guide is ever looked up as code,
and no error can be swallowed half-way. States and triggers are prefixed: no id is forbidden for the library's sake.
"""

import logging
from collections.abc import Callable
from typing import Any

from transitions import EventData, Machine, State

from jiandu.guide.model import Act, Guide

Gate = Callable[[], bool]

_log = logging.getLogger("transitions")
if _log.level == logging.NOTSET:  # at INFO its own records make an act four times slower
    _log.setLevel(logging.WARNING)


class _Attempt:
    """What the library moves: lives for one attempt, is never registered."""

    __slots__ = ("gate", "state")

    def __init__(self, state: str, gate: Gate) -> None:
        self.state = state
        self.gate = gate


class CaseMachine:
    """The states and acts of a guide as `transitions` sees them; immutable once built."""

    def __init__(self, guide: Guide) -> None:
        self._machine = Machine(
            model=None,
            states=[State(_state(name), final=state.final) for name, state in guide.states.items()],
            initial=_state(guide.initial),
            transitions=[
                {"trigger": f"act:{act.name}", "source": _state(state), "dest": dest, "conditions": _asked}
                for act in guide.acts.values()
                for state in _sources(guide, act)
                for dest in [_state(act.to) if act.moves else None]
            ],
            auto_transitions=False,
            send_event=True,
            queued=False,
            ignore_invalid_triggers=False,
        )

    def attempt(self, state: str, act: str, gate: Gate) -> str | None:
        """The state after the act if its gate opens, else None. The act has to be one of the state."""
        attempt: Any = _Attempt(_state(state), gate)
        moved = self._machine.events[f"act:{act}"].trigger(attempt)
        return str(attempt.state)[3:] if moved else None


_built: dict[str, CaseMachine] = {}


def machine_of(guide: Guide) -> CaseMachine:
    """The machine of a guide, built once for its digest."""
    return _built.get(guide.digest) or _built.setdefault(guide.digest, CaseMachine(guide))


def _sources(guide: Guide, act: Act) -> tuple[str, ...]:
    """Where an act is possible: a step in every open state, because an event may pass over it and leave it owed."""
    return act.states if act.moves else tuple(name for name, state in guide.states.items() if not state.final)


def _state(name: str) -> str:
    return f"st:{name}"


def _asked(event: EventData) -> bool:
    attempt: Any = event.model
    return bool(attempt.gate())
