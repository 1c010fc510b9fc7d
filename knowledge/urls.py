from django.urls import path

from knowledge.views import editions

app_name = "knowledge"
urlpatterns = [
    path("<int:pk>/", editions.edition, name="edition"),
    path("<int:pk>/acknowledge/", editions.acknowledge, name="acknowledge"),
    path("<int:pk>/opened/", editions.opened, name="opened"),
    path("of/<int:pk>/", editions.editions, name="editions"),
    path("of/<int:pk>/withdraw/", editions.withdraw, name="withdraw"),
]
