from typing import cast

from django import forms

from courses.models import QuestionVersion
from courses.to_look_at import Look


class ConfirmForm(forms.Form):
    """That a question is still right, of the edition that was looked at."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    passage = forms.ChoiceField(
        label="Passage that it tests", help_text="Those who answer wrong are sent there to read.", required=False
    )

    def __init__(self, *args, version: QuestionVersion, look: Look, **kwargs):
        stays = look.moved.id if look.moved else version.passage
        kwargs["initial"] = {"edition": look.edition and look.edition.pk, "passage": stays}
        super().__init__(*args, **kwargs)
        passage = cast(forms.ChoiceField, self.fields["passage"])
        if version.passage and not look.now:
            passage.required = True
            passage.choices = [("", "Choose"), *((one.id, one.name) for one in look.passages)]
        else:
            passage.choices = [(version.passage, "")]
            passage.widget = forms.HiddenInput()
