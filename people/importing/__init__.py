"""What HR's own system says of people, read from CSV. Pure: bytes in, rows and problems out."""

from people.importing.reading import Problem, Table, read_table

__all__ = ["Problem", "Table", "read_table"]
