from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls

from people.views import account

urlpatterns = [
    path("", include("people.sign_in_urls")),
    path("people/", include("people.urls")),
    path("", include("knowledge.urls")),
    path("competence/", include("competence.urls")),
    path("calendar/", include("competence.calendar_urls")),
    path("learning/", include("courses.urls")),
    path("certificates/", include("courses.certificate_urls")),
    path("evidence/", include("evidence.urls")),
    path("search/", include("search.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("media/", include("knowledge.media_urls")),
    path("admin/account/", account),
    path("admin/", include("knowledge.admin_urls")),
    path("", include("knowledge.page_urls")),
    path("", include(wagtail_urls)),
]
