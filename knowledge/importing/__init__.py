"""Readers of records that other houses wrote: bytes in, a record or a reason out. Nothing here touches the database."""

from knowledge.importing.folder import Entry, read_folder
from knowledge.importing.linking import led_elsewhere
from knowledge.importing.planning import Plan, plan
from knowledge.importing.reading import read_record
from knowledge.importing.records import Kind, NotARecord, ParsedRecord, Reference

__all__ = [
    "Entry",
    "Kind",
    "NotARecord",
    "ParsedRecord",
    "Plan",
    "Reference",
    "led_elsewhere",
    "plan",
    "read_folder",
    "read_record",
]
