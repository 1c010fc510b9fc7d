from courses.actions.add_course import add_course
from courses.actions.ask_for_assessment import ask_for_assessment
from courses.actions.call_off_session import call_off_session
from courses.actions.complete_course import complete_course
from courses.actions.confirm_question import confirm_question
from courses.actions.correct_attendance import correct_attendance
from courses.actions.find_stale import find_stale
from courses.actions.import_questions import import_questions, import_uploaded
from courses.actions.mark_answer import mark_answer
from courses.actions.offer_course import offer_course
from courses.actions.open_file import open_file
from courses.actions.plan_session import plan_session
from courses.actions.reconcile import reconcile
from courses.actions.record_attendance import record_attendance
from courses.actions.regrade_question import regrade_question
from courses.actions.retire_course import retire_course
from courses.actions.save_answers import save_answers
from courses.actions.sign_off import sign_off
from courses.actions.start_attempt import start_attempt
from courses.actions.submit_attempt import submit_attempt
from courses.actions.withdraw_question import withdraw_question
from courses.actions.write_question import write_question

__all__ = [
    "add_course",
    "ask_for_assessment",
    "call_off_session",
    "complete_course",
    "confirm_question",
    "correct_attendance",
    "find_stale",
    "import_questions",
    "import_uploaded",
    "mark_answer",
    "offer_course",
    "open_file",
    "plan_session",
    "reconcile",
    "record_attendance",
    "regrade_question",
    "retire_course",
    "save_answers",
    "sign_off",
    "start_attempt",
    "submit_attempt",
    "withdraw_question",
    "write_question",
]
