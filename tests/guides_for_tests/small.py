"""Small guides, each written where it is tested: only what differs from a common head has to be said."""

import re

from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.source import read

HEAD = {
    "jiandu": "1",
    "id": "small",
    "version": "1.0.0",
    "title": "小案",
    "status": "trial",
    "effective": "{from: 2024-01-01}",
    "open": "{by: clerk}",
    "initial": "a",
    "sources": """
  law:
    title: 某法
    kind: law
    articles:
      "1": {mark: verified, says: 第一条}
      "2": {mark: unverified, says: 第二条}
      "2(1)": {mark: secondary, says: 第二条第一款}
      "3": {mark: design, says: 第三条}""",
    "roles": """
  clerk: {title: 书记员}
  officer: {title: 检察官}
  deputy: {title: 副检察长}
  boss: {title: 检察长, also: [deputy]}
  lead: {title: 承办人, assigned: one}
  team: {title: 办案组, assigned: several}
  police: {title: 公安机关, outside: true}
  court: {title: 人民法院, outside: true}""",
}
"""What a small guide has unless it says otherwise."""

LIBRARY = Library.shipped()


def text(body: str, **head: str) -> str:
    """The whole text of a small guide: its own sections after those of the head that it does not write itself."""
    own = set(re.findall(r"^([a-z]+):", body, re.MULTILINE))
    lines = [f"{key}: {said}" for key, said in {**HEAD, **head}.items() if key not in own]
    return "\n".join(lines) + "\n" + body.strip("\n") + "\n"


def small(body: str, **head: str) -> Guide:
    """The guide of a small text."""
    return LIBRARY.load(read(text(body, **head).encode(), "small.yaml"))
