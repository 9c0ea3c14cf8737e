"""A page of the host's own: how a case stands, a button for what can be done, and why the rest cannot.

CASES_DB=sqlite:///cases.db flask --app examples/flask_view.py:site run
"""

import os
from pathlib import Path

from flask import Flask, redirect, render_template_string, request
from werkzeug.wrappers import Response

from jiandu import Actor, Engine, PeopleFile, RefusedError

PAGE = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>{{ case.number or case.id }}</title>
<h1>{{ guide.states[case.state].title.zh }}</h1>
{% for reason in refused %}<p role="alert">{{ reason.text("zh") }}</p>{% endfor %}
{% for run in case.deadlines %}<p>{{ guide.deadlines[run.deadline].title.zh }}：{{ run.due }}</p>{% endfor %}
{% for offer in offers %}
  <form method="post" action="/cases/{{ case.id }}/{{ offer.act }}">
    <input type="hidden" name="seq" value="{{ case.seq }}">
    <button {{ "disabled" if offer.reasons }}>{{ offer.title.zh }}</button>
    {% for reason in offer.reasons %}<small>{{ reason.text("zh") }}</small>{% endfor %}
  </form>
{% endfor %}</html>"""


def site(url: str = os.environ.get("CASES_DB", "sqlite:///cases.db")) -> Flask:
    """The pages over a database."""
    app = Flask(__name__)
    engine = Engine(url, directory=PeopleFile.load(Path(__file__).with_name("people.yaml")))

    def user() -> Actor:
        """Whom your login names; behind it jiandu believes its host."""
        return Actor(request.headers.get("X-User", ""))

    def page(case_id: str, refused: RefusedError | None = None) -> tuple[str, int]:
        case = engine.case(case_id, by=user())
        facts = {"case": case, "guide": engine.guide_of(case), "offers": engine.offers(case_id, by=user())}
        return render_template_string(
            PAGE, **facts, refused=refused.reasons if refused else ()
        ), 409 if refused else 200

    @app.errorhandler(RefusedError)
    def closed(error: RefusedError) -> tuple[str, int]:
        return render_template_string(
            "{% for one in reasons %}{{ one.text('zh') }}{% endfor %}", reasons=error.reasons
        ), 403

    @app.get("/cases/<case_id>")
    def show(case_id: str) -> tuple[str, int]:
        return page(case_id)

    @app.post("/cases/<case_id>/<act>")
    def act(case_id: str, act: str) -> tuple[str, int] | Response:
        try:
            engine.do(case_id, act, by=user(), expect_seq=int(request.form["seq"]))
        except RefusedError as refused:
            return page(case_id, refused)
        return redirect(f"/cases/{case_id}")

    return app
