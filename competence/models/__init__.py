from competence.models.calendars import CalendarKey
from competence.models.competences import Competence, Equivalence, Validity
from competence.models.effectiveness import Evaluation, EvaluationOutcome, EvaluationPlan
from competence.models.proofs import Proof, Waiver
from competence.models.reminders import Reminder
from competence.models.requirements import Participation, Requirement

__all__ = [
    "CalendarKey",
    "Competence",
    "Equivalence",
    "Evaluation",
    "EvaluationOutcome",
    "EvaluationPlan",
    "Participation",
    "Proof",
    "Reminder",
    "Requirement",
    "Validity",
    "Waiver",
]
