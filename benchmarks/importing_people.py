"""What it costs to bring in people from HR's own system: a file of so many rows, then the same file again.

python -m benchmarks.importing_people [rows …]     (10000 and 100000 if none are named)

What the columns say and which database it is on: benchmarks/measuring.py.
"""

import csv
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.measuring import a_folder_of_its_own, empty_the_database, in_a_process, measured

SIZES = (10_000, 100_000)
TITLES = "employee_number,given_name,family_name,email,department,job_title,manager_number,started_on,left_on"


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    with a_folder_of_its_own() as folder:
        file = folder / "people.csv"
        for size in sizes:
            _write(file, size)
            in_a_process(empty_the_database)
            for words in ("a file of people", "the same file again"):
                in_a_process(measured, words, size, partial(_import, file))


def _write(file: Path, rows: int) -> None:
    """Ten report to each; one in fifty has left."""
    opening = date(2016, 1, 1)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(TITLES.split(","))
        for number in range(1, rows + 1):
            person = (f"{number:06}", f"First {number}", f"Last {number:06}", f"p{number:06}@example.org")
            place = (f"Unit {number % 40:02}", f"Role {number % 100:03}", f"{number // 10:06}" if number > 9 else "")
            started = opening + timedelta(days=number % 3000)
            left = started + timedelta(days=400) if number % 50 == 49 else ""
            writer.writerow([*person, *place, started, left])


def _import(file: Path) -> None:
    from django.core.management import call_command

    call_command("import_people", str(file), stdout=sys.stderr)


if __name__ == "__main__":
    main()
