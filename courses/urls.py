from django.urls import path

from courses.views import anchors, attempts, bank, importing, learning, next_edition, questions

app_name = "courses"
urlpatterns = [
    path("", learning.learning, name="learning"),
    path("courses/<int:course_pk>/start/", attempts.start, name="start"),
    path("courses/<int:course_pk>/questions/", questions.questions, name="questions"),
    path("courses/<int:course_pk>/questions/write/", questions.write, name="write-question"),
    path("courses/<int:course_pk>/questions/write/<int:question_pk>/", questions.write, name="write-question"),
    path("questions/", bank.bank, name="bank"),
    path("questions/import/", importing.import_page, name="import-questions"),
    path("questions/write/", questions.write, name="write-banked"),
    path("questions/<int:question_pk>/write/", questions.write, name="write-banked"),
    path("questions/to-look-at/", anchors.questions_to_look_at, name="questions-to-look-at"),
    path("questions/<int:question_pk>/look/", anchors.look_at_question, name="look-at-question"),
    path("questions/<int:question_pk>/withdraw/", questions.withdraw, name="withdraw-question"),
    path("attempts/<int:pk>/", attempts.attempt, name="attempt"),
    path("attempts/<int:pk>/submit/", attempts.submit, name="submit"),
    path("attempts/<int:pk>/result/", attempts.result, name="result"),
    path("next-edition/<int:page_pk>/", next_edition.next_edition, name="next-edition"),
    path("answers/<int:asked_pk>/", attempts.save, name="save-answer"),
]
