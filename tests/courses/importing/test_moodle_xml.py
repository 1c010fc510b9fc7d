"""Moodle XML: each type of question as what it is here, or named with the reason."""

from fractions import Fraction

import pytest

from courses.importing import read_file
from courses.kinds import (
    Answer,
    Description,
    FreeText,
    Matching,
    MissingWords,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
    Word,
)

HALF = Fraction(1, 2)


def read(xml, file="quiz.xml"):
    return read_file(f"<?xml version='1.0'?>\n<quiz>{xml}</quiz>".encode(), file)


def question(kind, body="", stem="Q", name="N"):
    text = f"<questiontext format='html'><text><![CDATA[{stem}]]></text></questiontext>"
    return f"<question type='{kind}'><name><text>{name}</text></name>{text}{body}</question>"


def answers(*given, more=""):
    return "".join(
        f"<answer fraction='{fraction}'><text>{text}</text><feedback><text>{feedback}</text></feedback>{more}</answer>"
        for fraction, text, feedback in given
    )


def boxes(tag, *given):
    return "".join(f"<{tag}><text>{text}</text><group>{group}</group></{tag}>" for text, group in given)


ONE_RIGHT = answers((100, "a", "yes"), (0, "b", ""))
IN_MARKDOWN = ONE_RIGHT.replace("<answer ", "<answer format='markdown' ")
HALF_MARKDOWN = ONE_RIGHT.replace("<answer ", "<answer format='markdown' ", 1)
TWO_RIGHT = answers((50, "a", ""), (50, "b", ""), (-50, "c", ""))
CHOICE = (Option("a", Fraction(1), "yes"), Option("b"))
UNITS = (
    "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit>"
    "<unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit></units>"
)
PAIRS = "".join(
    f"<subquestion format='html'><text>{prompt}</text><answer><text>{answer}</text></answer></subquestion>"
    for prompt, answer in [("a", "1"), ("b", "2"), ("", "3")]
)


@pytest.mark.parametrize(
    ("xml", "content"),
    [
        (question("multichoice", f"<single>true</single>{ONE_RIGHT}"), SingleChoice(stem="Q", options=CHOICE)),
        (question("multichoice", f"<single>1</single><shuffleanswers>0</shuffleanswers>{ONE_RIGHT}"),
         SingleChoice(stem="Q", options=CHOICE, keeps_order=True)),
        (question("multichoice", f"<single>true</single>{IN_MARKDOWN}"),
         SingleChoice(stem="Q", options=CHOICE, has_markdown=True)),
        (question("multichoice", f"<single>true</single>{HALF_MARKDOWN}"),
         SingleChoice(stem="Q", options=CHOICE)),
        (question("multichoice", f"<single>false</single>{TWO_RIGHT}"),
         MultipleChoice(stem="Q", options=(Option("a", HALF), Option("b", HALF), Option("c", -HALF)))),
        (question("multichoiceset", answers((100, "a", ""), (100, "b", ""), (0, "c", ""))),
         MultipleChoice(stem="Q", options=(Option("a", HALF), Option("b", HALF), Option("c")), is_whole=True)),
        (question("truefalse", answers((0, "true", "no"), (100, "false", "yes"))),
         TrueFalse(stem="Q", is_true=False, feedback_true="no", feedback_false="yes")),
        (question("shortanswer", f"<usecase>1</usecase>{answers((100, 'Milky*Way', ''), (50, '<![CDATA[<b>]]>', ''))}"),
         ShortAnswer(stem="Q", answers=(Answer("Milky*Way"), Answer("<b>", HALF)), case_matters=True)),
        (question("numerical", answers((100, "4.5", ""), (0, "*", "no"), more="<tolerance>0.1</tolerance>")),
         Numerical(stem="Q", answers=(NumberAnswer(Fraction(9, 2), Fraction(1, 10)),
                                      NumberAnswer(None, Fraction(1, 10), Fraction(0), "no")))),
        (question("numerical", f"{answers((100, '4', ''))}{UNITS}<unitgradingtype>1</unitgradingtype>"
                               "<unitpenalty>0.5</unitpenalty>"),
         Numerical(stem="Q", answers=(NumberAnswer(Fraction(4)),), unit_is_needed=True, unit_penalty=HALF,
                   units=(Unit("km"), Unit("m", Fraction(1000))))),
        (question("matching", PAIRS), Matching(stem="Q", pairs=(Pair("a", "1"), Pair("b", "2")), distractors=("3",))),
        (question("ordering", answers((2, "b", ""), (1, "a", ""), (3, "c", ""))),
         Ordering(stem="Q", items=("a", "b", "c"))),
        (question("gapselect", boxes("selectoption", ("a", 1), ("b", 1), ("c", 1)), stem="[[3]] x [[1]]"),
         MissingWords(stem="[[1]] x [[2]]", word_list=(Word("a"), Word("b"), Word("c")), answers=(2, 0))),
        (question("ddwtos", boxes("dragbox", ("a", 1), ("b", 1), ("a", 1), ("c", 2), ("d", 2)), stem="[[3]] [[4]]"),
         MissingWords(stem="[[1]] [[2]]", answers=(0, 2),
                      word_list=(Word("a"), Word("b"), Word("c", 2), Word("d", 2)))),
        (question("cloze", stem="Is {1:MULTICHOICE:=on~off} or {1:MC:%0%x~%100%y}"),
         MissingWords(stem="Is [[1]] or [[2]]", answers=(0, 3),
                      word_list=(Word("on"), Word("off"), Word("x", 2), Word("y", 2)))),
        (question("essay", "<graderinfo format='html'><text>&lt;p&gt;Be fair&lt;/p&gt;</text></graderinfo>"),
         FreeText(stem="Q", guidance="Be fair")),
        (question("description", "<defaultgrade>0</defaultgrade>"), Description(stem="Q")),
        (question("truefalse", f"<defaultgrade>3.0000000</defaultgrade>{answers((100, 'true', ''), (0, 'false', ''))}"),
         TrueFalse(stem="Q", is_true=True, points=3)),
        (question("essay", "<generalfeedback format='markdown'><text>*so*</text></generalfeedback>"),
         FreeText(stem="Q", explanation="*so*")),
    ],
)  # fmt: skip
def test_every_type_that_can_be_asked_here_is_read(xml, content):
    reading = read(xml)
    assert not reading.problems
    assert [found.content for found in reading.found] == [content]


