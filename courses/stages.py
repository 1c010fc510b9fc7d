"""The stages of a course, in the order in which they come where a course is taken in order."""

from enum import IntEnum


class Stage(IntEnum):
    READINGS = 1
    FILES = 2
    SESSIONS = 3
    QUIZ = 4
    PRACTICALS = 5

    @property
    def named(self) -> str:
        return NAMED[self]

    @property
    def to_do(self) -> str:
        return TO_DO[self]


# What shows that someone can do something; to read and to open shows nothing.
PROVING = (Stage.SESSIONS, Stage.QUIZ, Stage.PRACTICALS)

NAMED = {
    Stage.READINGS: "the readings",
    Stage.FILES: "the files",
    Stage.SESSIONS: "the classroom sessions",
    Stage.QUIZ: "the quiz",
    Stage.PRACTICALS: "the practical tasks",
}
TO_DO = {
    Stage.READINGS: "read and acknowledge {}",
    Stage.FILES: "open {}",
    Stage.SESSIONS: "attend {}",
    Stage.QUIZ: "pass the quiz",
    Stage.PRACTICALS: "show {}",
}
