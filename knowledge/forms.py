from django import forms

from knowledge.suggesting import LONGEST_REASON, LONGEST_TEXT, LONGEST_TITLE


class ChosenField(forms.ModelChoiceField):
    def to_python(self, value):
        try:
            return super().to_python(value)
        except OverflowError:  # an id that no database holds
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class WithdrawalForm(forms.Form):
    reason = forms.CharField(max_length=250, help_text="Why it is no longer in use. Kept with its last edition.")


class NoteForm(forms.Form):
    note = forms.CharField(max_length=500, required=False)


class HandOverForm(forms.Form):
    """For each thing in hand, who takes it. Nobody is chosen before someone chooses."""

    NOBODY = "nobody"

    def __init__(self, items, groups, people, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.groups = items, groups
        self.people = {str(person.pk): person for person in people}
        names = [(pk, str(person)) for pk, person in self.people.items()]
        for item in items:
            nobody = [(self.NOBODY, "Nobody any more")] if item.may_end else []
            label = f"{item.words}: {item.page.title}"
            self.fields[f"taker-{item.key}"] = self._select(f"Who takes over? {label}", [*nobody, *names])
            if item.may_end:
                self.fields[f"because-{item.key}"] = forms.CharField(
                    label=f"Why nobody any more? {label}", max_length=250, required=False
                )
        for group in groups:
            self.fields[f"taker-group-{group.pk}"] = self._select(f"Who approves? {group.name}", names)

    @staticmethod
    def _select(label, choices):
        return forms.ChoiceField(label=label, choices=[("", "Choose"), *choices], required=False)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for item in self.items:
            taker, because = cleaned.get(f"taker-{item.key}"), cleaned.get(f"because-{item.key}")
            if taker == self.NOBODY and not because:
                self.add_error(f"because-{item.key}", "Say why nobody need do it any more.")
            if because and not taker:
                self.add_error(f"taker-{item.key}", "Choose who takes it over, or nobody.")
        if not self.errors and not any(value for name, value in cleaned.items() if name.startswith("taker-")):
            raise forms.ValidationError("Choose for at least one thing who takes it over.")
        return cleaned

    def rows(self):
        """(item, its field, that for why nobody has it any more) for each thing."""
        for item in self.items:
            because = self[f"because-{item.key}"] if item.may_end else None
            yield item, self[f"taker-{item.key}"], because

    def group_rows(self):
        return [(group, self[f"taker-group-{group.pk}"]) for group in self.groups]

    def chosen(self):
        """(item, taker or None for nobody, because) of those for which something was chosen."""
        for item in self.items:
            if taker := self.cleaned_data[f"taker-{item.key}"]:
                yield item, self.people.get(taker), self.cleaned_data.get(f"because-{item.key}", "")

    def chosen_groups(self):
        for group in self.groups:
            if taker := self.cleaned_data[f"taker-group-{group.pk}"]:
                yield group, self.people[taker]


class SuggestChangeForm(forms.Form):
    text = forms.CharField(widget=forms.Textarea, strip=False, max_length=LONGEST_TEXT)
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        help_text="For whoever answers for the page.",
    )

    def __init__(self, part, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label, text.initial = part.label, part.text
        if part.kind == "markdown":
            text.help_text = (
                "Signs such as # * | and [ ] make headings, lists, tables and links: leave them as they are."
            )
        text.widget.attrs["rows"] = min(24, max(4, len(part.text) // 60 + part.text.count("\n")))


class AskForPageForm(forms.Form):
    title = forms.CharField(label="What would it be called?", max_length=LONGEST_TITLE)
    reason = forms.CharField(
        label="What did you want to know?", widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST_REASON
    )

    def __init__(self, processes, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["process"] = ChosenField(processes, required=False, empty_label="None, or I do not know")


class AnswerForm(forms.Form):
    words = forms.CharField(
        label="Your words to them",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        required=False,
        help_text="If you do not take it up, say why.",
    )


class AnswerWantedPageForm(AnswerForm):
    def __init__(self, kinds, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label="Begin it as a", choices=kinds)