def test_names_categories_identifiers_and_tags_are_kept():
    category = "<question type='category'><category><text>$course$/top/A/B</text></category></question>"
    tags = "<idnumber>q-7</idnumber><tags><tag><text>fire</text></tag><tag><text>doors</text></tag></tags>"
    (found,) = read(category + question("essay", tags)).found
    assert (found.name, found.category, found.external_id) == ("N", "A/B", "q-7")
    assert (found.tags, found.line) == (("fire", "doors"), 2)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (question("coderunner"), "Questions of type coderunner are not read."),
        (question("calculated"), "Questions of type calculated are not read."),
        (question("ddmarker"), "Questions of type ddmarker are not read."),
        (question(""), "Questions of type without a name are not read."),
        (question("cloze", stem="{1:NUMERICAL:=5}"), "Embedded answers of type NUMERICAL are not read"),
        (question("cloze", stem="{1:MC:=a~b} {2:MC:=c~d}"), "Its embedded answers have different weights."),
        (question("cloze", stem="{1:MC:=a~%50%b}"), "Its part 1 has not just one right answer"),
        (question("cloze", stem="none"), "It has no embedded answers that are read"),
        (question("gapselect", boxes("selectoption", ("a", 1), ("b", 1)), stem="[[3]]"), "Its gap [[3]] names no word"),
        (question("gapselect", boxes("selectoption", ("a", 1), ("b", 2)), stem="[[1]]"), "A gap has one word"),
        (question("truefalse", answers((100, "true", ""))), "It has not both answers"),
        (question("truefalse", answers((0, "true", ""), (0, "false", ""))), "It does not say which"),
        (question("shortanswer", answers(("many", "a", ""))), "What an answer is worth, “many”, is no number."),
        (question("shortanswer"), "No answer is right."),
        (question("numerical", answers((100, "1e999999", ""))), "“1e999999” is no number."),
        (question("numerical", answers((100, "9" * 70, ""))), "“9999"),
        (question("multichoice", ONE_RIGHT, stem=""), "The question has no text."),
        (question("essay", stem="<ul><li>" * 40), "Its HTML is nested in more than 30 levels."),
        (question("essay", stem="x" * 100_001), "A text of it is longer than 100,000 characters."),
    ],
)
def test_a_question_that_cannot_be_asked_is_named_with_its_line_and_the_reason(xml, reason):
    reading = read("\n\n" + xml + question("essay", name="other"))
    (problem,) = reading.failed
    assert (problem.question, problem.line) == ("N", 4)
    assert problem.reason.startswith(reason)
    assert [found.name for found in reading.found] == ["other"]


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("<defaultgrade>2.5</defaultgrade>", "Its default mark was 2.5. It brings 3 points"),
        ("<defaultgrade>0.0</defaultgrade>", "Its default mark was 0.0. It brings 1 points"),
        ("<defaultgrade>1e500</defaultgrade>", "Its default mark, “1e500”, is no number."),
        ("<correctfeedback><text>Well done</text></correctfeedback>", "The feedback on right, partly right"),
        ("<hint><text>Think</text></hint>", "Its hints are left out"),
        ("<hidden>1</hidden>", "It was hidden."),
        ("<attachments>2</attachments>", "Files cannot be handed in"),
        ("<minwordlimit>50</minwordlimit>", "How many words an answer may have"),
        ("<responsetemplate><text>Once</text></responsetemplate>", "The text with which an answer was to begin"),
        (
            "<questiontext><file name='a.png' encoding='base64'>AAAA</file></questiontext>",
            "The file a.png is left out.",
        ),
    ],
)
def test_what_is_left_out_is_noted(body, note):
    (problem,) = read(question("essay", body)).problems
    assert problem.reason.startswith(note)


def test_fractions_of_one_are_taken_for_what_they_are():
    (found,) = read(question("multichoice", f"<single>true</single>{answers((1, 'a', ''), (0.5, 'b', ''))}")).found
    assert [option.worth for option in found.content.options] == [1, HALF]
    assert found.notes == ("What its answers are worth was written as shares of 1, not of 100.",)
