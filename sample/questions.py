"""What the sample's files say of courses and of what they ask. Plain values; how it is written, says wordings.py."""

from dataclasses import dataclass

from courses.kinds import Content


@dataclass(frozen=True)
class Written:
    """What someone writes to a free-text question, and what an assessor finds of it: a level for each criterion."""

    text: str
    levels: tuple[int, ...]
    comment: str = ""


@dataclass(frozen=True)
class Question:
    """`passage` is the heading in the brief under which the answer stands; `earlier` is what was asked before `day`."""

    tests: str
    passage: str
    says: Content
    day: int | None = None
    earlier: Content | None = None
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    competence: str = ""
    # Those who know most take its first wrong option.
    misleads: bool = False
    # The option that nobody chooses.
    nobody: str = ""
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Draw:
    """So many of the questions with that tag."""

    tag: str
    count: int


@dataclass(frozen=True)
class Course:
    """With `draws` its quiz asks what they draw; without, its own questions, each once."""

    key: str
    title: str
    teaches: str
    summary: str
    introduction: str
    readings: tuple[str, ...]
    day: int
    author: str
    questions: tuple[Question, ...]
    pass_percent: int = 80
    assessor: str = ""
    minutes: int | None = None
    wait_hours: int = 0
    attempts_allowed: int | None = None
    shuffles: bool = False
    one_a_page: bool = False
    reveals: str = "passed"
    draws: tuple[Draw, ...] = ()


@dataclass(frozen=True)
class Bank:
    """Questions of no course, which quizzes draw."""

    author: str
    day: int
    questions: tuple[Question, ...]
