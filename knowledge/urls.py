from django.urls import path

from knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("<int:pk>/", views.edition, name="edition"),
    path("<int:pk>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<int:pk>/opened/", views.opened, name="opened"),
    path("of/<int:pk>/", views.editions, name="editions"),
    path("of/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
