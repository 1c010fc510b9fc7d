from django.urls import path

from knowledge.media import media

urlpatterns = [path("<path:path>", media, name="media")]
