from competence.views.changing import DefineCompetence
from competence.views.competences import competence_list, competence_page
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
    "CorrectProof",
    "CountAs",
    "DefineCompetence",
    "EndEquivalence",
    "EndParticipation",
    "EndRequirement",
    "EndWaiver",
    "Observe",
    "RecordCertificate",
    "RecordExperience",
    "RecordPractice",
    "Require",
    "SetValidity",
    "TakePart",
    "Waive",
    "certificate",
    "competence_list",
    "competence_page",
    "gap_list",
    "gaps_csv",
    "matrix",
    "matrix_csv",
    "matrix_xlsx",
    "my_team",
    "participations",
]
