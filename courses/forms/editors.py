"""How each kind of question is written: the fields of its own, and rows of options, answers, pairs or words.

What an editor's `content` builds from a form that is valid is checked by the content itself (courses/kinds).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from courses import kinds
from courses.forms.shares import NumberField, ShareField
from courses.kinds import GAP, NOTHING, WHOLE, Content
from people.refusals import Refused

Said = dict[str, Any]
LONG = 2000


def line(label: str, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONG, **kwargs)


def feedback(label="Feedback", **kwargs) -> forms.CharField:
    return line(label, **kwargs)


class NoFields(forms.Form):
    pass


@dataclass(frozen=True)
class Editor:
    """`more` are fields of the kind's own; `row` is the form of one row, if it has rows."""

    kind: str
    help: str
    more: type[forms.Form] = NoFields
    row: type[forms.Form] | None = None
    rows: str = ""
    rows_help: str = ""

    @property
    def words(self) -> str:
        return kinds.KINDS[self.kind].words


class OptionRow(forms.Form):
    # A field of one line would lose the lines of what was written elsewhere.
    text = line("Text", widget=forms.Textarea(attrs={"rows": 2}))
    is_right = forms.BooleanField(label="Right", required=False)
    worth = ShareField(label="Worth in per cent", help_text="Empty: as it follows from what is right.")
    feedback = feedback(help_text="Said to those who choose it.")


class KeepsOrder(forms.Form):
    keeps_order = forms.BooleanField(label="Always in this order", required=False)
    has_markdown = forms.BooleanField(
        label="Options are Markdown",
        required=False,
        initial=True,
        help_text="For bold, code and pictures in them. Else they are plain text.",
    )


class Multiple(KeepsOrder):
    is_whole = forms.BooleanField(
        label="Exactly the right options or nothing",
        required=False,
        initial=True,
        help_text="Else each right option brings its share, and each wrong one takes as much away.",
    )


