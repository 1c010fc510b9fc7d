"""What is written reads back as the same questions; what a format cannot say is listed, never lost in silence."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from courses.exporting import write
from courses.importing import FORMATS, Found, read_file
from courses.kinds import (
    Answer,
    FreeText,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    ShortAnswer,
    SingleChoice,
)
from tests.courses.contents import questions

forms = pytest.mark.parametrize("form", FORMATS)


def read(text, form):
    return read_file(text.encode(), "", form)


@forms
@settings(max_examples=50, deadline=None)
@given(found=questions)
def test_a_question_reads_back_as_the_same_or_what_is_lost_is_listed(form, found):
    written = write([found], form)
    assert read(written.text, form).found == written.written
    assert written.written == (found,) or written.problems


@settings(max_examples=50, deadline=None)
@given(found=questions)
def test_moodle_xml_loses_nothing_but_criteria_and_shares_as_tolerances(found):
    content = found.content
    assume(not isinstance(content, FreeText) or content.rubric == FreeText(stem="").rubric)
    assume(not isinstance(content, Numerical) or not any(answer.is_relative for answer in content.answers))
    written = write([found], "moodle-xml")
    assert (written.written, written.problems) == ((found,), ())


@forms
@settings(max_examples=15, deadline=None)
@given(found=questions, other=questions)
def test_questions_do_not_run_into_one_another(form, found, other):
    alone = [write([one], form).written for one in (found, other, found)]
    written = write([found, other, found], form)
    assert read(written.text, form).found == written.written == tuple(one for each in alone for one in each)


TWO = (Option("yes", Fraction(1)), Option("no"))


@pytest.mark.parametrize(
    ("form", "content", "reason"),
    [
        ("gift", SingleChoice(stem="?", options=TWO, points=3), "That it brings 3 points is left out."),
        (
            "gift",
            SingleChoice(stem="?", options=TWO, keeps_order=True),
            "That its answers keep their order is left out.",
        ),
        ("gift", ShortAnswer(stem="?", answers=(Answer("a"),), case_matters=True), "That capital letters matter"),
        ("gift", MultipleChoice(stem="?", options=TWO, is_whole=True), "It is all or nothing here."),
        ("gift", FreeText(stem="?", guidance="strict"), "The guidance for whoever marks it is left out."),
        ("gift", Ordering(stem="?", items=("a", "b")), "GIFT has no questions of the kind “Ordering”."),
        ("csv", Ordering(stem="?", items=("a", "b")), "CSV has no questions of the kind “Ordering”."),
        ("csv", SingleChoice(stem="?", options=(*TWO, Option("so", Fraction(1, 2)))), "What its answers are worth"),
        ("csv", SingleChoice(stem="?", options=TWO, has_markdown=True), "That its answers are Markdown is left out."),
        ("csv", SingleChoice(stem="?", options=(*TWO, Option("so", feedback="?"))), "The feedback on its answers"),
        ("moodle-xml", SingleChoice(stem="[a](page:7)", options=TWO), "Pictures, pages and documents of this house"),
        (
            "moodle-xml",
            SingleChoice(stem="?", options=(*TWO, Option("![a](image:7)")), has_markdown=True),
            "Pictures, pages and documents of this house",
        ),
        ("moodle-xml", SingleChoice(stem=" ? ", options=TWO), "Spaces at the ends of its texts"),
        ("moodle-xml", Numerical(stem="?", answers=(NumberAnswer(Fraction(1, 3)),)), "Numbers are rounded"),
        (
            "moodle-xml",
            Numerical(stem="?", answers=(NumberAnswer(Fraction(5), Fraction(1, 10), is_relative=True),)),
            "Tolerances are written as numbers",
        ),
        ("gift", Numerical(stem="?", answers=(NumberAnswer(Fraction(10) ** 70),)), "It is left out: read back"),
        ("gift", SingleChoice(stem="\ud800", options=TWO), "It is left out: read back"),
    ],
)
def test_what_a_format_cannot_say_is_named(form, content, reason):
    (problem, *_) = write([Found(content, name="Q7")], form).problems
    assert (problem.question, problem.line) == ("Q7", 1)
    assert problem.reason.startswith(reason)


@pytest.mark.parametrize("form", ["gift", "moodle-xml"])
@pytest.mark.parametrize("kind", [SingleChoice, MultipleChoice])
@pytest.mark.parametrize("has_markdown", [True, False])
def test_whether_options_are_markdown_is_written_and_read_without_a_loss(form, kind, has_markdown):
    options = (Option("**Half**\n\n- of it", Fraction(1), "Yes."), Option("`full`"), Option("[markdown]"))
    found = Found(kind(stem="?", options=options, has_markdown=has_markdown))
    written = write([found], form)
    assert (written.written, written.problems) == ((found,), ())


@pytest.mark.parametrize("begin", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "'=1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_a_table_begins_as_a_formula(begin):
    options = (Option(begin, Fraction(1)), Option(f"{begin}, no"))
    found = Found(
        SingleChoice(stem=begin, options=options), name=begin, category=begin, tags=(begin,), external_id=begin
    )
    written = write([found], "csv")
    cells = [cell.strip('"\r') for cell in written.text.splitlines()[1].split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert written.written == (found,)
