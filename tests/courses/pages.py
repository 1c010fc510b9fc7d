"""Pages as people see them and forms as they post them."""

import re
from html import unescape

from django.urls import reverse

from tests.courses.quiz_scenes import answers_of


def words_in(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def words_of(client, person, url, *args):
    client.force_login(person)
    response = client.get(reverse(url, args=args) if ":" in url else url)
    assert response.status_code == 200, response
    return words_in(response.content.decode())


def post(client, person, url, /, *args, **data):
    client.force_login(person)
    return client.post(reverse(url, args=args), data)


def posted(attempt, *, right=None):
    """Answers to choices as the quiz's form posts them: the first `right` of them right."""
    return {f"question-{pk}": response["chosen"] for pk, response in answers_of(attempt, right=right).items()}


def queries_of(client, url, django_assert_max_num_queries):
    client.get(url)
    with django_assert_max_num_queries(60) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
