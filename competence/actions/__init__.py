from competence.actions.define_competence import define_competence
from competence.actions.end_requirement import end_requirement
from competence.actions.record_proof import record_proof
from competence.actions.remind import remind
from competence.actions.require import require
from competence.actions.settle_reminders import settle_reminders

__all__ = ["define_competence", "end_requirement", "record_proof", "remind", "require", "settle_reminders"]
