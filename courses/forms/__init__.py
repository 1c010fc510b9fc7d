from courses.forms.editors import EDITORS
from courses.forms.question import Forms, question_forms

__all__ = ["EDITORS", "Forms", "question_forms"]
