from courses.models.assignments import Assignment
from courses.models.attempts import Attempt, AttemptQuestion, Marking
from courses.models.courses import Course, CourseReading, Difficulty, Reveals, Slot
from courses.models.questions import Question, QuestionVersion, Stale

__all__ = [
    "Assignment",
    "Attempt",
    "AttemptQuestion",
    "Course",
    "CourseReading",
    "Difficulty",
    "Marking",
    "Question",
    "QuestionVersion",
    "Reveals",
    "Slot",
    "Stale",
]
