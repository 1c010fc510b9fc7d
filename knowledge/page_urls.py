"""The pages that people read. Stands before Wagtail's own patterns, which serve the rest and name the addresses."""

from django.urls import path

from knowledge.serving import serve

urlpatterns = [
    path("", serve),
    path("<slug:section>/", serve),
    path("<slug:section>/<slug:slug>/", serve),
]
