from django.urls import include, path

from knowledge.views import (
    bulletins,
    comparing,
    editions,
    hand_over,
    layout,
    lessons,
    map,
    pages,
    reviews,
    risks,
    suggestions,
)

app_name = "knowledge"
of_editions = [
    path("<int:pk>/", editions.edition, name="edition"),
    path("<int:pk>/acknowledge/", editions.acknowledge, name="acknowledge"),
    path("<int:pk>/opened/", editions.opened, name="opened"),
    path("<int:pk>/verify/", reviews.verify, name="verify"),
    path("<int:pk>/suggest/", suggestions.suggest, name="suggest"),
    path("<int:pk>/pdf/", layout.pdf, name="pdf"),
    path("<int:older>/<int:newer>/", comparing.compare, name="compare"),
    path("of/<int:pk>/compare/", comparing.choose, name="compare-chosen"),
    path("of/<int:pk>/", editions.editions, name="editions"),
    path("of/<int:pk>/withdraw/", editions.withdraw, name="withdraw"),
]
# What is asked across many pages.
of_knowledge: list = [
    path("gauge/", layout.gauge, name="gauge"),
    path("procedure/", layout.begin_procedure, name="begin-procedure"),
    path("map/", map.map_of_processes, name="map"),
    path("pages/<int:pk>/", pages.page, name="page"),
    path("risks/", risks.risks, name="risks"),
    path("risks.csv", risks.risks_csv, name="risks-csv"),
    path("risks/<int:pk>/", risks.risks_of, name="risks-of"),
    path("risks/<int:pk>.csv", risks.risks_of_csv, name="risks-of-csv"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("hand-over/", hand_over.hand_overs, name="hand-over"),
    path("hand-over/<int:pk>/", hand_over.hand_over, name="hand-over-of"),
    path("lessons/report/", lessons.report, name="report-lesson"),
    path("lessons/reported/<slug:way>/", lessons.reported, name="lesson-reported"),
    path("lessons/<int:pk>/<slug:state>/", lessons.step, name="lesson-step"),
    path("changes/<slug:kind>/<path:reference>/", lessons.change, name="change"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/opt-out/", bulletins.opt_out, name="bulletin-opt-out"),
    path("bulletins/opt-in/", bulletins.opt_in, name="bulletin-opt-in"),
    path("bulletins/<int:year>/<int:month>/", bulletins.bulletin, name="bulletin"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/ask/", suggestions.ask_for_page, name="ask-for-page"),
]
urlpatterns = [
    path("editions/", include(of_editions)),
    path("knowledge/", include(of_knowledge)),
]
