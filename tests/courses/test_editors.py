import pytest
from django.core.exceptions import ValidationError
from hypothesis import given

from courses.forms.editors import EDITORS, fields_of, rows_of, stem_to_edit
from courses.forms.question import Forms, QuestionForm, _rows
from courses.forms.shares import ShareField
from people.refusals import Refused
from tests.courses.kinds_of_question import OF_EACH_KIND, contents


def as_posted(form, prefix=""):
    """What a browser sends of a form as it is shown."""
    sent = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial) if hasattr(bound.field, "prepare_value") else bound.initial
        if value is True:
            sent[bound.html_name] = "on"
        elif value not in (None, False):
            sent[bound.html_name] = str(value)
    return sent


def written_again(content):
    """The content that comes of opening its form and saving it."""
    editor = EDITORS[content.kind]
    more = editor.more(initial=fields_of(content))
    told = {"stem": stem_to_edit(content), "explanation": content.explanation, "points": str(content.points)}
    sent = told | as_posted(more)
    if editor.row:
        rows = _rows(editor, None, rows_of(content))
        sent |= as_posted(rows.management_form)
        for row in rows:
            sent |= as_posted(row)
    main = QuestionForm(sent, pages=[])
    forms = Forms(editor, main, editor.more(sent), _rows(editor, sent, rows_of(content)) if editor.row else None)
    assert forms.are_valid(), [main.errors, forms.more.errors, forms.rows and forms.rows.errors]
    return forms.content()


def test_each_kind_has_its_editor():
    assert EDITORS.keys() == OF_EACH_KIND.keys()


@pytest.mark.parametrize("content", OF_EACH_KIND.values(), ids=OF_EACH_KIND)
def test_a_question_that_is_opened_and_saved_stays_as_it_is(content):
    assert written_again(content) == content


@given(contents)
def test_any_question_that_is_opened_and_saved_stays_as_it_is(content):
    assert written_again(content) == content


@pytest.mark.parametrize(
    ("kind", "rows", "sentence"),
    [
        ("missing-words", [{"text": "half", "group": "1"}], "names a word that is not listed"),
        ("single", [{"text": "half"}], "No option is worth the whole"),
    ],
)
def test_what_does_not_fit_is_said(kind, rows, sentence):
    editor = EDITORS[kind]
    sent = {"stem": "At [[2]]?", "points": "1", "rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0"}
    for place, row in enumerate([*rows, {"text": "full"}][: len(rows) + (kind == "single")]):
        sent |= {f"rows-{place}-{name}": value for name, value in row.items()}
    sent["rows-TOTAL_FORMS"] = "4"
    forms = Forms(editor, QuestionForm(sent, pages=[]), editor.more(sent), _rows(editor, sent, []))
    assert forms.are_valid()
    with pytest.raises(Refused, match=sentence):
        forms.content().check()


@pytest.mark.parametrize("worth", ["1e-999", "1/1e999", "101", "-100.1", "x"])
def test_a_worth_that_could_not_be_kept_is_refused(worth):
    with pytest.raises(ValidationError, match="Write per cent"):
        ShareField().clean(worth)
