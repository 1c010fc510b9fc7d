"""From the files of courses, and of the bank, to values. Pure."""

from dataclasses import fields
from typing import Any

from courses.kinds import Content
from sample.making import ContentRefused, all_made, made
from sample.questions import Bank, Course, Draw, Question, Written
from sample.wordings import WORDINGS, choice_in


def course_in(where: str, key: str, given: dict[str, Any]) -> Course:
    told = {"questions": _questions(where, given), "draws": all_made(Draw, where, given.get("draws", []))}
    return made(Course, where, given | told, key=key)


def bank_in(where: str, given: dict[str, Any]) -> Bank:
    return made(Bank, where, given | {"questions": _questions(where, given)})


def _questions(where: str, given: dict[str, Any]) -> tuple[Question, ...]:
    if not given.get("questions"):
        raise ContentRefused(f"{where} has no questions.")
    return tuple(_question(where, question) for question in given["questions"])


def _question(where: str, given: dict[str, Any]) -> Question:
    told, says = _said(where, given)
    if "earlier" in told:
        more, told["earlier"] = _said(where, told["earlier"])
        if more:
            raise ContentRefused(f"{where}: what was asked earlier does not know {', '.join(map(repr, more))}.")
    told["written"] = all_made(Written, where, told.get("written", []))
    unchosen = [it.said for it in (choice_in(one, where) for one in given.get("options", [])) if it.nobody]
    return made(Question, where, told, says=says, nobody="".join(unchosen[:1]))


def _said(where: str, given: dict[str, Any]) -> tuple[dict[str, Any], Content]:
    """What is said about a question, and what it says."""
    form = WORDINGS.get(given.get("kind", ""))
    if form is None:
        raise ContentRefused(f"{where}: {given.get('kind')!r} is none of {', '.join(WORDINGS)} ({given}).")
    words = {field.name for field in fields(form)}
    wording = made(form, where, {name: value for name, value in given.items() if name in words})
    more = {name: value for name, value in given.items() if name not in words and name != "kind"}
    return more, wording.content(where)
