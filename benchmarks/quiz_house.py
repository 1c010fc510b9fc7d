"""A house whose people sit one quiz of ten questions, and what it has kept of that, compared with what they sent."""

from collections import Counter
from fractions import Fraction

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from competence.actions import define_competence, require
from competence.models import Proof
from courses.actions import add_course, reconcile, write_question
from courses.kinds import (
    NOTHING,
    WHOLE,
    Answer,
    Matching,
    MissingWords,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
    Word,
)
from courses.models import Attempt
from evidence.models import Listing
from knowledge.actions import draft_page, publish
from knowledge.models import KnowledgeBrief, Reading
from people.models import JobRole, Person, RoleHolding

HALF = Fraction(1, 2)
PASS_PERCENT = 80


def _choice(stem, right, *wrong):
    options = (Option(right, WHOLE, "Yes."), *(Option(text, NOTHING, "Read it again.") for text in wrong))
    return SingleChoice(stem=stem, explanation="The brief says why.", options=options)


# Each with an answer that is right and one that is worth nothing, in the words of the page; by prompt where it has any.
QUIZ = [
    (_choice("How full is a cell that is *stored*?", "About half", "Full", "Empty"), ["About half"], ["Full"]),
    (_choice("Who is told first?", "The shift lead", "Nobody", "The press"), ["The shift lead"], ["Nobody"]),
    (_choice("Where does it lie?", "In the sand box", "On the bench", "In a bag"), ["In the sand box"], ["In a bag"]),
    (
        MultipleChoice(
            stem="Which belong in the tray?",
            is_whole=True,
            options=(Option("Foam", WHOLE), Option("Paper", WHOLE), Option("A screwdriver"), Option("Coins")),
        ),
        ["Foam", "Paper"],
        ["Foam", "Coins"],
    ),
    (TrueFalse(stem="A swollen cell is charged first.", is_true=False, feedback_true="No."), ["False"], ["True"]),
    (ShortAnswer(stem="What puts it out?", answers=(Answer("sand"), Answer("dry sand"))), ["Dry sand"], ["water"]),
    (
        Numerical(stem="What is the limit?", answers=(NumberAnswer(Fraction(30), Fraction(1)),), units=(Unit("mV"),)),
        ["30.5 mV"],
        ["42 mV"],
    ),
    (
        Matching(
            stem="Which is kept where?",
            pairs=(Pair("Cells", "Cabinet B2"), Pair("Bands", "Shelf 4"), Pair("Chargers", "The desk")),
        ),
        {"Cells": "Cabinet B2", "Bands": "Shelf 4", "Chargers": "The desk"},
        {"Cells": "Shelf 4", "Bands": "The desk", "Chargers": "Cabinet B2"},
    ),
    (
        Ordering(stem="In which order?", items=("Stop", "Mark", "Tell")),
        {"Stop": "1", "Mark": "2", "Tell": "3"},
        {"Stop": "3", "Mark": "2", "Tell": "1"},
    ),
    (
        MissingWords(
            stem="Store at [[1]] and never above [[2]].",
            word_list=(Word("half"), Word("full"), Word("30 °C", 2), Word("60 °C", 2)),
            answers=(0, 2),
        ),
        {"Gap 1": "half", "Gap 2": "30 °C"},
        {"Gap 1": "full", "Gap 2": "60 °C"},
    ),
]


def furnish(people: int) -> dict:
    """Who sits it is signed in, has read the text, and is asked by their role to show it."""
    _empty()
    now = timezone.now()
    brief = draft_page(
        KnowledgeBrief, title="Storing lithium cells", body="Store them half full. " * 50, by=None, at=now
    )
    edition = publish(brief, by=None, at=now, change_summary="First.", training_impact="test")
    competence = define_competence("Handling lithium cells", validity_months=12, by=None, at=now)
    course = add_course(
        title="Lithium cells", teaches=competence, readings=[brief], pass_percent=PASS_PERCENT, by=None, at=now
    )
    for content, _, _ in QUIZ:
        write_question(content, course=course, tests=brief, by=None, at=now)
    role = JobRole.objects.create(name="Packer")
    crowd = Person.objects.bulk_create(
        Person(username=f"p{number:04}", first_name="First", last_name=f"Last {number:04}") for number in range(people)
    )
    today = timezone.localdate(now)
    RoleHolding.objects.bulk_create(RoleHolding(person=person, role=role, since=today) for person in crowd)
    require(role, competence, since=today, due_days=30, by=None, at=now)
    Reading.objects.bulk_create(
        Reading(edition=edition, person=person, kind=Reading.Kind.ACKNOWLEDGED, at=now) for person in crowd
    )
    reconcile(None, by=None, at=now)
    call_command("collectstatic", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sessions = [_session_of(person) for person in crowd]
    return {"course": course.pk, "sessions": sessions, "quiz": [(right, wrong) for _, right, wrong in QUIZ]}


def _empty() -> None:
    name = str(settings.DATABASES["default"]["NAME"])
    if connection.vendor != "sqlite":  # what only grows refuses to be emptied
        if "bench" not in name:
            raise SystemExit(f"{name} would be emptied: name a database with “bench” in its name in DATABASE_URL.")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


def _session_of(person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


def differences(sent: list[dict]) -> list[str]:
    """`sent`: of each attempt its pk, the text of each answer by the pk of its question, and how many were right."""
    attempts = Attempt.objects.in_bulk([one["attempt"] for one in sent])
    told = Counter(Listing.objects.values_list("kind", flat=True))
    passed = sum(attempt.passed for attempt in attempts.values())
    found = [
        f"{name}: {there}, not {wanted}"
        for name, there, wanted in (
            ("attempts", Attempt.objects.count(), len(sent)),
            ("entries of starts", told["courses.attempt_started"], len(sent)),
            ("entries of submits", told["courses.attempt_submitted"], len(sent)),
            ("proofs", Proof.objects.count(), passed),
        )
        if there != wanted
    ]
    return found + [fault for one in sent for fault in _faults(attempts[one["attempt"]], one)]


def _faults(attempt, one):
    right = one["right"]
    kept = (attempt.points, attempt.points_possible, attempt.passed)
    wanted = (right, len(QUIZ), right * 100 >= PASS_PERCENT * len(QUIZ))
    if kept != wanted:
        yield f"result of attempt {attempt.pk}: {kept}, not {wanted}"
    saved = {str(asked.pk): _texts(asked) for asked in attempt.asked.select_related("version")}
    if saved != one["answers"]:
        yield f"answers of attempt {attempt.pk}: {saved}, not {one['answers']}"


def _texts(asked) -> list[str] | dict[str, str]:
    """What was answered, in the words of the page."""
    sheet, answer = asked.version.shows, asked.answer
    if "text" in answer:
        return [answer["text"]]
    if sheet.prompts:
        return {prompt: sheet.options[place] for prompt, place in zip(sheet.prompts, answer["placed"], strict=True)}
    return [sheet.options[place] for place in answer["chosen"]]
