from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as pages


def empty(request):
    return HttpResponse(b"")


urlpatterns = [path("empty-page/", empty), *pages]
