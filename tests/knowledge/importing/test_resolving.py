import pytest

from knowledge.importing import read_folder
from knowledge.importing.records import Kind


def decision(title, status="Accepted", more=""):
    return f"# {title}\n\n## Status\n\n{status}\n\n## Context\n\nWhy.\n\n## Decision\n\nSo. {more}\n"


def read(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return {entry.reading.file: entry for entry in read_folder(folder)}


RST = "ADR 8: Use felt\n===============\n\n.. _felt:\n\nStatus\n------\nAccepted\n\nDecision\n--------\nSo.\n"
TARGETS = {"adr/0007-use-cork.md": decision("7. Use cork"), "adr/0008-use-felt.rst": RST}


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("Superseded by [7. Use cork](0007-use-cork.md)", "adr/0007-use-cork.md"),
        ("Superseded by [cork](./0007-use-cork.md#why)", "adr/0007-use-cork.md"),
        ("Superseded by [ADR 7](/adr/7)", "adr/0007-use-cork.md"),
        ("Superseded by ADR-0007", "adr/0007-use-cork.md"),
        ("Superseded by ADR7", "adr/0007-use-cork.md"),
        ("Superseded by 7", "adr/0007-use-cork.md"),
        ("Superseded by `use-cork`", "adr/0007-use-cork.md"),
        (
            "Superseded by [ADR-7][]\n\n[ADR-7]: https://example.org/blob/main/adr/0007-use-cork.md",
            "adr/0007-use-cork.md",
        ),
        ("Superseded by [ADR 7](0007-use-cork-and-glue.md)", "adr/0007-use-cork.md"),
        ("Superseded by [it](0019-use-cork.md)", "adr/0007-use-cork.md"),
        ("Superceded by ADR 7", "adr/0007-use-cork.md"),
        ("Remplacé par [ADR 7](0007-use-cork.md)", "adr/0007-use-cork.md"),
        ("Ersetzt durch ADR-7", "adr/0007-use-cork.md"),
        ("Superseded by :ref:`felt`", "adr/0008-use-felt.rst"),
        ("Superseded by :doc:`0008-use-felt`", "adr/0008-use-felt.rst"),
    ],
)
def test_a_reference_finds_its_file_however_it_is_written(tmp_path, status, found):
    entries = read(tmp_path, {"adr/0001-old.md": decision("1. Old", status), **TARGETS})
    assert entries["adr/0001-old.md"].resolved.superseded_by == (found,)
    assert entries["adr/0001-old.md"].reading.status == "superseded"


@pytest.mark.parametrize(
    "status",
    [
        "Superseded by ADR-99",
        "Superseded by [gone](0099-gone.md)",
        "Superseded\n\n[moved](https://example.org/issues/7)",
    ],
)
def test_a_reference_without_a_file_dangles(tmp_path, status):
    resolved = read(tmp_path, {"adr/0001-old.md": decision("1. Old", status), **TARGETS})["adr/0001-old.md"].resolved
    assert (resolved.superseded_by, len(resolved.dangling)) == ((), 1)


@pytest.mark.parametrize(
    ("more", "supersedes", "superseded_by"),
    [
        ("We supersede [ADR 7](0007-use-cork.md) and [ADR 8](0008-use-felt.rst).", 2, 0),
        ("This ADR in part supersedes [0007](0007-use-cork.md).", 1, 0),
        ("See [ADR-7](0007-use-cork.md) which supersedes this decision.", 0, 1),
        ("[ADR-7](0007-use-cork.md), which this decision supersedes", 1, 0),
        ("While this does not directly supersede [ADR 7](0007-use-cork.md), it helps.", 0, 0),
        ("The `superseded` state of an edition is kept by [ADR 7](0007-use-cork.md).", 0, 0),
        ("Amended by [ADR 7](0007-use-cork.md).", 0, 0),
        ("[ADR 7](0007-use-cork.md) supersedes [ADR 8](0008-use-felt.rst).", 0, 0),
    ],
)
def test_only_what_a_record_says_of_itself_is_a_relation(tmp_path, more, supersedes, superseded_by):
    resolved = read(tmp_path, {"adr/0009-new.md": decision("9. New", more=more), **TARGETS})["adr/0009-new.md"].resolved
    assert (len(resolved.supersedes), len(resolved.superseded_by)) == (supersedes, superseded_by)


def test_two_houses_in_one_import_do_not_answer_for_each_other(tmp_path):
    files = {
        "ours/adr/0001-old.md": decision("1. Old", "Superseded by ADR 7"),
        "theirs/adr/0007-cork.md": decision("7. Cork"),
    }
    assert read(tmp_path, files)["ours/adr/0001-old.md"].resolved.dangling == ("ADR 7",)


def test_of_two_with_one_number_the_more_alike_is_meant(tmp_path):
    files = {
        "0013-use-paper-trail.md": decision("13. Use PaperTrail", "Superseded by ADR025"),
        "0025-forms.md": decision("25. Use state machines"),
        "0025-remove-papertrail.md": decision("25. Remove papertrail"),
    }
    found = read(tmp_path, files)["0013-use-paper-trail.md"].resolved.superseded_by
    assert found == ("0025-remove-papertrail.md",)


def test_a_file_is_known_by_the_company_it_keeps(tmp_path):
    records = {f"000{n}-thing-{n}.md": decision(f"{n}. Thing {n}") for n in range(1, 5)}
    files = {
        **records,
        "0005-bare.md": "# 5. Bare\n\nWe do it so.\n",
        "README.md": "# Our decisions\n\nRead them all.\n",
        "notes.md": "# Notes\n\nOf a meeting.\n",
    }
    kinds = {file: getattr(entry.reading, "kind", None) for file, entry in read(tmp_path, files).items()}
    assert kinds["0005-bare.md"] is Kind.DECISION
    assert (kinds["README.md"], kinds["notes.md"]) == (None, None)


def test_a_folder_can_be_the_record(tmp_path):
    entries = read(
        tmp_path, {"2024-05-01-use-cork/README.md": "# Use cork\n\n## Decision\n\nSo.\n\n## Rationale\n\nIt is soft.\n"}
    )
    record = entries["2024-05-01-use-cork/README.md"].reading
    assert (record.kind, record.title, record.number, str(record.date)) == (
        Kind.DECISION,
        "Use cork",
        None,
        "2024-05-01",
    )


def test_links_out_of_the_folder_and_odd_files_are_told_and_not_followed(tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n\nWords.\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.md").symlink_to(tmp_path / "secret.md")
    (inside / "gone.md").symlink_to(inside / "nowhere.md")
    problems = {entry.reading.file: entry.reading.problem for entry in read_folder(inside)}
    assert "leads out of the folder" in problems["link.md"]
    assert "cannot be read" in problems["gone.md"]
