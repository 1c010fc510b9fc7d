import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importing import Kind, NotARecord, ParsedRecord, read_record
from knowledge.importing.dates import find_dates
from knowledge.importing.decoding import LARGEST
from knowledge.importing.statuses import status_of
from knowledge.importing.titles import name_of


def read(text, file="0001-use-cork.md", kind=Kind.DECISION):
    return read_record(text.encode(), file, kind)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Accepted", "accepted"),
        ("✅ Accepted", "accepted"),
        ("**Accepted.**", "accepted"),
        ("{ accepted }", "accepted"),
        ("Implemented in <https://example.org/1>", "accepted"),
        ("accepted; supersedes ADR-0045", "accepted"),
        ("![Accepted](https://img.example/adr-accepted-green)\n\nSupersedes [3](0003-x.md)", "accepted"),
        ("Accepted on 20/11/2015.", "accepted"),
        ("While this is marked `accepted`, we are still learning.", "accepted"),
        ("~~Proposed~~ Accepted", "accepted"),
        ("Vorgeschlagen | **Akzeptiert** | Abgelehnt", "accepted"),
        ("- [x] Foreslått (dato: 2025-06-02)\n- [x] Akseptert (dato: 2025-06-10)\n- [ ] Erstattet", "accepted"),
        ("2020-01-02 Accepted\n2019-05-06 Proposed", "accepted"),
        ("已接受", "accepted"),
        ("承認済み", "accepted"),
        ("![Status](https://img.example/badge/status-accepted-brightgreen)", "accepted"),
        ("被 ADR-9 取代", "superseded"),
        ("ADR-9 により置き換えられた", "superseded"),
        ("Draft", "proposed"),
        ("proposé", "proposed"),
        ("Pending review", "proposed"),
        ("Rejected.", "rejected"),
        ("Abgelehnt", "rejected"),
        ("Obsolète", "deprecated"),
        ("Deprecated in favor of [x#66](https://example.org/66)", "deprecated"),
        ("Superseded by ADR025", "superseded"),
        ("Implemented. Superseded by [ADR-013](./adr-013.md).", "superseded"),
        ("⌛️ Superseded [0019](0019-x.md)", "superseded"),
        ("Partly superseded", "superseded"),
        ("Ersetzt durch ADR-7", "superseded"),
        ("Accepted | Pending | Superseded by [ADR000](000-template.md)", None),
        ("{proposed | rejected | accepted | deprecated | … }", None),
        ("Accepted or Rejected", None),
        ("- Proposed\n- Accepted\n- Rejected", None),
        ("The interface would get a new property", None),
        ("", None),
    ],
)
def test_a_status_is_one_of_five_words_or_none(value, status):
    assert status_of(value) == status


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-01", dt.date(2024, 5, 1)),
        ("2024/5/1", dt.date(2024, 5, 1)),
        ("20220513", dt.date(2022, 5, 13)),
        ("20/11/2015", dt.date(2015, 11, 20)),
        ("08/01/24", dt.date(2024, 1, 8)),
        ("14.11.2022", dt.date(2022, 11, 14)),
        ("2019 Oct 22", dt.date(2019, 10, 22)),
        ("November 14, 2023", dt.date(2023, 11, 14)),
        ("1st of March 2021", dt.date(2021, 3, 1)),
        ("3. März 2021", dt.date(2021, 3, 3)),
        ("12 août 2020", dt.date(2020, 8, 12)),
        ("5 de mayo de 2021", dt.date(2021, 5, 5)),
        ("2024年5月1日", dt.date(2024, 5, 1)),
        ("2024-023-2706", None),
        ("20201-02-13", None),
        ("2024-02-31", None),
        ("2022-09", None),
        ("v1.2.2024 of nothing", None),
    ],
)
def test_a_date_is_read_whole_or_not_at_all(text, date):
    assert (find_dates(text) or [None])[0] == date


def test_a_folder_that_counts_months_first_is_read_so():
    assert find_dates("08/01/24", day_first=False) == [dt.date(2024, 8, 1)]


