def facets_of(page) -> dict[str, str | list[str]]:
    """By what the entries about a page are found and sampled in the log: its number, and those of its processes."""
    return {"page": page.number, "process": sorted(process.number for process in page.processes.all())}


def facts_of(edition) -> dict[str, str | int]:
    """How an entry names an edition: the exact text by its hash, and its row, so that a reader can go on to it."""
    return {
        "page": edition.page.number,
        "edition": edition.number,
        "edition_id": edition.pk,
        "title": edition.title,
        "sha256": edition.sha256,
    }
