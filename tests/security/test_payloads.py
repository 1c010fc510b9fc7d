"""Payloads through every text that people can write, and then every page that shows it: nothing of theirs runs."""

import re
from datetime import date, timedelta
from itertools import cycle
from uuid import uuid4

import pytest
from django.core import mail
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competence.actions import (
    change_evaluation,
    correct_outcome,
    define_competence,
    end_requirement,
    evaluate,
    plan_evaluation,
    require,
    withdraw_evaluation,
)
from courses.actions import (
    add_course,
    ask_for_assessment,
    call_off_session,
    correct_attendance,
    mark_answer,
    plan_session,
    record_attendance,
    sign_off,
    start_attempt,
    submit_attempt,
    write_question,
)
from courses.kinds import WHOLE, Criterion, FreeText, Option, SingleChoice
from courses.models import Classroom, CourseFile, PracticalTask
from evidence.actions import draw_sample, seal
from evidence.models import Listing
from evidence.populations import Population
from jobs.actions import run_waiting
from knowledge.actions import (
    answer_suggestion,
    ask_for_page,
    close_lesson,
    draft_page,
    export_records,
    hand_over,
    import_records,
    issue_bulletin,
    publish,
    suggest_change,
    validate_lesson,
    verify_lesson,
    verify_page,
    withdraw_page,
)
from knowledge.models import (
    ConsideredOption,
    DecisionRecord,
    HandOver,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    LessonMark,
    Process,
    ProcessMeasure,
    ProcessRisk,
    SuggestionAnswer,
    Why,
)
from people.actions import (
    add_department,
    add_person,
    add_role,
    appoint_administrator,
    correct_role_holding,
    end_role,
    grant_role,
    invite,
    join_department,
)
from tests.courses.quiz_scenes import answers_of, read_all
from tests.courses.step_scenes import a_document
from tests.scenes import NOON, hire
from tests.security.payloads import ALWAYS, harm_in, some_payloads

pytestmark = pytest.mark.django_db
ROUNDS = 1
SHORT = 240
IN_A_TEXT = 12


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EVIDENCE_SIGNING_KEY = tmp_path / "signing_key.pem"
    return tmp_path


class Writer:
    """Fills each short text with the next payload, cut to fit, and each long one with the next few."""

    def __init__(self, payloads, number):
        payloads = [text.replace("\x00", "") for text in payloads]
        self._next = cycle(payloads)
        self._number = number

    def short(self, most=SHORT):
        return " ".join(next(self._next).split())[: most - 8].strip() or "empty"

    def unique(self, most=SHORT):
        self._number += 1
        return f"{self._number} {self.short(most)}"

    def long(self):
        return "\n\n".join(next(self._next) for _ in range(IN_A_TEXT))


def people_of(write):
    by = add_person(
        f"root{write.unique().split()[0]}",
        first_name=write.short(100),
        last_name=write.short(100),
        email="r@example.org",
        by=None,
        at=NOON,
    )
    appoint_administrator(by, by=None, at=NOON)
    told = {"by": by, "at": NOON}
    role, other = (add_role(write.unique(100), description=write.long(), **told) for _ in range(2))
    join_department(by, add_department(write.unique(100), **told), since=NOON.date(), **told)
    holding = grant_role(by, role, since=NOON.date(), **told)
    correct_role_holding(holding, since=NOON.date(), until=None, reason=write.short(180), **told)
    ended = grant_role(by, other, since=NOON.date(), **told)
    end_role(ended, until=NOON.date() + timedelta(days=1), reason=write.short(180), **told)
    invite(by, **told)
    return by, role


def texts_of(model, write):
    """Every text that a writer of this kind of page fills, whatever the models come to hold."""
    fields = model._meta.local_fields
    texts = [field for field in fields if isinstance(field, CharField | TextField) and field.editable]
    return {
        field.name: write.short(field.max_length) if field.max_length else write.long()
        for field in texts
        if not field.choices
    }


def rows_of(model, write, **more):
    return [model(sort_order=place, **texts_of(model, write), **more) for place in range(2)]


