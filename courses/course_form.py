from wagtail.admin.forms import WagtailAdminPageForm

from courses.prerequisites import check_no_circle
from people.refusals import Refused


class CourseForm(WagtailAdminPageForm):
    def clean(self):
        told = super().clean()
        rows = [form.cleaned_data for form in self.formsets["prerequisites"].forms if form.is_valid()]
        needs = {row["competence"].pk for row in rows if row.get("competence") and not row.get("DELETE")}
        if needs and told.get("teaches"):
            try:
                check_no_circle(self.instance, told["teaches"].pk, needs)
            except Refused as refusal:
                self.add_error(None, str(refusal))
        return told