@pytest.mark.parametrize(
    ("file", "number"),
    [
        ("0007-use-cork.md", 7),
        ("adr-007-use-cork.md", 7),
        ("ADR025-remove-it.md", 25),
        ("ADR-1.md", 1),
        ("2022-04-13_018-single-state.md", 18),
        ("ADR-2025-003-cork.md", 3),
        ("20210928-use-cork.md", None),
        ("2026-01-content.md", None),
        ("2023-07-20-fe-server.md", None),
        ("2023-roadmap.md", None),
        ("use-3-corks.md", None),
        ("0012-use-cork/README.md", 12),
        ("2022-02-03-testing/README.md", None),
    ],
)
def test_a_number_stands_before_the_words_and_a_date_is_none(file, number):
    assert name_of(file).number == number


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# 7. Use cork", "Use cork"),
        ("# ADR 007: Use cork.", "Use cork"),
        ("# ADR #004 - Use cork", "Use cork"),
        ("# Decision record: Use cork", "Use cork"),
        ("# [ADR-0007] Use cork", "Use cork"),
        ("# Use cork (ADR-7)", "Use cork"),
        ("# ADR 7 | Use cork", "Use cork"),
        ("# [Rejected] Use cork", "Use cork"),
        ("# Use `cork` for **straps**", "Use cork for straps"),
        ("# Mapping A <-> B", "Mapping A <-> B"),
        ("Use cork\n========", "Use cork"),
        ("# use-cork-for-straps", "Use cork for straps"),
        ("# Context", "Use cork"),
        ("# {short title}", "Use cork"),
    ],
)
def test_a_title_is_the_words_alone(heading, title):
    assert read(f"{heading}\n\n## Status\n\nAccepted\n\n## Decision\n\nCork.\n").title == title


RST = """
ADR 5: Use cork
###############

:Status: Accepted
:Date: 2024-05-01

Context
*******

Plastic squeaks. This replaces :doc:`0004-use-felt`.

Decision
********

Cork.
"""

ADOC = """
= Use cork
:status: accepted
:revdate: 2024-05-01

== Context

Plastic squeaks.

== Decision

Cork.
"""


@pytest.mark.parametrize(
    "stated",
    [
        "======  ==========\nStatus  Accepted\nDate    2024-05-01\n======  ==========",
        "Status:\n  Accepted\nDate:\n  2024-05-01",
        ".. admonition:: Status\n\n   Accepted\n\n:Date: 2024-05-01",
    ],
)
def test_fields_in_restructured_text_are_found_however_they_are_set(stated):
    record = read_record(RST.replace(":Status: Accepted\n:Date: 2024-05-01", stated).encode(), "0005-use-cork.rst")
    assert (record.status, str(record.date)) == ("accepted", "2024-05-01")


def test_front_matter_in_json_is_read_and_kept():
    record = read('{"title": "Use cork", "status": "accepted"}\n\n## Context\n\nA.\n\n## Decision\n\nB.\n')
    assert (record.title, record.status) == ("Use cork", "accepted")
    assert "```json" in record.body


@pytest.mark.parametrize(("text", "file"), [(RST, "0005-use-cork.rst"), (ADOC, "0005-use-cork.adoc")])
def test_other_markup_is_understood_and_kept_as_it_was_written(text, file):
    record = read_record(text.encode(), file)
    assert (record.kind, record.title, record.number) == (Kind.DECISION, "Use cork", 5)
    assert (record.status, record.date) == ("accepted", dt.date(2024, 5, 1))
    assert text.strip("\n") in record.body
    assert record.body.startswith("```")


def test_front_matter_says_what_the_page_shows_and_the_rest_stays_in_the_text():
    record = read("---\nstatus: accepted\ndate: 2024-05-01\ntags: [strap, cork]\n---\n# Use cork\n\nBecause.\n")
    assert (record.status, record.date) == ("accepted", dt.date(2024, 5, 1))
    assert record.body == "Because.\n\n```yaml\ntags: [strap, cork]\n```"
    assert "accepted" not in record.body


def test_a_status_that_says_more_than_one_word_stays_in_the_text():
    record = read("---\nstatus: accepted; supersedes ADR-0045\n---\n# Use cork\n\nBecause.\n")
    assert record.status == "accepted"
    assert [reference.text for reference in record.supersedes] == ["ADR-0045"]
    assert "supersedes ADR-0045" in record.body


