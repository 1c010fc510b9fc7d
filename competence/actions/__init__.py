from competence.actions.acknowledge_awareness import acknowledge_awareness
from competence.actions.change_evaluation import change_evaluation
from competence.actions.correct_outcome import correct_outcome
from competence.actions.correct_proof import correct_proof
from competence.actions.count_as import count_as
from competence.actions.define_competence import define_competence
from competence.actions.end_calendar import end_calendar
from competence.actions.end_equivalence import end_equivalence
from competence.actions.end_participation import end_participation
from competence.actions.end_requirement import end_requirement
from competence.actions.end_waiver import end_waiver
from competence.actions.evaluate import evaluate
from competence.actions.plan_evaluation import plan_evaluation
from competence.actions.record_proof import record_proof
from competence.actions.remind import remind
from competence.actions.renew_calendar import renew_calendar
from competence.actions.require import require
from competence.actions.set_validity import set_validity
from competence.actions.settle_reminders import settle_reminders
from competence.actions.take_part import take_part
from competence.actions.tell_evaluators import tell_evaluators
from competence.actions.waive import waive
from competence.actions.withdraw_evaluation import withdraw_evaluation

__all__ = [
    "acknowledge_awareness",
    "change_evaluation",
    "correct_outcome",
    "correct_proof",
    "count_as",
    "define_competence",
    "end_calendar",
    "end_equivalence",
    "end_participation",
    "end_requirement",
    "end_waiver",
    "evaluate",
    "plan_evaluation",
    "record_proof",
    "remind",
    "renew_calendar",
    "require",
    "set_validity",
    "settle_reminders",
    "take_part",
    "tell_evaluators",
    "waive",
    "withdraw_evaluation",
]
