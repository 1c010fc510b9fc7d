"""CSV for the simple case."""

from fractions import Fraction

import pytest

from courses.importing import read_file
from courses.kinds import Answer, Description, FreeText, MultipleChoice, Option, ShortAnswer, SingleChoice, TrueFalse

RIGHT, HALF = Fraction(1), Fraction(1, 2)
SINGLE = SingleChoice(stem="Q", options=(Option("a", RIGHT), Option("b"), Option("c")))
SECOND = SingleChoice(stem="Q", options=(Option("a"), Option("b", RIGHT), Option("c")))
BOTH = MultipleChoice(stem="Q", options=(Option("a", HALF), Option("b", HALF), Option("c")), is_whole=True)


def read(text):
    return read_file(text.encode(), "questions.csv", "csv")


@pytest.mark.parametrize(
    ("table", "content"),
    [
        ("question,right,wrong,wrong\nQ,a,b,c", SINGLE),
        ("Question;Right answer;Wrong answer 1;Wrong answer 2\nQ;a;b;c", SINGLE),
        ("question\tcorrect\twrong\twrong\nQ\ta\tb\tc", SINGLE),
        ("question,option 1,option 2,option 3,right\nQ,a,b,c,2", SECOND),
        ("question,option 1,option 2,option 3,right\nQ,a,b,c,B", SECOND),
        ("question,option 1,option 2,option 3,right\nQ,a,b,c,b", SECOND),
        ('question,answer 1,answer 2,answer 3,right\nQ,a,b,c,"1, 2"', BOTH),
        ("question,right,right,wrong\nQ,a,b,c", BOTH),
        ("question,right,right,wrong,kind\nQ,a,b,c,multiple", MultipleChoice(stem="Q", options=BOTH.options)),
        ("question,right\nQ,true", TrueFalse(stem="Q", is_true=True)),
        ("question,right,wrong\nQ,False,", TrueFalse(stem="Q", is_true=False)),
        ("question,right,right\nQ,a,b", ShortAnswer(stem="Q", answers=(Answer("a"), Answer("b")))),
        ("question,kind\nQ,free-text", FreeText(stem="Q")),
        ("question,kind\nQ,description", Description(stem="Q")),
        ('question,right,points,feedback\n"two\nlines",true,3,so',
         TrueFalse(stem="two\nlines", is_true=True, points=3, explanation="so")),
        ("question,right\n'=1+1?,'=2", ShortAnswer(stem="=1+1?", answers=(Answer("=2"),))),
    ],
)  # fmt: skip
def test_a_row_is_a_question(table, content):
    reading = read(table)
    assert not reading.problems
    assert [found.content for found in reading.found] == [content]


def test_names_categories_identifiers_and_tags_are_kept():
    (found,) = read("name,id,category,tags,question,right\nN,q-7,A/B,fire; two words,Q,true").found
    assert (found.name, found.external_id, found.category, found.tags) == ("N", "q-7", "A/B", ("fire", "two words"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Q,,,,", "It names no right answer."),
        ("Q,a,b,9,", "Its right answer, “9”, names none of its 2 options."),
        ("Q,a,a,1,", "Two options say the same."),
        (",a,b,1,", "The question has no text."),
        ("Q,a,b,1,essay", "“essay” is no kind of question in a table."),
        ("Q,a,b,1,true-false", "Its right answer is neither true nor false."),
        ("Q,a,b,1,single,more", "The row has more cells than there are columns."),
    ],
)
def test_a_row_that_cannot_be_asked_is_named_with_its_line(row, reason):
    reading = read(f"question,option 1,option 2,right,kind\n\n{row}\nR,a,b,1,\n")
    (problem,) = reading.failed
    assert problem.line == 3
    assert problem.reason.startswith(reason)
    assert [found.content.stem for found in reading.found] == ["R"]


def test_a_column_that_is_not_read_is_named():
    assert [problem.reason for problem in read("question,right,level\nQ,true,3").problems] == [
        "The column “level” is not read."
    ]


def test_a_table_without_names_for_its_columns_is_not_read():
    (problem,) = read("What?,This,That").problems
    assert problem.reason.startswith("The first line must name the columns")
