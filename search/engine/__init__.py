"""Whoosh behind Wagtail's search API. docs/decisions/0004-search-engine.md says why it is built as it is."""
