from competence.actions.define_competence import define_competence
from competence.actions.end_requirement import end_requirement
from competence.actions.record_proof import record_proof
from competence.actions.require import require

__all__ = ["define_competence", "end_requirement", "record_proof", "require"]
