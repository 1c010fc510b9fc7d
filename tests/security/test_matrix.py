"""Who gets which address, as a matrix: URL name, whose record, who may look and who may send.

A new URL name must be given its rows here, or the first test fails.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from knowledge.models import LessonState
from tests.security.house import NOTHING, READERS

EVERYONE = set(READERS)
NOBODY: set[str] = set()
SEE_ALL = {"hr", "auditor", "administrator"}
STEER = {"hr", "administrator"}
WRITE = {"expert", "process owner", "administrator"}
OWN = {"process owner", "administrator"}
AUDIT = {"auditor", "administrator"}
ADMIN = {"administrator"}
# No reader is answered in this way: 405.
NEVER = None
# Nor is anything but a page or a form (200), a way on (302) or done (204) an answer.
ANSWERS = (200, 204, 302)


@dataclass(frozen=True)
class Row:
    name: str
    what: str
    arguments: Callable
    look: set[str] | None
    send: set[str] | None
    refused: int = 403


def row(name, what="", arguments=lambda house, reader: [], *, look, send, refused=403):
    return Row(name, what, arguments, look, send, refused)


def person(name, whose, *, look, send):
    return row(name, whose, lambda house, reader: [house.person(reader, whose)], look=look, send=send)


def brief(name, which, *, look, send, refused=404):
    return row(name, which, lambda house, reader: [house.briefs[which].pk], look=look, send=send, refused=refused)


def edition(name, which, *, look, send, refused=404):
    return row(
        name,
        which,
        lambda house, reader: [house.briefs[which].editions.get().pk],
        look=look,
        send=send,
        refused=refused,
    )


def course(name, which, *, look, send, refused=403):
    return row(name, which, lambda house, reader: [house.courses[which].pk], look=look, send=send, refused=refused)


def lesson_step(which, state, *, look, send, refused=403):
    return row(
        "knowledge:lesson-step",
        f"{which}, {state}",
        lambda house, reader: [house.lessons[which].pk, state],
        look=look,
        send=send,
        refused=refused,
    )


def own_upload(house, reader):
    return [house.uploads[reader].pk if reader in house.uploads else NOTHING]


def both_editions(lesson):
    return [edition.pk for edition in lesson.editions.order_by("number")]


def question_named(house, reader):
    return ["question", house.courses["done"].questions.first().pk]


def taught(house, reader):
    return [house.courses["done"].teaches_id]


def attempt(name, state, whose, *, look, send):
    def arguments(house, reader):
        return [NOTHING] if whose == "nobody" else [getattr(house, state)[house.whose(reader, whose)].pk]

    return row(name, f"{state}, {whose}", arguments, look=look, send=send)


def answer(whose, *, send):
    def arguments(house, reader):
        return [house.open[house.whose(reader, whose)].asked.first().pk]

    return row("courses:save-answer", whose, arguments, look=NEVER, send=send)


def step(name, kind, which, *, look, send, refused=404):
    """`kind`: files or tasks, of a course."""

    def arguments(house, reader):
        course = house.stepped[which]
        return [course.pk, getattr(course, kind).get().key]

    return row(name, which, arguments, look=look, send=send, refused=refused)


def session(name, *, look, send):
    return row(name, "", lambda house, reader: [house.attendance.session_id], look=look, send=send)


def mark(whose, allowed):
    def arguments(house, reader):
        return [house.texts[house.whose(reader, whose)].asked.get().pk]

    return row("courses:mark", whose, arguments, look=allowed, send=allowed)


def holding(name, whose):
    return row(
        name,
        whose,
        lambda house, reader: [house.people[house.whose(reader, whose)].holdings.get().pk],
        look=STEER,
        send=STEER,
    )


def fact(name, of, whose, *, look, send):
    """`of`: which facts of the house, each of someone."""
    return row(
        name,
        f"{of}, {whose}",
        lambda house, reader: [getattr(house, of)[house.whose(reader, whose)].pk],
        look=look,
        send=send,
    )


def page(which, readers, *, refused=403):
    """Wagtail answers what is sent to a page as if it were asked for."""
    return row(
        "wagtail_serve",
        which,
        lambda house, reader: [house.briefs[which].get_url_parts()[2].lstrip("/")],
        look=readers,
        send=readers,
        refused=refused,
    )


def entry(whose, *, look):
    return row("evidence:entry", whose, lambda house, reader: [house.entry(reader, whose)], look=look, send=NEVER)


ROWS = [
    # Signing in and out, and passwords.
    row("sign-in", look=EVERYONE, send=EVERYONE),
    row("sign-out", look=NEVER, send=EVERYONE),
    row("password_change", look=EVERYONE, send=EVERYONE),
    row("password_change_done", look=EVERYONE, send=NEVER),
    row("password_reset", look=EVERYONE, send=EVERYONE),
    row("password_reset_done", look=EVERYONE, send=NEVER),
    row("password_reset_confirm", "made up", lambda house, reader: ["MQ", "a-b"], look=EVERYONE, send=EVERYONE),
    row("password_reset_complete", look=EVERYONE, send=NEVER),
    # People.
    row("people:list", look=EVERYONE, send=NEVER),
    row("people:me", look=EVERYONE, send=NEVER),
    row("people:add", look=STEER, send=STEER),
    row("people:import", look=STEER, send=STEER),
    *(
        row(f"people:import-{name}", "own", own_upload, look=look, send=send)
        for name, look, send in (
            ("preview", STEER, STEER),
            ("start", NEVER, STEER),
            ("result", STEER, NEVER),
            ("progress", STEER, NEVER),
            ("failed", STEER, NEVER),
        )
    ),
    row("calendar:renew", look=NEVER, send=EVERYONE),
    row("calendar:end", look=NEVER, send=EVERYONE),
    row("calendar:feed", "of nobody", lambda house, reader: ["no-such-token"], look=NOBODY, send=NEVER, refused=404),
    row("people:add-department", look=STEER, send=STEER),
    row("people:add-role", look=STEER, send=STEER),
    person("people:person", "own", look=EVERYONE, send=NEVER),
    person("people:person", "report", look=SEE_ALL | {"manager"}, send=NEVER),
    person("people:person", "former report", look=SEE_ALL, send=NEVER),
    person("people:person", "other", look=SEE_ALL, send=NEVER),
    person("people:person", "nobody", look=NOBODY, send=NEVER),
    *(
        person(f"people:{name}", whose, look=STEER, send=STEER)
        for name in ("grant-role", "move", "withdraw")
        for whose in ("own", "report", "other")
    ),
    *(person("people:groups", whose, look=ADMIN, send=ADMIN) for whose in ("own", "report", "other")),
    *(holding(f"people:{name}", whose) for name in ("end-role", "correct-role") for whose in ("report", "other")),
    *(person("people:record-leave", whose, look=STEER, send=STEER) for whose in ("own", "report", "other")),
    *(
        fact(f"people:{name}", "leaves", whose, look=STEER, send=STEER)
        for name in ("end-leave", "correct-leave")
        for whose in ("own", "report", "other")
    ),
    # Knowledge.
    brief("knowledge:editions", "published", look=EVERYONE, send=NEVER),
    brief("knowledge:editions", "withdrawn", look=EVERYONE, send=NEVER),
    brief("knowledge:editions", "restricted", look=ADMIN, send=NEVER),
    brief("knowledge:editions", "draft", look=NOBODY, send=NEVER),
    brief("knowledge:withdraw", "published", look=OWN, send=OWN, refused=403),
    brief("knowledge:withdraw", "restricted", look=ADMIN, send=ADMIN),
    *(edition("knowledge:edition", which, look=EVERYONE, send=NEVER) for which in ("published", "withdrawn")),
    edition("knowledge:edition", "restricted", look=ADMIN, send=NEVER),
    *(
        edition(f"knowledge:{name}", which, look=NEVER, send=EVERYONE)
        for name in ("acknowledge", "opened")
        for which in ("published", "withdrawn")
    ),
    *(edition(f"knowledge:{name}", "restricted", look=NEVER, send=ADMIN) for name in ("acknowledge", "opened")),
    row("knowledge:reviews", look=EVERYONE, send=NEVER),
    *(edition("knowledge:verify", which, look=NEVER, send=OWN, refused=403) for which in ("published", "withdrawn")),
    edition("knowledge:verify", "restricted", look=NEVER, send=ADMIN),
    row("knowledge:hand-over", look=OWN | {"hr"}, send=NEVER),
    row(
        "knowledge:hand-over-of",
        "of a leaver",
        lambda house, reader: [house.people["leaver"].pk],
        look=OWN | {"hr"},
        send=OWN | {"hr"},
    ),
    edition("knowledge:suggest", "published", look=EVERYONE, send=EVERYONE),
    edition("knowledge:suggest", "restricted", look=ADMIN, send=ADMIN),
    edition("knowledge:suggest", "withdrawn", look=NOBODY, send=NOBODY),
    row("knowledge:report-lesson", look=EVERYONE, send=EVERYONE),
    row("knowledge:lesson-reported", "", lambda *_: ["anonymous"], look=EVERYONE, send=NEVER),
    *(lesson_step("published", state, look=WRITE, send=WRITE) for state in LessonState.values),
    *(lesson_step("restricted", state, look=ADMIN, send=ADMIN, refused=404) for state in LessonState.values),
    # On to where it is asked who may see it.
    row("knowledge:change", "", question_named, look=EVERYONE, send=NEVER),
    row("knowledge:bulletins", look=EVERYONE, send=NEVER),
    row("knowledge:bulletin", "", lambda *_: [2026, 3], look=EVERYONE, send=NEVER),
    *(row(f"knowledge:bulletin-opt-{way}", look=NEVER, send=EVERYONE) for way in ("out", "in")),
    row("knowledge:ask-for-page", look=EVERYONE, send=EVERYONE),
    row("knowledge:suggestions", look=EVERYONE, send=NEVER),
    row(
        "knowledge:suggestion",
        "own",
        lambda house, reader: [house.suggestions[reader].pk],
        look=EVERYONE,
        send=OWN,
    ),
    row(
        "knowledge:suggestion",
        "other",
        lambda house, reader: [house.suggestions["other"].pk],
        look=OWN,
        send=OWN,
        refused=404,
    ),
    *(row(f"knowledge:{name}", look=WRITE | SEE_ALL, send=NEVER) for name in ("risks", "risks-csv")),
    *(
        row(
            f"knowledge:{name}",
            which,
            lambda house, reader, which=which: [house.processes[which].pk],
            look=look,
            send=NEVER,
        )
        for name in ("risks-of", "risks-of-csv")
        for which, look in (("published", WRITE | SEE_ALL), ("restricted", ADMIN))
    ),
    row("knowledge:map", look=EVERYONE, send=NEVER),
    *(edition("knowledge:pdf", which, look=EVERYONE, send=NEVER) for which in ("published", "withdrawn")),
    edition("knowledge:pdf", "restricted", look=ADMIN, send=NEVER),
    *(
        row(
            f"knowledge:{name}",
            which,
            lambda house, reader, which=which, compared=compared: compared(house.lessons[which]),
            look=allowed,
            send=NEVER,
            refused=404,
        )
        for name, compared in (("compare", both_editions), ("compare-chosen", lambda lesson: [lesson.pk]))
        for which, allowed in (("published", EVERYONE), ("restricted", ADMIN))
    ),
    brief("knowledge:page", "published", look=EVERYONE, send=NEVER),
    brief("knowledge:page", "restricted", look=ADMIN, send=NEVER),
    *(brief("knowledge:page", which, look=NOBODY, send=NEVER) for which in ("draft", "withdrawn")),
    *(row(f"knowledge:{name}", look=NEVER, send=WRITE) for name in ("gauge", "begin-procedure")),
    # Competence.
    row("competence:matrix", look=SEE_ALL | {"manager"}, send=NEVER),
    row("competence:matrix-csv", look=SEE_ALL | {"manager"}, send=NEVER),
    row("competence:matrix-xlsx", look=SEE_ALL | {"manager"}, send=NEVER),
    # A former report of the manager reports to HR.
    row("competence:team", look={"manager", "hr"}, send=NEVER),
    row("competence:gaps", look=SEE_ALL | {"manager"}, send=NEVER),
    row("competence:gaps-csv", look=SEE_ALL | {"manager"}, send=NEVER),
    row("competence:list", look=EVERYONE, send=NEVER),
    row("competence:add", look=STEER, send=STEER),
    row("competence:competence", "", taught, look=EVERYONE, send=NEVER),
    row("competence:acknowledge", "", taught, look=NEVER, send=EVERYONE),
    row("competence:require", "", taught, look=STEER, send=STEER),
    row("competence:end-requirement", "", lambda house, reader: [house.requirement.pk], look=STEER, send=STEER),
    *(
        row(
            "competence:require",
            ground,
            lambda house, reader, ground=ground: [*taught(house, reader), ground],
            look=STEER,
            send=STEER,
        )
        for ground in ("role", "department", "process")
    ),
    *(row(f"competence:{name}", "", taught, look=STEER, send=STEER) for name in ("set-validity", "count-as")),
    row("competence:observe", "", taught, look=WRITE | STEER, send=WRITE | STEER),
    row("competence:end-equivalence", "", lambda house, reader: [house.equivalence.pk], look=STEER, send=STEER),
    row("competence:participations", look=EVERYONE, send=NEVER),
    row("competence:take-part", look=STEER, send=STEER),
    row("competence:end-participation", "", lambda house, reader: [house.participation.pk], look=STEER, send=STEER),
    *(
        person(f"competence:{name}", whose, look=STEER, send=STEER)
        for name in ("record-certificate", "record-experience", "waive")
        for whose in ("own", "report", "other")
    ),
    person("competence:record-practice", "own", look=NOBODY, send=NOBODY),
    person("competence:record-practice", "report", look=STEER | {"manager"}, send=STEER | {"manager"}),
    *(person("competence:record-practice", whose, look=STEER, send=STEER) for whose in ("former report", "other")),
    person("competence:record-practice", "nobody", look=NOBODY, send=NOBODY),
    *(
        fact(name, facts, whose, look=STEER, send=STEER)
        for name, facts in (("competence:end-waiver", "waivers"), ("competence:correct-proof", "certificates"))
        for whose in ("own", "report", "other")
    ),
    fact("competence:certificate", "certificates", "own", look=EVERYONE, send=NEVER),
    fact("competence:certificate", "certificates", "report", look=SEE_ALL | {"manager"}, send=NEVER),
    *(
        fact("competence:certificate", "certificates", whose, look=SEE_ALL, send=NEVER)
        for whose in ("former report", "other")
    ),
    row("competence:evaluations", look=EVERYONE, send=NEVER),
    row("competence:plan-evaluation", look=STEER | {"process owner"}, send=STEER | {"process owner"}),
    *(
        fact("competence:evaluation", "evaluations", whose, look=look, send=NEVER)
        for whose, look in (
            ("own", EVERYONE),
            ("report", SEE_ALL),
            ("other", SEE_ALL),
            ("their process", SEE_ALL | {"process owner"}),
        )
    ),
    *(
        fact(f"competence:{name}-evaluation", "evaluations", whose, look=may, send=may)
        for name in ("change", "withdraw")
        for whose, may in (("own", STEER), ("other", STEER), ("their process", STEER | {"process owner"}))
    ),
    *(
        fact(name, facts, whose, look=may, send=may)
        for name, facts in (("competence:evaluate", "evaluations"), ("competence:correct-outcome", "outcomes"))
        for whose, may in (("own", EVERYONE), ("report", NOBODY), ("other", NOBODY))
    ),
    fact("competence:evaluate", "evaluations", "their process", look=NOBODY, send=NOBODY),
    # Courses.
    row("courses:learning", look=EVERYONE, send=NEVER),
    brief("courses:next-edition", "published", look=WRITE | SEE_ALL, send=NEVER, refused=403),
    brief("courses:next-edition", "restricted", look=ADMIN, send=NEVER, refused=403),
    *(brief("courses:next-edition", which, look=WRITE, send=NEVER, refused=403) for which in ("draft", "withdrawn")),
    *(course("courses:start", which, look=NEVER, send=EVERYONE) for which in ("done", "open")),
    course("courses:start", "restricted", look=NEVER, send=ADMIN, refused=404),
    course("courses:start", "draft", look=NEVER, send=NOBODY, refused=404),
    *(course("courses:questions", which, look=WRITE, send=NEVER) for which in ("done", "draft")),
    course("courses:questions", "open", look=NOBODY, send=NEVER),
    row("courses:import-questions", look=WRITE, send=WRITE),
    row("courses:bank", look=WRITE, send=NEVER),
    row("courses:write-banked", look=WRITE, send=WRITE),
    row("courses:write-banked", "changed", lambda house, reader: [house.banked.pk], look=WRITE, send=WRITE),
    course("courses:write-question", "done", look=WRITE, send=WRITE),
    course("courses:write-question", "open", look=NOBODY, send=NOBODY),
    *(
        row(
            "courses:write-question",
            f"changed, {which}",
            lambda house, reader, which=which: [house.courses[which].pk, house.courses[which].questions.first().pk],
            look=allowed,
            send=allowed,
        )
        for which, allowed in (("done", WRITE), ("open", NOBODY))
    ),
    *(
        row(
            "courses:withdraw-question",
            which,
            lambda house, reader, which=which: [house.courses[which].questions.first().pk],
            look=NEVER,
            send=allowed,
        )
        for which, allowed in (("done", WRITE), ("open", NOBODY))
    ),
    attempt("courses:attempt", "open", "own", look=EVERYONE, send=EVERYONE),
    attempt("courses:attempt", "done", "own", look=EVERYONE, send=EVERYONE),
    row("courses:questions-to-look-at", look=WRITE, send=NEVER),
    row("courses:look-at-question", "stale", lambda house, reader: [house.stale.pk], look=WRITE, send=WRITE),
    *(
        row(
            "courses:look-at-question",
            which,
            lambda house, reader, which=which: [house.courses[which].questions.first().pk],
            look=allowed,
            send=allowed,
        )
        for which, allowed in (("done", WRITE), ("open", NOBODY))
    ),
    row("courses:look-at-question", "none", lambda house, reader: [NOTHING], look=NOBODY, send=NOBODY, refused=404),
    *(
        course(f"courses:{name}", which, look=allowed, send=NEVER)
        for name in ("statistics", "statistics-csv")
        for which, allowed in (("done", WRITE), ("open", NOBODY), ("restricted", ADMIN))
    ),
    *(
        row(
            "courses:regrade",
            which,
            lambda house, reader, which=which: [house.courses[which].questions.first().pk],
            look=allowed,
            send=allowed,
        )
        for which, allowed in (("done", WRITE), ("open", NOBODY), ("restricted", ADMIN))
    ),
    attempt("courses:submit", "open", "own", look=NEVER, send=EVERYONE),
    *(
        attempt("courses:attempt", state, whose, look=NOBODY, send=NOBODY)
        for state in ("open", "done")
        for whose in ("report", "other", "nobody")
    ),
    *(
        attempt("courses:submit", state, whose, look=NEVER, send=NOBODY)
        for state in ("open", "done")
        for whose in ("report", "other", "nobody")
    ),
    attempt("courses:result", "done", "own", look=EVERYONE, send=NEVER),
    *(attempt("courses:result", "done", whose, look=SEE_ALL, send=NEVER) for whose in ("report", "other")),
    *(attempt("courses:result", "open", whose, look=NOBODY, send=NEVER) for whose in ("report", "other", "nobody")),
    answer("own", send=EVERYONE),
    *(answer(whose, send=NOBODY) for whose in ("report", "other")),
    *(
        step(name, kind, which, look=look and allowed, send=send and allowed)
        for which, allowed in (("published", EVERYONE), ("restricted", ADMIN))
        for name, kind, look, send in (
            ("courses:file", "files", True, NEVER),
            ("courses:open-file", "files", NEVER, True),
            ("courses:task", "tasks", True, True),
        )
    ),
    row(
        "courses:sessions",
        "",
        lambda house, reader: [house.stepped["published"].pk],
        look=STEER | {"expert"},
        send=STEER | {"expert"},
    ),
    session("courses:session", look=STEER | {"expert"}, send=STEER | {"expert"}),
    session("courses:call-off-session", look=NEVER, send=STEER | {"expert"}),
    row(
        "courses:was-not-there",
        "",
        lambda house, reader: [house.attendance.pk],
        look=NEVER,
        send=STEER | {"expert"},
    ),
    row("courses:desk", look=EVERYONE, send=NEVER),
    mark("own", NOBODY),
    *(mark(whose, WRITE) for whose in ("report", "other")),
    fact("courses:practical", "practicals", "own", look=EVERYONE, send=NOBODY),
    *(
        fact("courses:practical", "practicals", whose, look=SEE_ALL | WRITE, send=WRITE)
        for whose in ("report", "other")
    ),
    *(
        row(
            "courses:certificate",
            whose,
            lambda house, reader, whose=whose: [house.certificate(reader, whose).pk],
            look=look,
            send=NEVER,
        )
        for whose, look in (
            ("own", EVERYONE),
            ("report", SEE_ALL | {"manager"}),
            ("former report", SEE_ALL),
            ("other", SEE_ALL),
        )
    ),
    row("certificates:find", look=EVERYONE, send=NEVER),
    row(
        "certificates:check",
        "",
        lambda house, reader: [house.certificate(reader, "other").code],
        look=EVERYONE,
        send=NEVER,
    ),
    row("certificates:check", "of nobody", lambda *_: ["0" * 20], look=NOBODY, send=NEVER, refused=404),
    # The log.
    row("evidence:room", look=AUDIT, send=NEVER),
    row("evidence:draw", look=AUDIT, send=AUDIT),
    row("evidence:sample", "", lambda house, reader: [house.sample.pk], look=AUDIT, send=NEVER),
    row("evidence:sample-csv", "", lambda house, reader: [house.sample.pk], look=AUDIT, send=NEVER),
    entry("own", look=EVERYONE),
    *(entry(whose, look=SEE_ALL) for whose in ("report", "former report", "other")),
    # Search, pictures, documents and pages.
    row("search:search", look=EVERYONE, send=NEVER),
    row("media", "a picture", lambda house, reader: [house.picture.file.name], look=EVERYONE, send=NEVER),
    row(
        "wagtaildocs_serve",
        "",
        lambda house, reader: [house.document.pk, house.document.filename],
        look=EVERYONE,
        send=EVERYONE,
    ),
    page("published", EVERYONE),
    page("draft", NOBODY, refused=404),
    page("withdrawn", NOBODY, refused=404),
    page("restricted", ADMIN),
    # Wagtail's own doors: Cairn's is the only one, and no page is kept by a password.
    row("wagtailcore_login", look=NOBODY, send=NOBODY, refused=404),
    row("wagtailcore_authenticate_with_password", "", lambda *_: [NOTHING, 1], look=NOBODY, send=NOBODY, refused=404),
    row("wagtaildocs_authenticate_with_password", "", lambda *_: [NOTHING], look=NOBODY, send=NOBODY, refused=404),
]  # fmt: skip


def names(resolver=None, space=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern) != "admin/":
                yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name


def test_every_url_name_is_in_the_matrix():
    """Those of Wagtail's admin are asked in test_admin.py."""
    assert set(names()) - {each.name for each in ROWS} == set()
    assert {each.name for each in ROWS} - set(names()) == set()


def asked(client, method, address):
    """The status of the answer; what it changed is undone. To be sent to sign in is to be refused."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    is_sent_away = response.status_code == 302 and response["Location"].startswith(("/sign-in/?", "/_util/"))
    return 403 if is_sent_away else response.status_code


def is_right(status, allowed, reader, refused):
    if allowed is NEVER:
        return status == 405
    return status in ANSWERS if reader in allowed else status == refused


def test_each_reader_gets_what_is_theirs(house, quiet):
    wrong = []
    for reader in READERS:
        client = Client()
        for each in ROWS:
            address = reverse(each.name, args=each.arguments(house, reader))
            for method, allowed in (("get", each.look), ("post", each.send)):
                if not client.cookies.get("sessionid") or not client.cookies["sessionid"].value:
                    client.force_login(house.people[reader])
                status = asked(client, method, address)
                if not is_right(status, allowed, reader, each.refused):
                    wrong.append((reader, method, each.name, each.what, status))
    assert not wrong, "\n".join(map(str, wrong))
