"""The form in which a question is written: what all kinds have, and the parts of its own kind."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.formsets import BaseFormSet, formset_factory

from competence.models import Competence
from courses.anchors import passages_in
from courses.forms.editors import EDITORS, Editor, content_of, fields_of, rows_of, stem_to_edit
from courses.kinds import Content
from courses.models import Difficulty, QuestionVersion
from knowledge.models import Edition, KnowledgePage
from knowledge.permissions import may_see, visible_to

MOST_ROWS = 60
ROOM, AT_LEAST = 2, 4
FILED = ("name", "category", "tags", "competence", "difficulty")


class QuestionForm(forms.Form):
    stem = forms.CharField(label="Question", widget=forms.Textarea(attrs={"rows": 3}), help_text="Markdown.")
    anchor = forms.ChoiceField(
        required=False,
        label="Passage that it tests",
        help_text="Those who answer wrong are sent there. When the passage changes, the question waits for your eye.",
    )
    explanation = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Markdown. Shown with the right answer.",
    )
    points = forms.IntegerField(min_value=1, max_value=100, initial=1)
    name = forms.CharField(required=False, max_length=200, help_text="For lists.")
    category = forms.CharField(required=False, max_length=250, help_text="Such as “Batteries/Storage”.")
    tags = forms.CharField(required=False, max_length=300, help_text="Separated by commas.")
    competence = forms.ModelChoiceField(Competence.objects.order_by("name"), required=False, empty_label="None")
    difficulty = forms.TypedChoiceField(
        choices=[("", "Not said"), *Difficulty.choices], required=False, coerce=int, empty_value=None
    )
    is_draft = forms.BooleanField(label="A draft, which no quiz draws", required=False)

    def __init__(self, *args, pages, hidden=None, **kwargs):
        super().__init__(*args, **kwargs)
        self._pages = {page.pk: page for page in pages}
        self._hidden = hidden
        self.fields["anchor"].choices = [("", "None"), *_places(self._pages.values())]  # type: ignore[attr-defined]

    def clean_tags(self):
        return [tag for tag in (part.strip() for part in self.cleaned_data["tags"].split(",")) if tag]

    @property
    def tested(self) -> tuple[KnowledgePage | None, str]:
        """The page and the passage. What the writer may not see is not theirs to take away."""
        page, _, passage = self.cleaned_data["anchor"].partition(":")
        if page:
            return self._pages[int(page)], passage
        return self._hidden or (None, "")

    @property
    def filing(self):
        return [self[name] for name in FILED]

    @property
    def filing_is_wrong(self) -> bool:
        return any(field.errors for field in self.filing)

    @property
    def filed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FILED}


def _places(pages):
    """Each page as a whole, and its passages."""
    editions = Edition.objects.current_for([page.pk for page in pages])
    for page in pages:
        if edition := editions.get(page.pk):
            passages = passages_in(edition).items()
            named = [(f"{page.pk}:{pk}", " › ".join([it.label, *it.path])) for pk, it in passages]
            yield page.title, [(str(page.pk), "The page as a whole"), *named]


@dataclass
class Forms:
    editor: Editor
    main: QuestionForm
    more: forms.Form
    rows: BaseFormSet | None

    def are_valid(self) -> bool:
        """All are asked, so that each says what is wrong with it."""
        return not [form for form in (self.main, self.more, self.rows) if form is not None and not form.is_valid()]

    def content(self) -> Content:
        said = {name: self.main.cleaned_data[name] for name in ("stem", "explanation", "points")}
        said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
        rows = self.rows.cleaned_data if self.rows else []
        return content_of(self.editor.kind, said, self.more.cleaned_data, rows)


def question_forms(post, *, kind: str, course, writer, version: QuestionVersion | None = None, tests="") -> Forms:
    """`tests`: the passage to begin with, as the form's `anchor` names it."""
    editor = EDITORS[kind]
    says = version.says if version else None
    hidden = None
    if version and version.tests and not may_see(writer, version.tests):
        hidden = version.tests, version.passage
    main = QuestionForm(
        post or None,
        initial=_initial(version, tests),
        pages=_pages(course, writer, version, tests),
        hidden=hidden,
    )
    more = editor.more(post or None, initial=fields_of(says) if says else {})
    rows = _rows(editor, post, rows_of(says) if says else []) if editor.row else None
    return Forms(editor, main, more, rows)


def _initial(version, tests):
    if version is None:
        return {"anchor": tests}
    question = version.question
    anchor = ":".join(filter(None, [str(version.tests_id or ""), version.passage]))
    return {
        "stem": stem_to_edit(version.says),
        "anchor": anchor,
        "explanation": version.says.explanation,
        "points": version.says.points,
        "name": question.name,
        "category": question.category,
        "tags": ", ".join(sorted(question.tags.names())),
        "competence": question.competence_id,
        "difficulty": question.difficulty,
        "is_draft": version.is_draft,
    }


def _pages(course, writer, version, tests):
    """The readings of the course, and what is tested already or was asked for."""
    named = tests.partition(":")[0]
    wanted = {version.tests_id if version else None, int(named) if named.isdecimal() and len(named) < 10 else None}
    pages = KnowledgePage.objects.filter(Q(course_readings__course=course) if course else Q(pk__in=[]))
    pages |= KnowledgePage.objects.filter(pk__in=wanted - {None})
    return visible_to(pages, writer).distinct().order_by("title")


def _rows(editor, post, initial):
    room = max(AT_LEAST - len(initial), ROOM)
    formset = formset_factory(editor.row, extra=room, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    # What was posted stands for itself: compared with what was there, a row that did not change would count as empty.
    return formset(post, prefix="rows") if post else formset(initial=initial, prefix="rows")
