from courses.models.assignments import Assignment
from courses.models.attempts import Attempt, AttemptQuestion, Marking
from courses.models.courses import Course, CourseReading, Difficulty, Reveals, Slot
from courses.models.questions import Question, QuestionVersion, Stale
from courses.models.regrades import Regrade, RegradedResult, Treatment
from courses.models.showing import (
    Attendance,
    Certificate,
    ClassroomSession,
    FileOpened,
    PracticalAssessment,
    SignOff,
)
from courses.models.steps import Classroom, CourseFile, PracticalTask, Prerequisite

__all__ = [
    "Assignment",
    "Attempt",
    "AttemptQuestion",
    "Attendance",
    "Certificate",
    "Classroom",
    "ClassroomSession",
    "Course",
    "CourseFile",
    "CourseReading",
    "Difficulty",
    "FileOpened",
    "Marking",
    "PracticalAssessment",
    "PracticalTask",
    "Prerequisite",
    "Question",
    "QuestionVersion",
    "Regrade",
    "RegradedResult",
    "Reveals",
    "SignOff",
    "Slot",
    "Stale",
    "Treatment",
]
