from django.urls import path

from competence.views import calendars

app_name = "calendar"

urlpatterns = [
    path("renew/", calendars.renew, name="renew"),
    path("off/", calendars.end, name="end"),
    path("<str:token>.ics", calendars.feed, name="feed"),
]
