from courses.actions.add_course import add_course
from courses.actions.confirm_question import confirm_question
from courses.actions.find_stale import find_stale
from courses.actions.import_questions import import_questions, import_uploaded
from courses.actions.mark_answer import mark_answer
from courses.actions.offer_course import offer_course
from courses.actions.reconcile import reconcile
from courses.actions.retire_course import retire_course
from courses.actions.save_answers import save_answers
from courses.actions.start_attempt import start_attempt
from courses.actions.submit_attempt import submit_attempt
from courses.actions.withdraw_question import withdraw_question
from courses.actions.write_question import write_question

__all__ = [
    "add_course",
    "confirm_question",
    "find_stale",
    "import_questions",
    "import_uploaded",
    "mark_answer",
    "offer_course",
    "reconcile",
    "retire_course",
    "save_answers",
    "start_attempt",
    "submit_attempt",
    "withdraw_question",
    "write_question",
]
