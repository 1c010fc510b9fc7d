"""The samples: as their entries tell of them, and drawn again."""

from typing import Any

from evidence import leaves
from evidence.leaves import LeafUnreadable
from evidence.models import Sample
from evidence.notes import NoteInvalid
from evidence.redrawing import redraw
from evidence.verification.report import Report, binary, shown
from evidence.verification.rows import stream


def check_samples(report: Report, told: dict[str, str]) -> None:
    """`told`: the samples that entries tell of, by number, with the key of the entry."""
    drawn = _drawn()
    samples = (
        "SELECT s.number, s.entry_id, e.leaf FROM evidence_sample s LEFT JOIN evidence_entry e ON e.key = s.entry_id"
    )
    for number, key, data in stream(samples):
        where = f"entry {shown(key)}, sample {shown(number)}"
        report.samples += 1
        try:
            facts = leaves.parse(binary(data) or b"").facts
            said = (facts["number"], facts["drawn"])
        except (LeafUnreadable, KeyError):
            report.found(where, "its entry cannot be read, or tells of no sample")
            continue
        told.pop(str(number), None)
        if said != (number, drawn.pop(number, [])):
            report.found(where, "it is not numbered as its entry says, or other entries stand in it")
            continue
        try:
            differences = redraw(Sample.objects.get(pk=number)).differences
        except (NoteInvalid, TypeError, KeyError, ValueError) as problem:
            differences = [f"it cannot be drawn again ({problem})"]
        for difference in differences:
            report.found(where, "{difference}", difference=difference)
    for number in drawn:
        report.found(f"sample {shown(number)}", "entries stand in it, and it is not there")
    for number, key in told.items():
        report.found(f"entry {shown(key)}", "the sample {number} that it tells of is not there", number=shown(number))


def _drawn() -> dict[Any, list[str]]:
    """The leaf hashes of what stands in each sample, by rank; a wrong rank leaves a gap."""
    statement = (
        "SELECT d.sample_id, d.rank, e.leaf_hash FROM evidence_sampledentry d "
        "LEFT JOIN evidence_entry e ON e.key = d.entry_id ORDER BY d.sample_id, d.rank"
    )
    drawn: dict[Any, list[str]] = {}
    for sample, rank, leaf_hash in stream(statement):
        hashes = drawn.setdefault(sample, [])
        raw = binary(leaf_hash)
        hashes.append(raw.hex() if raw and rank == len(hashes) + 1 else "")
    return drawn
