"""What people wrote begins no formula in any CSV that leaves the house."""

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from competence.actions import define_competence, require
from evidence.actions import draw_sample, seal
from evidence.populations import Population
from evidence.spreadsheets import harmless
from people.groups import AUDITORS
from tests.scenes import NOON, TODAY, hire, role_named

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
FILE = Path(settings.BASE_DIR).parent / "shared" / "payloads" / "csv-injection" / "csv-payload.txt"
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    '"=1',
    "'=1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
    ";=1",
    "\u00a0=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://elsewhere.example\",\"x\")",
]  # fmt: skip


def rows_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def starts_formula(cell):
    return cell.startswith(TRIGGERS) or (cell.lstrip(" \"'\u00a0;,").startswith(TRIGGERS) and not cell.startswith("'"))


@pytest.fixture
def formulas():
    return FORMULAS + (FILE.read_text().splitlines() if FILE.exists() else [])


@pytest.mark.django_db
def test_no_cell_of_an_export_begins_a_formula(client, formulas, settings, tmp_path):
    settings.EVIDENCE_SIGNING_KEY = tmp_path / "signing_key.pem"
    auditor = hire(groups=[AUDITORS])
    for text in formulas:
        competence = define_competence(text[:100], by=None, at=NOON)
        require(role_named(text[:100]), competence, since=TODAY, by=None, at=NOON)
        hire(text[:100], "", role=text[:100], department=text[:100])
    seal(at=timezone.now())
    sample = draw_sample(Population(), purpose="=1+1", size=60, auditor_number="=1", by=auditor, at=timezone.now())
    client.force_login(auditor)
    matrix = reverse("competence:matrix-csv")
    addresses = [matrix, f"{matrix}?form=reasons", reverse("evidence:sample-csv", args=[sample.pk])]
    for address in addresses:
        cells = [cell for row in rows_of(client.get(address)) for cell in row]
        assert len(cells) > 60
        assert [cell for cell in cells if starts_formula(cell)] == []
    # They are there, behind the apostrophe, or the above would say nothing.
    header = rows_of(client.get(addresses[0]))[0]
    assert "'=1+1" in header
    assert any(row[2:4] == ["'=1+1", "'=1+1"] for row in rows_of(client.get(addresses[1])))


@given(st.text())
def test_a_cell_is_harmless_and_loses_nothing(text):
    cell = harmless(text)
    assert not starts_formula(cell)
    assert cell in (text, f"'{text}")