def pages_of(write, by):
    told = {"by": by, "at": NOON}
    said = {"change_summary": write.short(), "training_impact": "none", "impact_reason": write.short()}

    def written(model, **more):
        page = draft_page(model, title=write.unique(), **texts_of(model, write), **told, **more)
        publish(page, **told, **said)
        return page

    process = draft_page(Process, title=write.unique(), **texts_of(Process, write), **told)
    process.measures, process.risks = rows_of(ProcessMeasure, write), rows_of(ProcessRisk, write)
    publish(process, **told, **said)
    linked = {"processes": [process], "experts": [by], "tags": [write.short(90)], "accountable": by}
    brief = written(KnowledgeBrief, **linked)
    decision = written(DecisionRecord, status="accepted", options=rows_of(ConsideredOption, write), **linked)
    lesson = written(LessonLearned, whys=rows_of(Why, write), **linked)
    newer = draft_page(
        DecisionRecord, title=write.unique(), status="accepted", **texts_of(DecisionRecord, write), **told, **linked
    )
    newer.supersedes = [decision]
    newer.lesson_marks = [LessonMark(lesson=lesson, mark="considered", because=write.short())]
    publish(newer, **told, **said)
    again = written(LessonLearned, recurrence_of=lesson, **linked)
    pages = [process, brief, decision, lesson, newer, again]
    for page in pages[1:4]:
        page.title = write.unique()
        publish(page, by=by, at=NOON + timedelta(minutes=1), **said)
    gone = written(KnowledgeBrief, **linked)
    withdraw_page(gone, reason=write.short(), by=by, at=NOON + timedelta(minutes=2))
    return pages, gone


def kept_by(write, by, pages):
    """What people say of pages: that they are true, what came of a lesson, what they suggest, who has them now."""
    process, brief, _, lesson, *_ = pages
    told = {"by": by, "at": NOON + timedelta(minutes=3)}
    other = hire("Olga", "Other")
    edition = brief.editions.current().get()
    verify_page(edition, note=write.short(400), **told)
    hand_over(brief, HandOver.Duty.EXPERT, giver=by, taker=None, because=write.short(), **told)
    validate_lesson(lesson, note=write.long(), **told)
    close_lesson(lesson, through=edition, note=write.long(), **told)
    verify_lesson(lesson, note=write.long(), by=other, at=told["at"])
    suggestions = [
        suggest_change(edition, "body", f"{write.unique()}\n\n{write.long()}", reason=write.long(), by=other, at=NOON),
        suggest_change(edition, "summary", write.unique(), reason=write.long(), by=other, at=NOON),
        ask_for_page(write.unique(), reason=write.long(), process=process, by=other, at=NOON),
    ]
    answer_suggestion(suggestions[0], SuggestionAnswer.Outcome.DECLINED, words=write.long(), **told)
    last_month = timezone.now().replace(day=1) - timedelta(days=3)
    publish(pages[4], by=by, at=last_month, change_summary=write.short(), training_impact="read")
    month = last_month.date().replace(day=1)
    issue_bulletin(month, at=timezone.now())
    older = brief.editions.order_by("number").first()
    yield from (reverse("knowledge:suggestion", args=[one.pk]) for one in suggestions)
    yield reverse("knowledge:suggest", args=[edition.pk])
    yield reverse("knowledge:compare", args=[older.pk, edition.pk])
    yield reverse("knowledge:pdf", args=[edition.pk])
    yield reverse("knowledge:risks-of", args=[process.pk])
    yield reverse("knowledge:bulletin", args=[month.year, month.month])
    for name in ("map", "reviews", "suggestions", "hand-over", "risks", "bulletins", "report-lesson", "ask-for-page"):
        yield reverse(f"knowledge:{name}")


def course_of(write, by, role, brief):
    told = {"by": by, "at": NOON}
    competence = define_competence(write.unique(100), description=write.long(), **told)
    require(role, competence, since=date(2026, 1, 1), **told)
    ended = require(role, define_competence(write.unique(100), **told), since=date(2026, 1, 1), **told)
    end_requirement(ended, until=NOON.date(), reason=write.short(180), **told)
    course = add_course(
        title=write.unique(),
        teaches=competence,
        summary=write.short(),
        introduction=write.long(),
        readings=[brief],
        **told,
    )
    write_question(
        SingleChoice(
            stem=write.long(),
            options=(
                Option(write.short(400), WHOLE, write.short(400)),
                Option(write.unique(400), feedback=write.short(400)),
            ),
            explanation=write.long(),
        ),
        course=course,
        tests=brief,
        **told,
    )
    read_all(course, by)
    attempt = start_attempt(course, by=by, at=NOON)
    return course, attempt


def evaluated(write, by, competence):
    """What was fixed for a training, changed, found and corrected; and of another, that it did not take place."""
    told, day = {"by": by, "at": NOON}, NOON.date()

    def planned():
        texts = {"measure": write.unique(), "criterion": write.long(), "method": write.long()}
        span = {"training_from": day, "due": day + timedelta(days=9)}
        return plan_evaluation(competence, evaluator=by, **texts, **span, **told)

    evaluations = [planned(), planned()]
    change_evaluation(evaluations[0], criterion=write.long(), reason=write.short(180), **told)
    found = {"result": "partly", "observation": write.long(), "follows": write.long()}
    outcome = evaluate(evaluations[0], **found, **told)
    correct_outcome(outcome, **found, reason=write.short(180), **told)
    withdraw_evaluation(evaluations[1], reason=write.short(180), **told)
    yield from (reverse("competence:evaluation", args=[one.pk]) for one in evaluations)
    yield reverse("competence:change-evaluation", args=[evaluations[0].pk])
    yield reverse("competence:evaluations") + "?show=withdrawn"


