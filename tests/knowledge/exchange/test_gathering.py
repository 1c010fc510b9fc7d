import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.actions import draft_page, publish
from knowledge.exchange import Option, Why, read, write
from knowledge.exchange.gathering import gather
from knowledge.models import ConsideredOption, DecisionRecord, KnowledgeBrief, KnowledgePage, LessonLearned, Process
from knowledge.models import Why as WhyRow
from tests.knowledge.conftest import NOON, change

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(expert, process_owner):
    def put(kind, title, **fields):
        page = draft_page(kind, title=title, by=expert, at=NOON, **fields)
        publish(page, by=process_owner, author=expert, at=NOON, **change())
        return page

    return put


def live():
    return list(KnowledgePage.objects.live().with_kinds().order_by("number"))


def test_each_kind_is_written_as_it_stands_and_reads_the_same(put, expert):
    care = put(Process, "Care", purpose="Keep.", inputs="a\r\nb", accountable=expert)
    put(KnowledgeBrief, "Washing", body="By hand.\r\n", processes=[care], experts=[expert], tags=["strap"])
    old = put(DecisionRecord, "Felt", status="accepted")
    options = [ConsideredOption(title="Cork", good="soft", is_chosen=True)]
    put(DecisionRecord, "Cork", status="accepted", context="It squeaks.", supersedes=[old], options=options)
    put(LessonLearned, "Wet", what_happened="Rain.", whys=[WhyRow(text="Open."), WhyRow(text="Hot.", depth=1)])
    records = {record.title: record for record in gather(live())}
    assert [read(write(record)) for record in records.values()] == list(records.values())
    assert records["Washing"].processes == (care.number,)
    assert records["Washing"].ids == {care.number: str(care.translation_key)}
    assert (records["Washing"].experts, records["Washing"].tags) == ((expert.username,), ("strap",))
    assert records["Care"].fields["inputs"] == "a\r\nb"
    assert records["Cork"].fields["supersedes"] == (old.number,)
    assert records["Cork"].fields["options"] == (Option("Cork", good="soft", is_chosen=True),)
    assert records["Wet"].fields["whys"] == (Why(1, "Open."), Why(1, "Hot."))


def test_gathering_many_pages_asks_no_more_than_gathering_one(put):
    put(KnowledgeBrief, "One", body="x")
    with CaptureQueriesContext(connection) as few:
        gather(live())
    for number in range(5):
        put(KnowledgeBrief, f"Brief {number}", body="x")
    with CaptureQueriesContext(connection) as many:
        gather(live())
    assert len(many) == len(few)
