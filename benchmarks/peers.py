"""The same done by others: `peers.py NAME URL N` prints the seconds of each step. Runs in an environment of its own.

DBOS records each step of a workflow; SpiffWorkflow is read from JSON, takes one human step, and is written back, as a
service without memory does it. Neither keeps a trail that could be verified.
"""
# ruff: noqa: T201  a benchmark prints

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

Run = Callable[[int], list[float]]


def dbos(url: str) -> Run:
    from dbos import DBOS
    from sqlalchemy import make_url

    told = make_url(url)
    if told.drivername != "sqlite":  # it wants the database in its place, and not among the options
        known = dict(told.query)
        told = told.set(drivername="postgresql", username=str(known.pop("user")), database=str(known.pop("dbname")))
        told = told.set(query=known)
    address = told.render_as_string(hide_password=False)
    DBOS(config={"name": "bench", "system_database_url": address, "run_admin_server": False, "log_level": "ERROR"})
    seconds: list[float] = []

    @DBOS.step()
    def look(n: int) -> int:
        return n + 1

    @DBOS.workflow()
    def handle(times: int) -> None:
        for n in range(times):
            began = time.perf_counter()
            look(n)
            seconds.append(time.perf_counter() - began)

    DBOS.launch()

    def run(times: int) -> list[float]:
        seconds.clear()
        for _ in range(0, times, 100):
            handle(min(times, 100))
        return list(seconds)

    return run


def process(steps: int) -> bytes:
    """A BPMN process of so many human steps, one after the other."""
    tasks = "".join(f'<userTask id="t{n}" name="t{n}"/>' for n in range(steps))
    names = ["begin", *(f"t{n}" for n in range(steps)), "end"]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{one}" targetRef="{other}"/>'
        for n, (one, other) in enumerate(pairwise(names))
    )
    space = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"'
    inside = f'<startEvent id="begin"/>{tasks}<endEvent id="end"/>{flows}'
    return f'<definitions {space}><process id="p" isExecutable="true">{inside}</process></definitions>'.encode()


def spiffworkflow(url: str) -> Run:
    from lxml import etree
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.util.task import TaskState

    steps = 10
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(BytesIO(process(steps))))
    fresh = BpmnWorkflow(parser.get_spec("p"))
    fresh.do_engine_steps()
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    first = serializer.serialize_json(fresh)
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, body TEXT)")

    def step(n: int) -> None:
        if n % steps == 0:
            connection.execute("INSERT INTO cases VALUES (?, ?)", (n // steps, first))
        (body,) = connection.execute("SELECT body FROM cases WHERE id = ?", (n // steps,)).fetchone()
        workflow = serializer.deserialize_json(body)
        workflow.get_next_task(state=TaskState.READY, manual=True).run()
        workflow.do_engine_steps()
        body = serializer.serialize_json(workflow)
        connection.execute("UPDATE cases SET body = ? WHERE id = ?", (body, n // steps))

    def run(times: int) -> list[float]:
        return [_timed(step, n) for n in range(times)]

    return run


def _timed(step: Callable[[int], None], n: int) -> float:
    began = time.perf_counter()
    step(n)
    return time.perf_counter() - began


def main(name: str, url: str, times: str) -> None:
    each = {"dbos": dbos, "spiffworkflow": spiffworkflow}[name](url)(int(times))
    print(json.dumps({"rate": len(each) / sum(each), "each": sorted(each)}), flush=True)
    os._exit(0)  # DBOS leaves threads behind


if __name__ == "__main__":
    main(*sys.argv[1:])
