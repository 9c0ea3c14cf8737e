"""Stories: what must come true under a guide, played in memory, each failure at its line."""

from jiandu.scenario.coverage import Coverage
from jiandu.scenario.play import Failure, Played, Stage, play, unlike
from jiandu.scenario.story import Item, Story, find_stories, read_story

__all__ = ["Coverage", "Failure", "Item", "Played", "Stage", "Story", "find_stories", "play", "read_story", "unlike"]
