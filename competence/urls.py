from django.urls import path

from competence import views

app_name = "competence"

urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("matrix.csv", views.matrix_csv, name="matrix-csv"),
    path("all/", views.competence_list, name="list"),
    path("add/", views.DefineCompetence.as_view(), name="add"),
    path("<int:pk>/", views.competence_page, name="competence"),
    path("<int:pk>/require/", views.Require.as_view(), name="require"),
    path("requirements/<int:pk>/end/", views.EndRequirement.as_view(), name="end-requirement"),
]
