from competence.views.changing import DefineCompetence
from competence.views.competences import acknowledge, competence_list, competence_page
from competence.views.effectiveness import (
    ChangeEvaluation,
    CorrectOutcome,
    Evaluate,
    PlanEvaluation,
    WithdrawEvaluation,
    evaluation_list,
    evaluation_page,
)
from competence.views.exceptions import EndWaiver, Waive
from competence.views.gaps import gap_list, gaps_csv
from competence.views.matrix import matrix, matrix_csv, matrix_xlsx
from competence.views.proofs import (
    CorrectProof,
    Observe,
    RecordCertificate,
    RecordExperience,
    RecordPractice,
    certificate,
)
from competence.views.rules import (
    CountAs,
    EndEquivalence,
    EndParticipation,
    EndRequirement,
    Require,
    SetValidity,
    TakePart,
    participations,
)
from competence.views.teams import my_team

__all__ = [
    "ChangeEvaluation",
    "CorrectOutcome",
    "CorrectProof",
    "CountAs",
    "DefineCompetence",
    "EndEquivalence",
    "EndParticipation",
    "EndRequirement",
    "EndWaiver",
    "Evaluate",
    "Observe",
    "PlanEvaluation",
    "RecordCertificate",
    "RecordExperience",
    "RecordPractice",
    "Require",
    "SetValidity",
    "TakePart",
    "Waive",
    "WithdrawEvaluation",
    "acknowledge",
    "certificate",
    "competence_list",
    "competence_page",
    "evaluation_list",
    "evaluation_page",
    "gap_list",
    "gaps_csv",
    "matrix",
    "matrix_csv",
    "matrix_xlsx",
    "my_team",
    "participations",
]
