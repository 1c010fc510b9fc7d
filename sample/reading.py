"""From the files in sample/content to an Organisation. Pure but for reading them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from competence.renewal import Rule
from sample.absences import Back, Leave, Waiver
from sample.making import ContentRefused, all_made, made
from sample.organisation import (
    Competence,
    Department,
    Deviation,
    Habits,
    History,
    Leaving,
    Member,
    Move,
    Organisation,
    PageReading,
    Participation,
    Requirement,
    Role,
    Stricter,
)
from sample.pages import Answer, Change, Handing, Look, Mark, Page, PageEdition, Proposal, Report, Step, Why
from sample.reading_courses import bank_in, course_in
from sample.showing import Certificate, Equivalent, Experience, Renewal, Unshown

CONTENT = Path(__file__).parent / "content"
KINDS = ("processes", "briefs", "decisions", "lessons")


def read_organisation(folder: Path = CONTENT) -> Organisation:
    people = _yaml(folder / "people.yaml")
    competences = _yaml(folder / "competences.yaml")
    return Organisation(
        departments={
            key: made(Department, "people.yaml", given, key=key) for key, given in people["departments"].items()
        },
        roles={key: made(Role, "people.yaml", given, key=key) for key, given in people["roles"].items()},
        people={given["username"]: made(Member, "people.yaml", given) for given in people["people"]},
        competences={
            key: made(Competence, "competences.yaml", given, key=key)
            for key, given in competences["competences"].items()
        },
        competences_day=competences["day"],
        competences_by=competences["by"],
        requirements=tuple(_requirements(competences["requirements"])),
        participations=all_made(Participation, "competences.yaml", competences.get("participations", [])),
        pages={path.stem: _page(kind, path) for kind in KINDS for path in sorted((folder / kind).glob("*.md"))},
        courses={
            path.stem: course_in(path.name, path.stem, _yaml(path))
            for path in sorted((folder / "courses").glob("*.yaml"))
        },
        bank=bank_in("bank.yaml", _yaml(folder / "bank.yaml")),
        history=_history(folder / "history.yaml"),
    )


def _requirements(given: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[Requirement]:
    """What is asked, by the kind of the ground and the ground: a number of days, or more."""
    for kind, grounds in given.items():
        for ground, asked in grounds.items():
            for competence, told in asked.items():
                more = {"kind": kind, "ground": ground, "competence": competence}
                told = told if isinstance(told, dict) else {"due_days": told}
                yield made(Requirement, "competences.yaml", told, **more)


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
        made(PageEdition, path.name, edition, changes=all_made(Change, path.name, edition.get("changes", [])))
        for edition in given.pop("editions")
    )
    rows = {
        "whys": tuple(_why(path.name, why) for why in given.pop("whys", [])),
        "lessons": all_made(Mark, path.name, given.pop("lessons", [])),
        "steps": all_made(Step, path.name, given.pop("steps", [])),
    }
    return made(Page, path.name, given, kind=kind, key=path.stem, body=body.strip() + "\n", editions=editions, **rows)


def _why(where: str, given: str | dict[str, Any]) -> Why:
    return Why(given) if isinstance(given, str) else made(Why, where, given)


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
    told = {name: all_made(kind, path.name, given[name]) for name, kind in parts.items()}
    told["proposals"] = tuple(_proposal(path.name, proposal) for proposal in given["proposals"])
    told["leaves"] = tuple(_ended(Leave, path.name, leave) for leave in given["leaves"])
    told["waivers"] = tuple(_ended(Waiver, path.name, waiver) for waiver in given["waivers"])
    told["validities"] = tuple(_renewal(path.name, validity) for validity in given["validities"])
    return made(History, path.name, given, **told, habits=made(Habits, path.name, given["habits"]))


def _proposal(where: str, given: dict[str, Any]) -> Proposal:
    answer = given.pop("answer", None)
    return made(Proposal, where, given, answer=made(Answer, where, answer) if answer else None)


def _ended(kind: type, where: str, given: dict[str, Any]) -> Any:
    ended = given.pop("ended", None)
    return made(kind, where, given, ended=made(Back, where, ended) if ended else None)


def _renewal(where: str, given: dict[str, Any]) -> Renewal:
    return made(Renewal, where, given, rule=made(Rule, where, given.pop("rule")))
