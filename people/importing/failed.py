"""The rows that were left out, as they were, each with what is wrong: to be mended and imported."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from typing import IO

from evidence.spreadsheets import harmless
from people.importing.reading import Problem, Table


def write_failed(out: IO[str], table: Table, problems: Iterable[Problem]) -> None:
    reasons = defaultdict(list)
    for problem in problems:
        reasons[problem.line].append(f"{problem.column}: {problem.reason}" if problem.column else problem.reason)
    writer = csv.writer(out, delimiter=table.delimiter)
    writer.writerow([harmless(title) for title in (*table.titles, "What is wrong")])
    for line, said in table.lines():
        if reason := reasons.get(line):
            cells = [*said, *[""] * len(table.titles)][: len(table.titles)]
            writer.writerow([harmless(cell) for cell in (*cells, " ".join(reason))])