def test_template_code_is_text():
    text = "# Use cork\n\n<%= `rm -rf /` %> {{ 7 * 7 }} {% include 'x' %}\n"
    assert read(text, "0001-use-cork.html.md.erb").body == text.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"# Only a title\n", "stub"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "null bytes"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"\x81\x8d\x8f\x90 caf\xe9", "neither"),
        (b"# T\n\n" + b"x" * LARGEST, "larger than"),
        (b"---\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n# T\n\nText\n", "aliases"),
        (b"---\na: " + b"[" * 50 + b"]" * 50 + b"\n---\n# T\n\nText\n", "nested"),
        (b"---\na: " + b"x" * 70_000 + b"\n---\n# T\n\nText\n", "longer than"),
        (b"# {short title}\n\n## Status\n\n{proposed | accepted | rejected}\n\n## Decision\n\n{why}\n", "template"),
    ],
)
def test_what_is_no_record_has_a_reason(data, told):
    record = read_record(data, "0001-use-cork.md")
    assert isinstance(record, NotARecord)
    assert told in record.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_other_encodings_is_read(encoding):
    record = read_record("# Café\n\nNaïve – and so on.\n".encode(encoding), "café.md")
    assert (record.title, record.body) == ("Café", "Naïve – and so on.\n")


@pytest.mark.parametrize("block", ["title: foo: bar", "date: 2024-13-45", "<%= x %>: [", "title: *bold* words"])
def test_front_matter_that_is_no_yaml_is_kept_and_harms_nothing(block):
    record = read(f"---\n{block}\nkept: yes\n---\n# Use cork\n\nBecause.\n")
    assert record.title == "Use cork"
    assert block in record.body


@given(
    st.binary(max_size=400), st.sampled_from(["a.md", "0001-a.rst", "b/2024-01-01-c/README.md", "x.adoc", "y.md.erb"])
)
def test_any_bytes_are_a_record_or_have_a_reason(data, file):
    record = read_record(data, file)
    assert (isinstance(record, ParsedRecord) and record.title and record.body.strip()) or record.problem


# Pieces that mean something to the readers, thrown together.
PIECES = st.sampled_from(
    [
        *(
            "---",
            "# ",
            "## Status",
            "Superseded by ",
            "[ADR 1](0001-a.md)",
            "```",
            "<!--",
            "-->",
            "| Status |",
            "|---|",
        ),
        *(
            "\n",
            "- Date: ",
            "2024-05-01",
            ":Status: ",
            "====",
            "x",
            "{",
            "}",
            "](",
            "[",
            "*",
            "_",
            ":ref:`",
            "&a",
            "*a",
        ),
        *("é", "状態", "<h1>", "- [x] ", "<%= ", "{{ ", "+++"),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["a.md", "a.rst", "a.adoc"]))
def test_any_markup_is_a_record_or_has_a_reason(text, file):
    record = read_record(text.encode(), file, Kind.DECISION)
    assert isinstance(record, ParsedRecord | NotARecord)


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cc", "Cs"]), min_size=1
    )
)
def test_any_text_survives_in_the_body(text):
    body = f"Some words.\n\n{text}\n"
    record = read(f"# Use cork\n\n{body}")
    assert record.body == body
    assert read(body).body == body


@given(st.text(alphabet="abc `*[]()<>{}#-|\n", max_size=200))
def test_no_word_of_a_heading_is_lost(heading):
    line = " ".join(heading.split())
    record = read(f"# {line}\n\nSome words.\n")
    if isinstance(record, ParsedRecord):
        kept = f"{record.title} {record.body}".casefold()
        assert all(word in kept for word in "".join(c if c.isalpha() else " " for c in line).casefold().split())


@pytest.mark.parametrize(
    "piece", ["<!--", "[", "![", "`", "```\n", "# ", "| a ", ":ref:`", "superseded by ", "[a](", "- [ ] "]
)
def test_a_text_made_to_exhaust_the_readers_is_read_in_a_moment(piece):
    read(piece * (200_000 // len(piece)))
