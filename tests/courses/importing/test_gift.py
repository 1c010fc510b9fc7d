"""GIFT as Moodle describes and reads it."""

import time
from fractions import Fraction

import pytest

from courses.importing import read_file
from courses.kinds import (
    Answer,
    Description,
    FreeText,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def read(text):
    return read_file(text.encode(), "questions.gift")


def only(text):
    reading = read(text)
    assert not reading.failed
    (found,) = reading.found
    return found


def one_of(*texts, right, **said):
    return SingleChoice(options=tuple(Option(text, Fraction(text == right)) for text in texts), **said)


def number(value, tolerance=0, worth=1, feedback=""):
    return NumberAnswer(Fraction(str(value)), Fraction(str(tolerance)), Fraction(worth), feedback)


@pytest.mark.parametrize(
    ("gift", "content"),
    [
        ("Who?{~Grant ~Sam =no one}", one_of("Grant", "Sam", "no one", right="no one", stem="Who?")),
        ("Grant is {~here =there} now.", one_of("here", "there", right="there", stem="Grant is _____ now.")),
        ("{ =Asia ~Rome } is large.", one_of("Asia", "Rome", right="Asia", stem="_____ is large.")),
        ("Q{\n\n=a\n\n~b\n\n}", one_of("a", "b", right="a", stem="Q")),
        ("Q{=[markdown]a ~%-50%[markdown]**b**}", SingleChoice(
            stem="Q", options=(Option("a", Fraction(1)), Option("**b**", -HALF)), has_markdown=True
        )),
        ("[markdown]Q{=[markdown]a ~b}", one_of("a", "b", right="a", stem="Q")),
        ("Q{bad ~worse =right}", one_of("bad", "worse", "right", right="right", stem="Q")),
        ("Q{~ \\= 4 = \\= 5}", one_of("= 4", "= 5", right="= 5", stem="Q")),
        ("Q{T}", TrueFalse(stem="Q", is_true=True)),
        ("Q{FALSE}", TrueFalse(stem="Q", is_true=False)),
        ("Q{false}", TrueFalse(stem="Q", is_true=False)),
        ("Q{TRUE#no#yes}", TrueFalse(stem="Q", is_true=True, feedback_true="yes", feedback_false="no")),
        ("Q{FALSE#no#yes}", TrueFalse(stem="Q", is_true=False, feedback_true="no", feedback_false="yes")),
        ("Q{F#no####why}", TrueFalse(stem="Q", is_true=False, feedback_true="no", explanation="why")),
        ("Q{=one =1}", ShortAnswer(stem="Q", answers=(Answer("one"), Answer("1")))),
        ("Q{One}", ShortAnswer(stem="Q", answers=(Answer("One"),))),
        ("Q{=a =%50%b#so so =%0%*#no}", ShortAnswer(
            stem="Q", answers=(Answer("a"), Answer("b", HALF, "so so"), Answer("*", Fraction(0), "no"))
        )),
        ("Q{#3}", Numerical(stem="Q", answers=(number(3),))),
        ("Q{#-3.5:0.25}", Numerical(stem="Q", answers=(number(-3.5, 0.25),))),
        ("Q{#1..5}", Numerical(stem="Q", answers=(number(3, 2),))),
        ("Q{#-3.2..-3.1}", Numerical(stem="Q", answers=(number(-3.15, 0.05),))),
        ("Q{#=1822:0#Yes =%50%1822:2#Close\n~#No}", Numerical(stem="Q", answers=(
            number(1822, 0, 1, "Yes"), number(1822, 2, HALF, "Close"),
            NumberAnswer(None, Fraction(0), Fraction(0), "No"),
        ))),
        ("Q{=a -> 1 =b -> 2 = -> 3}", Matching(stem="Q", pairs=(Pair("a", "1"), Pair("b", "2")), distractors=("3",))),
        ("Q{}", FreeText(stem="Q")),
        ("Q{####why}", FreeText(stem="Q", explanation="why")),
        ("Read this.", Description(stem="Read this.")),
        ("Q{~%50%a ~%50%b ~%-100%c}", MultipleChoice(
            stem="Q", options=(Option("a", HALF), Option("b", HALF), Option("c", Fraction(-1)))
        )),
        ("Q{~%33.33333%a ~%33.33333%b ~%33.33333%c ~d}", MultipleChoice(
            stem="Q", options=(Option("a", THIRD), Option("b", THIRD), Option("c", THIRD), Option("d"))
        )),
        ("Q{~a#no =b#yes\n####why\\: so}", SingleChoice(
            stem="Q", options=(Option("a", feedback="no"), Option("b", Fraction(1), "yes")), explanation="why: so"
        )),
    ],
)  # fmt: skip
def test_every_form_of_question_is_read(gift, content):
    assert only(gift).content == content


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("[markdown]**a**\\nb", "**a**\nb"),
        ("[markdown]a\n\n- b", None),
        ("[html]<p>a <b>b</b></p>", "a **b**"),
        ("[plain]<b> *c*", "&lt;b> \\*c\\*"),
        ("2 * 3 ~\\{\\}\\:\\# \\~", None),
        ("a\\: \\{b\\} \\~\\=\\#", "a: {b} ~=#"),
        ("A \\\\\\\\ B", "A \\\\\\\\ B"),
        ("<b>a</b>", "**a**"),
        ("the <head> of it", "the &lt;head> of it"),
        ("one\\ntwo", "one  \ntwo"),
        ("one\\n\\ntwo", "one\n\ntwo"),
        ("[other]a", "[other]a"),
    ],
)
def test_the_text_is_markdown_whatever_it_was(written, stem):
    reading = read(f"{written}{{T}}")
    assert stem is None or [found.content.stem for found in reading.found] == [stem]


