"""Odd and overlong input to every form of the room of knowledge: a sentence, never an error of the server."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.security.house import NOTHING
from tests.security.test_matrix import NEVER, ROWS

FORMS = [each for each in ROWS if each.send is not NEVER and each.name.startswith("knowledge:")]
FIELDS = (
    *("what_happened", "title", "happened_on", "found_where", "impact", "went_well", "process", "facilitator"),
    *("reporting", "recurrence_of", "note", "edition", "kind", "reference", "text", "reason", "part", "words", "do"),
    *("summary", "body", "back", "send", "next"),
)
ODD = {
    "NUL": "a\x00b",
    "a megabyte": "x" * 1_000_000,
    "an id that is no number": "1e9",
    "an id that no database holds": "9" * 40,
    "an id of nothing": str(NOTHING),
    "controls and directions": "\x1b[31m\u202e\ufeff\ud7ff\r\n\t",
    "what a template language means": "{{ request }}{% debug %}#eval(read(\"/etc/passwd\"))",
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_is_answered_by_a_sentence(house, quiet, odd):
    client = Client(raise_request_exception=False)
    client.force_login(house.people["administrator"])
    wrong = []
    for each in FORMS:
        address = reverse(each.name, args=each.arguments(house, "administrator"))
        with transaction.atomic():
            status = client.post(address, dict.fromkeys(FIELDS, ODD[odd])).status_code
            transaction.set_rollback(True)
        if status >= 500:
            wrong.append((each.name, each.what, status))
    assert not wrong


@pytest.mark.parametrize("odd", ["\x00", "%00", "9" * 40, "a" * 5000, "\u202e", "\ufffd", "-1", "1.5", "../.."])
def test_odd_questions_to_lists_are_answered(house, quiet, odd):
    client = Client(raise_request_exception=False)
    client.force_login(house.people["administrator"])
    asked = dict.fromkeys(("page", "state", "whose", "process", "title", "tag", "status", "maker", "since", "q"), odd)
    lists = ["/search/", *(f"/{shelf}/" for shelf in ("processes", "briefs", "decisions", "lessons", "courses"))]
    lists += [
        reverse(f"knowledge:{name}")
        for name in ("reviews", "suggestions", "bulletins", "ask-for-page", "report-lesson")
    ]
    for address in lists:
        assert client.get(address, asked).status_code in (200, 400, 404), address
