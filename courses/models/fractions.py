"""A fraction in the database: exact, as the text that Python gives it ("7/3")."""

from fractions import Fraction

from django.db import models


class FractionField(models.CharField):
    # What django-stubs reads of a field: what it takes and what it gives.
    _pyi_private_set_type: Fraction | None  # type: ignore[assignment]
    _pyi_private_get_type: Fraction  # type: ignore[assignment]

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 80
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return None if value is None else Fraction(value)

    def to_python(self, value):
        return value if value is None or isinstance(value, Fraction) else Fraction(value)

    def get_prep_value(self, value):
        return None if value is None else str(Fraction(value))