class TrueOrFalse(forms.Form):
    is_true = forms.TypedChoiceField(
        label="It is",
        choices=[("yes", "True"), ("no", "False")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    feedback_true = feedback("Feedback to who says true")
    feedback_false = feedback("Feedback to who says false")


class AnswerRow(forms.Form):
    text = line("Answer", help_text="* stands for any characters, \\* for a star.")
    worth = ShareField(label="Worth in per cent", help_text="Empty: 100.")
    feedback = feedback()


class CaseMatters(forms.Form):
    case_matters = forms.BooleanField(label="Capital letters count", required=False)


class NumberRow(forms.Form):
    value = NumberField(label="Number", help_text="Empty, where a feedback is written: any other number.")
    tolerance = NumberField(label="Tolerance")
    worth = ShareField(label="Worth in per cent", help_text="Empty: 100.")
    feedback = feedback()
    is_relative = forms.BooleanField(label="The tolerance is a share of the number", required=False)


class Units(forms.Form):
    units = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, the unit of the numbers below first: “km”, then “m = 1000”.",
    )
    unit_is_needed = forms.BooleanField(label="A unit is needed", required=False)
    unit_penalty = ShareField(label="Taken away without a unit, in per cent", help_text="Empty: all.")

    def clean_units(self):
        lines = [text.partition("=") for text in self.cleaned_data["units"].splitlines() if text.strip()]
        try:
            return tuple(
                kinds.Unit(name.strip(), NumberField().clean(factor) or WHOLE) if sign else kinds.Unit(name.strip())
                for name, sign, factor in lines
            )
        except forms.ValidationError:
            raise forms.ValidationError("Write a unit as “m = 1000”: how many of it make one of the first.") from None


class PairRow(forms.Form):
    prompt = line("What is matched", help_text="Empty: the answer belongs to none.")
    answer = line("Its answer")


class ItemRow(forms.Form):
    text = line("Item")


class WordRow(forms.Form):
    text = line("Word")
    group = forms.IntegerField(required=False, min_value=1, max_value=20, help_text="Empty: 1.")


class CriterionRow(forms.Form):
    text = line("What is looked at")
    levels = line("Levels and their points", help_text="“Not met = 0; Partly met = 1; Met = 2”")

    def clean_levels(self):
        levels = [part.rpartition("=") for part in self.cleaned_data["levels"].split(";") if part.strip()]
        if any(not points.strip().isdecimal() or len(points.strip()) > 3 for _, _, points in levels):
            raise forms.ValidationError("Write levels as “Not met = 0; Met = 2”.")
        return tuple(kinds.Level(text.strip(), int(points)) for text, _, points in levels)


class Guidance(forms.Form):
    guidance = forms.CharField(
        label="For the assessor",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Markdown. Nobody else sees it.",
    )


EDITORS = {
    editor.kind: editor
    for editor in (
        Editor("single", "One option of several is right.", KeepsOrder, OptionRow, "Options", "At least two."),
        Editor("multiple", "Several options may be right.", Multiple, OptionRow, "Options", "At least two."),
        Editor("true-false", "A statement is true or it is not.", TrueOrFalse),
        Editor(
            "short-answer",
            "A word or a few, compared with what you list.",
            CaseMatters,
            AnswerRow,
            "Answers",
            "The first that matches counts.",
        ),
        Editor(
            "numerical",
            "A number, with a tolerance and units.",
            Units,
            NumberRow,
            "Numbers",
            "The first that takes what was answered counts.",
        ),
        Editor("matching", "Each thing has its answer.", NoFields, PairRow, "Pairs", "At least two."),
        Editor("ordering", "Things are put in their order.", NoFields, ItemRow, "Items", "In their right order."),
        Editor(
            "missing-words",
            "Words are chosen for the gaps of a text.",
            NoFields,
            WordRow,
            "Words",
            "Write [[1]] in the text where the first word belongs, [[2]] for the second. Words that no gap names are "
            "offered too. A gap offers the words of its group.",
        ),
        Editor(
            "free-text",
            "Written freely, and marked by an assessor.",
            Guidance,
            CriterionRow,
            "Criteria",
            "Empty: the answer as a whole, in three levels.",
        ),
        Editor("description", "Text between the questions."),
    )
}


def content_of(kind: str, said: Said, more: Said, rows: list[Said]) -> Content:
    """`said`: what all kinds have. A row that was left empty is none."""
    rows = [row for row in rows if any(value for value in row.values())]
    return BUILD.get(kind, _plain)(kinds.KINDS[kind], said, more, rows)


def _plain(cls, said, more, rows):
    return cls(**said, **more)


def _choice(cls, said, more, rows):
    right = sum(row["is_right"] for row in rows) or 1
    shared = cls is kinds.MultipleChoice and not more["is_whole"]

    def worth(row):
        if row["worth"] is not None:
            return row["worth"]
        if shared:
            return WHOLE / right if row["is_right"] else -WHOLE / right
        return WHOLE if row["is_right"] else NOTHING

    texts = (row["text"].replace("\r\n", "\n").strip() for row in rows)
    options = tuple(
        kinds.Option(text, worth(row), row["feedback"].strip()) for text, row in zip(texts, rows, strict=True)
    )
    return cls(**said, **more, options=options)


def _worth(row):
    return WHOLE if row["worth"] is None else row["worth"]


def _short(cls, said, more, rows):
    answers = tuple(kinds.Answer(row["text"].strip(), _worth(row), row["feedback"].strip()) for row in rows)
    return cls(**said, **more, answers=answers)


def _numerical(cls, said, more, rows):
    answers = tuple(
        kinds.NumberAnswer(
            row["value"],
            row["tolerance"] or NOTHING,
            # Any other number is worth nothing, unless something is said of it.
            NOTHING if row["value"] is None and row["worth"] is None else _worth(row),
            row["feedback"].strip(),
            row["is_relative"],
        )
        for row in rows
    )
    penalty = WHOLE if more["unit_penalty"] is None else more["unit_penalty"]
    return cls(**said, **more | {"unit_penalty": penalty}, answers=answers)


def _matching(cls, said, more, rows):
    pairs = tuple(kinds.Pair(row["prompt"].strip(), row["answer"].strip()) for row in rows if row["prompt"].strip())
    return cls(
        **said, pairs=pairs, distractors=tuple(row["answer"].strip() for row in rows if not row["prompt"].strip())
    )


def _ordering(cls, said, more, rows):
    return cls(**said, items=tuple(row["text"].strip() for row in rows))


def _missing(cls, said, more, rows):
    """Authors number the words; the content numbers the gaps."""
    named = [int(number) for number in GAP.findall(said["stem"])]
    if any(not 0 < number <= len(rows) for number in named):
        raise Refused(f"The text names a word that is not listed: there are {len(rows)}. Number the gaps by the words.")
    places = iter(range(1, len(named) + 1))
    stem = GAP.sub(lambda _: f"[[{next(places)}]]", said["stem"])
    words = tuple(kinds.Word(row["text"].strip(), row["group"] or 1) for row in rows)
    return cls(**said | {"stem": stem}, word_list=words, answers=tuple(number - 1 for number in named))


def _free(cls, said, more, rows):
    rubric = tuple(kinds.Criterion(row["text"].strip(), row["levels"]) for row in rows)
    return cls(**said, **more, **({"rubric": rubric} if rubric else {}))


BUILD = {
    "single": _choice,
    "multiple": _choice,
    "short-answer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "missing-words": _missing,
    "free-text": _free,
}


def stem_to_edit(content: Content) -> str:
    """With the gaps numbered by the words, as authors write them."""
    if not isinstance(content, kinds.MissingWords):
        return content.stem
    return GAP.sub(lambda found: f"[[{content.answers[int(found[1]) - 1] + 1}]]", content.stem)


def fields_of(content: Content) -> Said:
    """What the fields of the kind's own begin with."""
    said = {name: value for name, value in vars(content).items() if name in EDITORS[content.kind].more.base_fields}
    if isinstance(content, kinds.TrueFalse):
        said["is_true"] = "yes" if content.is_true else "no"
    if isinstance(content, kinds.Numerical):
        lines = (f"{unit.name} = {kinds.in_digits(unit.factor)}" for unit in content.units)
        said["units"] = "\n".join(lines)
    return said


def rows_of(content: Content) -> list[Said]:
    """What its rows begin with."""
    told = READ.get(content.kind)
    return told(content) if told else []


def _option_rows(content) -> list[Said]:
    blank = {"keeps_order": False} | ({"is_whole": content.is_whole} if content.kind == "multiple" else {})
    rows = [{"text": one.text, "is_right": one.worth > 0, "worth": None, "feedback": ""} for one in content.options]
    plain = _choice(type(content), {"stem": content.stem}, blank, rows) if rows else None
    return [
        {
            "text": one.text,
            "is_right": one.worth > 0,
            "worth": None if plain and plain.options[place].worth == one.worth else one.worth,
            "feedback": one.feedback,
        }
        for place, one in enumerate(content.options)
    ]


def _answer_rows(content) -> list[Mapping]:
    return [dict(vars(answer)) for answer in content.answers]


READ: dict[str, Any] = {
    "single": _option_rows,
    "multiple": _option_rows,
    "short-answer": _answer_rows,
    "numerical": _answer_rows,
    "matching": lambda it: [dict(vars(pair)) for pair in it.pairs] + [{"answer": text} for text in it.distractors],
    "ordering": lambda it: [{"text": text} for text in it.items],
    "missing-words": lambda it: [dict(vars(word)) for word in it.word_list],
    "free-text": lambda it: [
        {"text": one.text, "levels": "; ".join(f"{level.text} = {level.points}" for level in one.levels)}
        for one in it.rubric
    ],
}
