from django.urls import path

from competence import views

app_name = "competence"

urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("matrix.csv", views.matrix_csv, name="matrix-csv"),
    path("matrix.xlsx", views.matrix_xlsx, name="matrix-xlsx"),
    path("team/", views.my_team, name="team"),
    path("gaps/", views.gap_list, name="gaps"),
    path("gaps.csv", views.gaps_csv, name="gaps-csv"),
    path("all/", views.competence_list, name="list"),
    path("add/", views.DefineCompetence.as_view(), name="add"),
    path("<int:pk>/", views.competence_page, name="competence"),
    path("<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<int:pk>/require/", views.Require.as_view(), name="require"),
    path("<int:pk>/require/<slug:ground>/", views.Require.as_view(), name="require"),
    path("<int:pk>/validity/", views.SetValidity.as_view(), name="set-validity"),
    path("<int:pk>/equivalent/", views.CountAs.as_view(), name="count-as"),
    path("<int:pk>/observe/", views.Observe.as_view(), name="observe"),
    path("requirements/<int:pk>/end/", views.EndRequirement.as_view(), name="end-requirement"),
    path("equivalents/<int:pk>/end/", views.EndEquivalence.as_view(), name="end-equivalence"),
    path("processes/", views.participations, name="participations"),
    path("processes/take-part/", views.TakePart.as_view(), name="take-part"),
    path("processes/<int:pk>/end/", views.EndParticipation.as_view(), name="end-participation"),
    path("of/<int:pk>/certificate/", views.RecordCertificate.as_view(), name="record-certificate"),
    path("of/<int:pk>/practice/", views.RecordPractice.as_view(), name="record-practice"),
    path("of/<int:pk>/experience/", views.RecordExperience.as_view(), name="record-experience"),
    path("of/<int:pk>/waive/", views.Waive.as_view(), name="waive"),
    path("waivers/<int:pk>/end/", views.EndWaiver.as_view(), name="end-waiver"),
    path("proofs/<int:pk>/correct/", views.CorrectProof.as_view(), name="correct-proof"),
    path("proofs/<int:pk>/file/", views.certificate, name="certificate"),
    path("effectiveness/", views.evaluation_list, name="evaluations"),
    path("effectiveness/plan/", views.PlanEvaluation.as_view(), name="plan-evaluation"),
    path("effectiveness/<int:pk>/", views.evaluation_page, name="evaluation"),
    path("effectiveness/<int:pk>/change/", views.ChangeEvaluation.as_view(), name="change-evaluation"),
    path("effectiveness/<int:pk>/withdraw/", views.WithdrawEvaluation.as_view(), name="withdraw-evaluation"),
    path("effectiveness/<int:pk>/outcome/", views.Evaluate.as_view(), name="evaluate"),
    path("effectiveness/outcomes/<int:pk>/correct/", views.CorrectOutcome.as_view(), name="correct-outcome"),
]
