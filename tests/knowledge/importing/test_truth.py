"""How well the readers do against what careful people read: one figure a field, and their mean."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from knowledge.importing import Kind, ParsedRecord, read_folder

DATA = Path(settings.BASE_DIR).parent / "shared" / "data" / "dev"
TRUTH = DATA / "decisions-truth.json"

pytestmark = pytest.mark.skipif(not TRUTH.is_file(), reason=f"{TRUTH} is not here")

LEAST = 0.95


@pytest.fixture(scope="module")
def entries():
    return {entry.reading.file: entry for entry in read_folder(DATA / "decisions")}


@pytest.fixture(scope="module")
def scores(entries):
    """Field: a list of right or wrong, over the labelled files."""
    found: dict[str, list[bool]] = {name: [] for name in ("kind", "title", "status", "date", "number", "relations")}
    for truth in json.loads(TRUTH.read_text(encoding="utf-8")):
        for name, right in judged(truth, entries[truth["file"]]).items():
            found[name].append(right)
    return found


def judged(truth, entry):
    record = entry.reading
    is_decision = isinstance(record, ParsedRecord) and record.kind is Kind.DECISION
    kind = "decision" if is_decision else "not-a-decision"
    right = {"kind": kind in [truth["kind"], *truth.get("kind_ok", [])]}
    if truth["kind"] != "decision":
        return right
    if not is_decision:
        return right | dict.fromkeys(("title", "status", "date", "number", "relations"), False)
    date = record.date and record.date.isoformat()
    return right | {
        "title": plain(record.title) in map(plain, [truth["title"], *truth.get("title_ok", [])]),
        "status": record.status in [truth["status"], *truth.get("status_ok", [])],
        "date": date in [truth["date"], *truth.get("date_ok", [])],
        "number": record.number in [truth["number"], *truth.get("number_ok", [])],
        "relations": related(truth, entry.resolved),
    }


def related(truth, resolved):
    return all(
        set(truth[side]) <= set(told) <= {*truth[side], *truth.get(f"{side}_ok", [])}
        for side, told in (("supersedes", resolved.supersedes), ("superseded_by", resolved.superseded_by))
    )


def plain(title):
    """Titles are compared without case and punctuation."""
    return re.sub(r"[\W_]+", "", (title or "").casefold())


def test_the_mean_over_all_fields_is_at_least_as_good_as_asked(scores):
    figures = {name: sum(rights) / len(rights) for name, rights in scores.items()}
    assert sum(figures.values()) / len(figures) >= LEAST, figures


@pytest.mark.parametrize("field", ["kind", "title", "status", "date", "number", "relations"])
def test_no_field_is_left_behind(scores, field):
    assert sum(scores[field]) / len(scores[field]) >= LEAST


def test_every_decision_folder_reads_and_at_least_830_records_come_in_with_their_titles(entries):
    decisions = [e.reading for e in entries.values() if getattr(e.reading, "kind", None) is Kind.DECISION]
    assert len(decisions) >= 830
    assert all(record.title for record in decisions)
    assert all(getattr(e.reading, "problem", "a record") for e in entries.values())


@pytest.mark.parametrize("folder", ["briefs", "lessons", "qms"])
@pytest.mark.parametrize("kind", [None, *Kind])
def test_other_folders_are_read_whatever_they_are_taken_for(folder, kind):
    read = [entry.reading for entry in read_folder(DATA / folder, kind)]
    assert len(read) > 50
    assert all(record.title and record.body.strip() for record in read if isinstance(record, ParsedRecord))
    if kind:
        assert {record.kind for record in read if isinstance(record, ParsedRecord)} == {kind}


def test_a_handbook_holds_no_decisions():
    kinds = [getattr(entry.reading, "kind", None) for entry in read_folder(DATA / "briefs")]
    assert Kind.DECISION not in kinds
    assert kinds.count(Kind.BRIEF) > 700
