from competence.views.changing import DefineCompetence, EndRequirement, Require
from competence.views.competences import competence_list, competence_page
from competence.views.matrix import matrix, matrix_csv

__all__ = [
    "DefineCompetence",
    "EndRequirement",
    "Require",
    "competence_list",
    "competence_page",
    "matrix",
    "matrix_csv",
]
