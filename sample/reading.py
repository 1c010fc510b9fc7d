"""From the files in sample/content to an Organisation. Pure but for reading them."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import yaml

from competence.renewal import Rule
from sample.absences import Back, Leave, Waiver
from sample.organisation import (
    Competence,
    Course,
    Department,
    Deviation,
    Habits,
    History,
    Leaving,
    Member,
    Move,
    Option,
    Organisation,
    PageReading,
    Participation,
    Question,
    Requirement,
    Role,
    Stricter,
    Wording,
)
from sample.pages import Answer, Change, Handing, Look, Mark, Page, PageEdition, Proposal, Report, Step, Why
from sample.showing import Certificate, Equivalent, Experience, Renewal, Unshown

CONTENT = Path(__file__).parent / "content"
KINDS = ("processes", "briefs", "decisions", "lessons")


class ContentRefused(ValueError):
    """A file that does not say what it should."""


def read_organisation(folder: Path = CONTENT) -> Organisation:
    people = _yaml(folder / "people.yaml")
    competences = _yaml(folder / "competences.yaml")
    return Organisation(
        departments={
            key: _made(Department, "people.yaml", given, key=key) for key, given in people["departments"].items()
        },
        roles={key: _made(Role, "people.yaml", given, key=key) for key, given in people["roles"].items()},
        people={given["username"]: _made(Member, "people.yaml", given) for given in people["people"]},
        competences={
            key: _made(Competence, "competences.yaml", given, key=key)
            for key, given in competences["competences"].items()
        },
        competences_day=competences["day"],
        competences_by=competences["by"],
        requirements=tuple(_requirements(competences["requirements"])),
        participations=_all(Participation, "competences.yaml", competences.get("participations", [])),
        pages={path.stem: _page(kind, path) for kind in KINDS for path in sorted((folder / kind).glob("*.md"))},
        courses={path.stem: _course(path) for path in sorted((folder / "courses").glob("*.yaml"))},
        history=_history(folder / "history.yaml"),
    )


def _requirements(given: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[Requirement]:
    """What is asked, by the kind of the ground and the ground: a number of days, or more."""
    for kind, grounds in given.items():
        for ground, asked in grounds.items():
            for competence, told in asked.items():
                more = {"kind": kind, "ground": ground, "competence": competence}
                told = told if isinstance(told, dict) else {"due_days": told}
                yield _made(Requirement, "competences.yaml", told, **more)


def _yaml(path: Path) -> dict[str, Any]:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as problem:
        raise ContentRefused(f"{path.name} is no YAML: {problem}") from problem


def _page(kind: str, path: Path) -> Page:
    opening, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    if opening:
        raise ContentRefused(f"{path.name} does not begin with its front matter between two lines of ---.")
    given = yaml.safe_load(front_matter)
    editions = tuple(
        _made(PageEdition, path.name, edition, changes=_all(Change, path.name, edition.get("changes", [])))
        for edition in given.pop("editions")
    )
    rows = {
        "whys": tuple(_why(path.name, why) for why in given.pop("whys", [])),
        "lessons": _all(Mark, path.name, given.pop("lessons", [])),
        "steps": _all(Step, path.name, given.pop("steps", [])),
    }
    return _made(Page, path.name, given, kind=kind, key=path.stem, body=body.strip() + "\n", editions=editions, **rows)


def _why(where: str, given: str | dict[str, Any]) -> Why:
    return Why(given) if isinstance(given, str) else _made(Why, where, given)


def _course(path: Path) -> Course:
    given = _yaml(path)
    questions = tuple(_question(path.name, question) for question in given.pop("questions"))
    return _made(Course, path.name, given, key=path.stem, questions=questions)


def _question(where: str, given: dict[str, Any]) -> Question:
    wording = {name: given.pop(name) for name in ("kind", "ask", "options", "because")}
    earlier = given.pop("earlier", None)
    return _made(
        Question,
        where,
        given,
        wording=_wording(where, wording),
        earlier=_wording(where, earlier) if earlier else None,
    )


def _wording(where: str, given: dict[str, Any]) -> Wording:
    options = tuple(
        Option(option.get("right") or option["wrong"], "right" in option, option["feedback"])
        for option in given["options"]
    )
    return _made(Wording, where, given, options=options)


def _history(path: Path) -> History:
    given = _yaml(path)
    parts = {
        "moves": Move,
        "leaving": Leaving,
        "stricter": Stricter,
        "readings": PageReading,
        "putting_off": Deviation,
        "failing": Deviation,
        "looks": Look,
        "handing_over": Handing,
        "reports": Report,
        "certificates": Certificate,
        "experience": Experience,
        "equivalents": Equivalent,
        "not_shown": Unshown,
    }
    told = {name: _all(kind, path.name, given[name]) for name, kind in parts.items()}
    told["proposals"] = tuple(_proposal(path.name, proposal) for proposal in given["proposals"])
    told["leaves"] = tuple(_ended(Leave, path.name, leave) for leave in given["leaves"])
    told["waivers"] = tuple(_ended(Waiver, path.name, waiver) for waiver in given["waivers"])
    told["validities"] = tuple(_renewal(path.name, validity) for validity in given["validities"])
    return _made(History, path.name, given, **told, habits=_made(Habits, path.name, given["habits"]))


def _proposal(where: str, given: dict[str, Any]) -> Proposal:
    answer = given.pop("answer", None)
    return _made(Proposal, where, given, answer=_made(Answer, where, answer) if answer else None)


def _ended(kind: type, where: str, given: dict[str, Any]) -> Any:
    ended = given.pop("ended", None)
    return _made(kind, where, given, ended=_made(Back, where, ended) if ended else None)


def _renewal(where: str, given: dict[str, Any]) -> Renewal:
    return _made(Renewal, where, given, rule=_made(Rule, where, given.pop("rule")))


def _all(kind: type, where: str, given: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(_made(kind, where, one) for one in given)


def _made(kind: type, where: str, given: Mapping[str, Any], /, **more: Any) -> Any:
    """A value of that kind, or a sentence on what is missing from the file or is not known there."""
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()} | more
    known = {field.name for field in fields(kind)}
    wrong = [f"does not know {name!r}" for name in sorted(told.keys() - known)]
    wrong += [f"lacks {name!r}" for name in _needed(kind) if name not in told]
    if wrong:
        raise ContentRefused(f"{where}: a {kind.__name__} {' and '.join(wrong)} ({dict(given)}).")
    return kind(**told)


def _needed(kind: type) -> Iterator[str]:
    return (field.name for field in fields(kind) if field.default is MISSING)