def steps_of(write, by):
    """A course of every kind of step, what people say in it, and the addresses that tell of it."""
    told = {"by": by, "at": NOON}
    learner = hire("Lena", write.short(90))
    criterion = " ".join(write.short(90).replace("|", "/").split())
    task = PracticalTask(
        title=write.short(150),
        instructions=write.long(),
        rubric=f"{criterion} | {criterion} 0 | {criterion} 1",
        pass_percent=100,
    )
    course = add_course(
        title=write.unique(),
        teaches=define_competence(write.unique(100), **told),
        tasks=[task],
        files=[CourseFile(document=a_document(write.short(200)))],
        classrooms=[Classroom(title=write.short(150), about=write.short())],
        assessor=by,
        **told,
    )
    write_question(
        FreeText(stem=write.long(), guidance=write.long(), rubric=(Criterion(criterion, task.criteria[0].levels),)),
        course=course,
        **told,
    )
    classroom, again = course.classrooms.get(), timezone.now() - timedelta(hours=1)
    held, off = (plan_session(classroom, starts_at=NOON, place=write.short(150), **told) for _ in range(2))
    call_off_session(off, because=write.short(180), **told)
    [attendance] = record_attendance(held, [learner], **told)
    correct_attendance(attendance, because=write.short(180), **told)
    record_attendance(held, [learner], **told)
    attempts = [start_attempt(course, by=learner, at=NOON)]
    submit_attempt(attempts[0], answers={attempts[0].asked.get().pk: {"text": write.long()}}, by=learner, at=NOON)
    mark_answer(attempts[0].asked.get(), levels=[1], comment=write.long(), **told)
    signed = sign_off(
        ask_for_assessment(course.tasks.get(), by=learner, at=NOON), levels=[1], comment=write.long(), **told
    )
    waiting = ask_for_assessment(course.tasks.get(), by=learner, at=again)
    attempts.append(start_attempt(course, by=learner, at=again))
    unmarked = attempts[1].asked.get()
    submit_attempt(attempts[1], answers={unmarked.pk: {"text": write.long()}}, by=learner, at=again)
    yield course.url
    yield reverse("courses:desk")
    yield reverse("courses:task", args=[course.pk, course.tasks.get().key])
    yield reverse("courses:mark", args=[unmarked.pk])
    yield from (reverse("courses:practical", args=[pk]) for pk in (signed.assessment_id, waiting.pk))
    yield reverse("courses:sessions", args=[course.pk])
    yield from (reverse("courses:session", args=[one.pk]) for one in (held, off))
    yield reverse("courses:result", args=[attempts[0].pk])
    yield reverse("certificates:check", args=[learner.certificates.get().code])


def imported(write, folder):
    folder.mkdir(exist_ok=True)
    (folder / "0001-a-decision.md").write_text(
        f"# {write.unique()}\n\n## Status\n\nAccepted\n\n## Context\n\n{write.long()}\n\n## Decision\n\nYes.\n"
    )
    (folder / "0002-another.md").write_text(
        f"---\nstatus: accepted\ndate: 2026-01-05\ndeciders: '{write.short().replace(chr(39), chr(39) * 2)}'\n---\n"
        f"# {write.unique()}\n\n## Context and Problem Statement\n\n{write.long()}\n\n## Decision Outcome\n\nYes.\n"
    )
    outcome = import_records(folder, by=None, at=timezone.now())
    assert outcome.imported, outcome.lines
    return list(KnowledgePage.objects.filter(source__startswith=folder.as_posix()))


