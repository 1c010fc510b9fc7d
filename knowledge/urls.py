from django.urls import include, path

from knowledge.views import editions

app_name = "knowledge"
of_editions = [
    path("<int:pk>/", editions.edition, name="edition"),
    path("<int:pk>/acknowledge/", editions.acknowledge, name="acknowledge"),
    path("<int:pk>/opened/", editions.opened, name="opened"),
    path("of/<int:pk>/", editions.editions, name="editions"),
    path("of/<int:pk>/withdraw/", editions.withdraw, name="withdraw"),
]
# What is asked across many pages.
of_knowledge: list = []
urlpatterns = [
    path("editions/", include(of_editions)),
    path("knowledge/", include(of_knowledge)),
]
