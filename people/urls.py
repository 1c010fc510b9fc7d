from django.urls import path

from people import views

app_name = "people"

urlpatterns = [
    path("", views.people_list, name="list"),
    path("me/", views.me, name="me"),
    path("add/", views.AddPerson.as_view(), name="add"),
    path("import/", views.import_upload, name="import"),
    path("import/<int:pk>/", views.import_preview, name="import-preview"),
    path("import/<int:pk>/start/", views.import_start, name="import-start"),
    path("import/<int:pk>/result/", views.import_result, name="import-result"),
    path("import/<int:pk>/progress/", views.import_progress, name="import-progress"),
    path("import/<int:pk>/failed.csv", views.import_failed, name="import-failed"),
    path("departments/add/", views.AddDepartment.as_view(), name="add-department"),
    path("roles/add/", views.AddRole.as_view(), name="add-role"),
    path("<int:pk>/", views.person_page, name="person"),
    path("<int:pk>/grant-role/", views.GrantRole.as_view(), name="grant-role"),
    path("<int:pk>/move/", views.Move.as_view(), name="move"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("<int:pk>/groups/", views.Groups.as_view(), name="groups"),
    path("<int:pk>/leave/", views.RecordLeave.as_view(), name="record-leave"),
    path("leaves/<int:pk>/end/", views.EndLeave.as_view(), name="end-leave"),
    path("leaves/<int:pk>/correct/", views.CorrectLeave.as_view(), name="correct-leave"),
    path("holdings/<int:pk>/end/", views.EndRole.as_view(), name="end-role"),
    path("holdings/<int:pk>/correct/", views.CorrectRole.as_view(), name="correct-role"),
]
