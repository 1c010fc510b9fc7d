def facets_of(page) -> dict[str, str | list[str]]:
    """By what the entries about a page are found and sampled in the log: its number, and those of its processes."""
    return {"page": page.number, "process": sorted(process.number for process in page.processes.all())}