def test_names_categories_identifiers_and_tags_are_kept():
    gift = """
    $CATEGORY: $course$/top/Fire // safety

    // question: 7  name: Doors
    // [id:q-7] [tag:fire] [tag:a\\]b]
    ::Doors\\: one::Which?{=a ~b}

    $CATEGORY: Other

    Say.{}
    """.replace("\n    ", "\n")
    doors, other = read(gift).found
    assert (doors.name, doors.category) == ("Doors: one", "Fire // safety")
    assert (doors.external_id, doors.tags, doors.line) == ("q-7", ("fire", "a]b"), 6)
    assert (other.name, other.category, other.external_id, other.tags) == ("", "Other", "", ())


def test_a_title_begins_a_question_also_without_a_blank_line():
    assert [found.name for found in read("::a::Q{T}\n// next\n::b::Q{F}\n::c::Q{}").found] == ["a", "b", "c"]


def test_braces_left_open_swallow_no_more_than_their_own_question():
    reading = read("::a::Q{=x ~y\n\n::b::Q{T}")
    assert [problem.question for problem in reading.failed] == ["a"]
    assert [found.name for found in reading.found] == ["b"]


def test_code_may_have_blank_lines_and_lines_that_begin_with_slashes():
    found = only("::a::[markdown]What?\n```\nint a;\n\n// b\nint c;\n```\n{=x ~y}")
    assert found.content.stem == "What?\n```\nint a;\n\n// b\nint c;\n```"


@pytest.mark.parametrize(
    ("gift", "reason"),
    [
        ("Q{=a", "Its braces do not match."),
        ("Q=a}", "Its braces do not match."),
        ("What is {{ x }}?{=a ~b}", "Its braces do not match."),
        ("Q{T}\nR{F}", "It has two sets of answers or more."),
        ("Q{~a ~b}", "No answer is right."),
        ("Q{=a =b ~}", "An answer has no text."),
        ("Q{=#fff ~#000}", "An answer has no text."),
        ("Q{=a ~a}", "Two options say the same."),
        ("Q{~a}", "A question has at least two answers"),
        ("Q{#three}", "“three” is no number"),
        ("Q{#1e999999}", "“1e999999” is no number"),
        ("Q{#1:x}", "“1:x” is no number"),
        ("{T}", "The question has no text."),
        ("Q{=%0%a =%-10%b}", "No answer is right."),
    ],
)
def test_a_question_that_cannot_be_asked_is_named_with_its_line_and_the_reason(gift, reason):
    reading = read(f"// one\n\n::name::{gift}\n\n::other::Q{{T}}")
    (problem,) = reading.failed
    assert (problem.question, problem.line) == ("name", 3)
    assert problem.reason.startswith(reason)
    assert [found.name for found in reading.found] == ["other"]


@pytest.mark.parametrize(
    ("gift", "note", "worths"),
    [
        ("Q{~%80%a ~%80%b}", "Its right answers were worth 160 % together.", [HALF, HALF]),
        ("Q{=~%50%a =~%50%b =~%50%c}", "Its right answers were worth 150 % together.", [THIRD, THIRD, THIRD]),
        ("Q{=%80%a =%40%b}", "Its best answer was worth 80 %.", [1, HALF]),
        ("Q{=a ~%-300%b}", "An answer was worth more than 100 % or less", [1, -1]),
        ("Q{=a -> b#c =d -> e}", "The feedback on single pairs is left out.", None),
        ("[html]Q<img src\\=\"@@PLUGINFILE@@/a.png\">{=a ~b}", "A picture a.png is left out", None),
        ("Q\n// remark\nmore{T}", "A line that begins with // is a comment, and left out: “// remark”", None),
    ],
)  # fmt: skip
def test_what_changes_or_is_left_out_is_noted(gift, note, worths):
    found = only(gift)
    (problem,) = found.problems
    assert problem.reason.startswith(note)
    answers = getattr(found.content, "options", None) or getattr(found.content, "answers", ())
    assert worths is None or [answer.worth for answer in answers] == worths


@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000,
        "::" * 100_000,
        "\\" * 200_001,
        "Q{" + "~%50%" * 50_000,
        "[html]" + "<b>" * 20_000 + "{}",
        "[html]" + "<a style " * 15_000 + "{T}",
        "_ *[" * 40_000,
        "// [id:" * 30_000 + "\nQ{T}",
        "Q{#" + "9" * 90_000 + "}",
        "```\n" * 50_000,
    ],
)
def test_no_text_takes_long(text):
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 3


def test_every_block_is_accounted_for():
    answers = ["{=a}", "{=a ~b}", "{=a ~b", "", "{#1}", "{#x}", "{T}", "}"]
    gift = "\n\n".join(f"::{number}::Q{answers[number % len(answers)]}" for number in range(60))
    reading = read(gift)
    told = {found.name for found in reading.found} | {problem.question for problem in reading.failed}
    assert told == {str(number) for number in range(60)}
