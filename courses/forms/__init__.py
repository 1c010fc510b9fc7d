from courses.forms.editors import EDITORS
from courses.forms.importing import ImportForm
from courses.forms.question import Forms, question_forms

__all__ = ["EDITORS", "Forms", "ImportForm", "question_forms"]
