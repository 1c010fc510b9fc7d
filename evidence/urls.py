from django.urls import path

from evidence import views

app_name = "evidence"

urlpatterns = [
    path("", views.room, name="room"),
    path("draw/", views.draw, name="draw"),
    path("samples/<int:pk>/", views.sample, name="sample"),
    path("samples/<int:pk>/sample.csv", views.sample_csv, name="sample-csv"),
    path("entries/<path:key>/", views.entry, name="entry"),
]