def restored(pages, folder):
    """Written as files, brought back as other pages."""
    export_records(folder / "export")
    for file in (folder / "export").rglob("*.md"):
        text = re.sub(r"^id: .*$", f"id: {uuid4()}", file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")
    known = set(KnowledgePage.objects.values_list("pk", flat=True))
    import_records(folder / "export", by=None, at=timezone.now())
    new = KnowledgePage.objects.live().exclude(pk__in=known)
    assert len(new) >= len(pages) - 1
    return new


def addresses(by, pages, gone, course, sample, role, queries):
    yield from ("/", "/people/me/", "/learning/", "/people/", "/competence/", "/competence/all/", "/evidence/")
    yield from (f"/{shelf}/" for shelf in ("processes", "briefs", "decisions", "lessons", "courses"))
    yield from (reverse(f"people:{name}", args=[by.pk]) for name in ("person", "move", "grant-role", "groups"))
    yield reverse("competence:competence", args=[course.teaches_id])
    yield reverse("competence:require", args=[course.teaches_id])
    yield from (reverse(f"evidence:{name}", args=[sample.pk]) for name in ("sample",))
    yield reverse("evidence:draw")
    for page in [*pages, course]:
        yield page.url
        yield from (reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("edit", "history", "view_draft"))
        yield reverse("wagtailadmin_pages:delete", args=[page.pk])
        revisions = list(page.revisions.order_by("pk").values_list("pk", flat=True))
        if len(revisions) > 1:
            yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, revisions[0], revisions[-1]])
    for page in [*pages, gone]:
        yield reverse("knowledge:editions", args=[page.pk])
        yield reverse("knowledge:withdraw", args=[page.pk])
        yield from (reverse("knowledge:edition", args=[pk]) for pk in page.editions.values_list("pk", flat=True))
    for name in ("wagtailadmin_explore", "wagtailadmin_choose_page_child"):
        yield reverse(name, args=[pages[0].get_parent().pk])
    yield from ("/admin/", "/admin/reports/site-history/", "/admin/reports/locked/", "/admin/pages/search/?q=alert")
    yield from (reverse("search:search", query={"q": query}) for query in queries)


def planted(write, files):
    by, role = people_of(write)
    pages, gone = pages_of(write, by)
    course, attempt = course_of(write, by, role, pages[1])
    said = [*kept_by(write, by, pages), *evaluated(write, by, course.teaches), *steps_of(write, by)]
    pages += imported(write, files)
    said += [page.url for page in restored(pages, files)]
    client = Client()
    client.force_login(by)
    seen = [client.get(reverse("courses:attempt", args=[attempt.pk]))]
    submit_attempt(attempt, answers=answers_of(attempt), by=by, at=timezone.now())
    seen.append(client.get(reverse("courses:result", args=[attempt.pk])))
    seen.append(client.get(reverse("courses:questions", args=[course.pk])))
    seen.append(client.get(reverse("courses:write-question", args=[course.pk, course.questions.get().pk])))
    seal(at=timezone.now())
    sample = draw_sample(
        Population(), purpose=write.short(180), size=3, auditor_number=write.short(50), by=by, at=timezone.now()
    )
    queries = [write.short(200) for _ in range(4)]
    where = [*addresses(by, pages, gone, course, sample, role, queries), *said]
    where += [reverse("evidence:entry", args=[key]) for key in Listing.objects.values_list("pk", flat=True)[::4]]
    seen += [client.get(address) for address in where]
    csv = [client.get(reverse("competence:matrix-csv")), client.get(reverse("evidence:sample-csv", args=[sample.pk]))]
    return seen, csv


def own(response):
    """What runs there by our own doing, with what changes from one page to the next left out."""
    return {re.sub(r"\d+", "N", one) for one in harm_in(response.content.decode())}


def is_page(response):
    return response.get("Content-Type", "").startswith("text/html")


def address_of(response):
    shelves = re.sub(r"/(briefs|decisions|lessons|processes|courses)/[^/]+/", r"/\1/X/", response.request["PATH_INFO"])
    return re.sub(r"\d+", "N", shelves)


def test_the_oracle_sees_what_would_run():
    for payload in ALWAYS:
        if "<" in payload:
            assert harm_in(f"<p>Before {payload} after</p>"), payload
    assert harm_in("<a href='java&#10;script:alert(1)'>x</a>")
    assert harm_in("<p>Before <b>bold</b> <a href='/briefs/'>a</a></p>") == set()


def test_nothing_that_people_wrote_runs_on_any_page(files, quiet):
    plain, _ = planted(Writer(["plain words", "other words"], 0), files / "plain")
    ours = {one for response in plain if is_page(response) for one in own(response)}
    payloads = some_payloads(ROUNDS * 150)
    wrong = set()
    for number in range(ROUNDS):
        seen, tables = planted(Writer(payloads[number::ROUNDS], (number + 1) * 1000), files / str(number))
        assert len(seen) > 80
        for response in seen:
            if response.status_code not in (200, 302):
                wrong.add((address_of(response), response.status_code))
            elif is_page(response):
                wrong |= {(address_of(response), one) for one in own(response) - ours}
        for table in tables:
            assert table["Content-Type"].startswith("text/csv")
            assert table["Content-Disposition"].startswith("attachment")
    run_waiting(timezone.now() + timedelta(minutes=1))  # also what one job leaves to the next
    assert mail.outbox
    letters = [html for letter in mail.outbox for html, kind in letter.alternatives if kind == "text/html"]
    assert letters, [letter.subject for letter in mail.outbox]
    # The letter says of itself in which encoding it is.
    wrong |= {("a letter", one) for html in letters for one in harm_in(html, base={"<meta > "})}
    assert not wrong, "\n".join(map(str, sorted(wrong)))
