from courses.models import Attempt
from courses.permissions import may_see_answers
from evidence.kinds import Kind, register, to, to_each

COURSE = ("course", "competence")


def to_editions(of):
    return to_each("knowledge:edition", "edition_id", of=of, words="Edition {edition} of “{title}”")


def is_asked_of(reader, facts) -> bool:
    """As on the result's own page: whoever sits these questions now reads nothing of their answers."""
    attempt = Attempt.objects.select_related("course").filter(pk=facts["attempt"]).first()
    return attempt is not None and not may_see_answers(reader, attempt)


register(
    Kind(
        "courses.course_published",
        title="Courses: a course published",
        words="The course {course} was published; it teaches {competence}, with a pass mark of {pass_percent} %",
        facets=COURSE,
    )
)
register(
    Kind(
        "courses.course_withdrawn",
        title="Courses: a course withdrawn",
        words="The course {course} is no longer offered",
        facets=COURSE,
    )
)
register(
    Kind(
        "courses.question_written",
        title="Courses: a question written",
        words="Version {version} of question {question} was written",
        facets=("course",),
        links=(to_editions("tests_edition"),),
    )
)
register(
    Kind(
        "courses.question_stale",
        title="Courses: questions stale",
        words="The new edition of “{title}” changed what questions test; until someone has looked at them, so many are "
        "not asked: {count}",
        facets=("course",),
        links=(to_editions("edition"),),
    )
)
register(
    Kind(
        "courses.question_withdrawn",
        title="Courses: a question withdrawn",
        words="Question {question} was withdrawn: {reason}",
        personal=("reason",),
        facets=("course",),
    )
)
register(
    Kind(
        "courses.assigned",
        title="Courses: a course assigned",
        words="{subject} was asked to take the course {course} by {due}",
        personal=("because",),
        facets=COURSE,
        link=to("people:person", "person"),
    )
)
register(
    Kind(
        "courses.assignment_ended",
        title="Courses: an assignment ended",
        words="{subject} is no longer asked to take the course {course}: {reason}",
        facets=COURSE,
        link=to("people:person", "person"),
    )
)
register(
    Kind(
        "courses.attempt_started",
        title="Courses: a quiz started",
        words="{subject} started the quiz of the course {course}",
        facets=(*COURSE, "department", "role"),
    )
)
register(
    Kind(
        "courses.attempt_submitted",
        title="Courses: a quiz submitted",
        words="{subject} submitted the quiz of the course {course}: {points} of {points_possible} points, "
        "{pass_percent} % needed, {outcome}",
        facets=(*COURSE, "department", "role"),
        link=to("courses:result", "attempt"),
        links=(to_editions("editions"),),
    )
)
register(
    Kind(
        "courses.attempt_handed_in",
        title="Courses: a quiz handed in, to be marked",
        words="{subject} handed in the quiz of the course {course}; an assessor is to mark it",
        facets=(*COURSE, "department", "role"),
        link=to("courses:result", "attempt"),
    )
)
register(
    Kind(
        "courses.answer_marked",
        title="Courses: an answer marked",
        words="An answer of {subject} in the quiz of the course {course} was marked: {worth} of the whole",
        personal=("comment",),
        facets=(*COURSE, "department", "role"),
        link=to("courses:result", "attempt"),
        withholds=is_asked_of,
    )
)
register(
    Kind(
        "courses.attempt_marked",
        title="Courses: a quiz marked",
        words="The quiz of the course {course} that {subject} handed in was marked: "
        "{points} of {points_possible} points, {pass_percent} % needed, {outcome}",
        facets=(*COURSE, "department", "role"),
        link=to("courses:result", "attempt"),
        links=(to_editions("editions"),),
    )
)
register(
    Kind(
        "courses.regraded",
        title="Courses: a question regraded",
        words="Question {question} was regraded ({treatment}): {to_passed} passed by it, {to_not_passed} no longer, "
        "{points_only} have other points: {reason}",
        personal=("reason",),
        facets=("course",),
    )
)
register(
    Kind(
        "courses.file_opened",
        title="Courses: a file opened",
        words="{subject} opened “{title}” in the course {course}",
        facets=(*COURSE, "department", "role"),
    )
)
register(
    Kind(
        "courses.session_planned",
        title="Courses: a classroom session planned",
        words="The session “{title}” of the course {course} was planned for {day}",
        facets=COURSE,
        link=to("courses:session", "session"),
    )
)
register(
    Kind(
        "courses.session_called_off",
        title="Courses: a classroom session called off",
        words="The session “{title}” of the course {course} on {day} was called off: {reason}",
        personal=("reason",),
        facets=COURSE,
        link=to("courses:session", "session"),
    )
)
register(
    Kind(
        "courses.result_regraded",
        title="Courses: a result regraded",
        words="The quiz of the course {course} that {subject} handed in was regraded: {points} of {points_possible} "
        "points, {pass_percent} % needed, {outcome}; before, {points_before} of {points_possible_before}, "
        "{outcome_before}",
        facets=(*COURSE, "department", "role"),
        link=to("courses:result", "attempt"),
    )
)
register(
    Kind(
        "courses.attended",
        title="Courses: a classroom session attended",
        words="{subject} attended the session “{title}” of the course {course} on {day}",
        facets=(*COURSE, "department", "role"),
        link=to("courses:session", "session"),
    )
)
register(
    Kind(
        "courses.attendance_corrected",
        title="Courses: an attendance corrected",
        words="{subject} did not attend the session “{title}” of the course {course} on {day}: {reason}",
        facets=(*COURSE, "department", "role"),
        personal=("reason",),
        link=to("courses:session", "session"),
    )
)
register(
    Kind(
        "courses.assessment_asked",
        title="Courses: a practical assessment asked for",
        words="{subject} asked to show the task “{title}” of the course {course}",
        facets=(*COURSE, "department", "role"),
        link=to("courses:practical", "assessment"),
    )
)
register(
    Kind(
        "courses.signed_off",
        title="Courses: a practical task signed off",
        words="{subject} showed the task “{title}” of the course {course}: {worth} of the whole, "
        "{pass_percent} % needed, {outcome}",
        facets=(*COURSE, "department", "role"),
        personal=("comment",),
        link=to("courses:practical", "assessment"),
    )
)
register(
    Kind(
        "courses.certificate_issued",
        title="Courses: a certificate issued",
        words="{subject} completed the course {course} and was given a certificate",
        facets=(*COURSE, "department", "role"),
        link=to("courses:certificate", "certificate"),
    )
)
