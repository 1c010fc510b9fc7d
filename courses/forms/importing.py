import base64

from django import forms

MOST_BYTES = 1_000_000
NOTHING = "Choose a file that is not empty."


class ImportForm(forms.Form):
    """A file; or, once it was looked at, what was in it, which a browser does not send again of itself."""

    file = forms.FileField(
        label="File of questions",
        error_messages={"required": NOTHING, "empty": NOTHING},
        help_text="GIFT, Moodle XML or CSV, at most 1 MB. Nothing is written before you have seen what it would do.",
    )
    is_draft = forms.BooleanField(label="Keep new questions as drafts, which no quiz asks", required=False)
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, max_length=2 * MOST_BYTES, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("kept")

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        file = cleaned.get("file")
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                "The file is larger than 1 MB. Divide it, or have it imported with manage.py import_questions."
            )
        try:
            data = file.read() if file else base64.b64decode(cleaned.get("kept", ""), validate=True)
        except ValueError:
            data = b""
        if not data and not self.errors:
            raise forms.ValidationError(NOTHING)
        return cleaned | {"data": data, "name": file.name if file else cleaned.get("name", "")}

    @property
    def as_looked_at(self) -> dict[str, str]:
        """What the page after this one sends again."""
        return {
            "name": self.cleaned_data["name"],
            "kept": base64.b64encode(self.cleaned_data["data"]).decode(),
            "is_draft": "on" if self.cleaned_data["is_draft"] else "",
        }
