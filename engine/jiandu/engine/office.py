"""Who acts and where: persons with their roles in every unit that matters, units above, and who may read a case."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from jiandu.calendar import Calendar
from jiandu.case import Actor, Case, World
from jiandu.clock import Clock, legal_day
from jiandu.directory import Directory, Unit
from jiandu.errors import Reason, RefusedError
from jiandu.guide.model import Guide


@dataclass(frozen=True, slots=True)
class Office:
    """The people, the calendar and the clock of an engine. Without a directory the actor brings the roles."""

    directory: Directory | None
    calendar: Calendar
    clock: Clock

    def world(self, unit: str) -> World:
        """What an act in a unit may know. Raises RefusedError: `unknown-unit`."""
        own = self._unit(unit)
        above = tuple(self._above(own))
        province = next((one for one in (own, *above) if one.level == "province"), None)
        return World(self.clock.now(), self.calendar, own, above[0] if above else None, province)

    def actor(self, by: Actor, guide: Guide, case: Case | None, world: World, on: date) -> Actor:
        """The person with the roles held on that day in the case's unit and wherever the guide's roles are held.

        Raises RefusedError: `unknown-person`.
        """
        directory = self.directory
        if directory is None:
            return by
        person = directory.person(by.id)
        if person is None:
            raise RefusedError((Reason("unknown-person", {"name": by.id}),))
        roles = directory.roles(by.id, world.unit.id, on)
        others = {unit: directory.roles(by.id, unit, on) for unit in _elsewhere(guide, case, world)}
        home = world.unit.id if roles else person.unit
        return replace(by, roles=roles or directory.roles(by.id, home, on), unit=home, elsewhere=others)

    def may_read(self, case: Case, by: Actor) -> bool:
        """Own unit, every unit above it, the holders of a case, and units that its card names read it."""
        if any(by.id in persons for persons in case.holders.values()):
            return True
        if self.directory is None:
            return by.unit in (None, case.unit)
        person = self.directory.person(by.id)
        if person is None:
            raise RefusedError((Reason("unknown-person", {"name": by.id}),))
        readers = {unit.id for unit in self._above(self._unit(case.unit))} | {case.unit}
        today = legal_day(self.clock.now())
        named = {value for value in case.card.values() if isinstance(value, str) and self.directory.unit(value)}
        return person.unit in readers | named or bool(self.directory.roles(by.id, case.unit, today))

    def _unit(self, unit: str) -> Unit:
        if self.directory is None:
            return Unit(unit, unit, unit, None, "county")
        if (found := self.directory.unit(unit)) is None:
            raise RefusedError((Reason("unknown-unit", {"name": unit}),))
        return found

    def _above(self, unit: Unit) -> Iterator[Unit]:
        seen = {unit.id}
        while self.directory is not None and unit.superior is not None and unit.superior not in seen:
            seen.add(unit.superior)
            if (found := self.directory.unit(unit.superior)) is None:
                return
            yield (unit := found)


def _elsewhere(guide: Guide, case: Case | None, world: World) -> Iterator[str]:
    """The other units in which some role of the guide is held."""
    above = {"superior": world.superior, "province": world.province}
    for role in guide.roles.values():
        named = case.card.get(role.unit_field) if case and role.unit_field else None
        unit = above.get(role.unit)
        if isinstance(named, str) or unit is not None:
            yield named if isinstance(named, str) else unit.id  # type: ignore[union-attr]
