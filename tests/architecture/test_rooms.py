"""The rooms stand in one order everywhere, and no foreign key points upward (imports: `make check`)."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model

ROOMS = settings.ROOMS
HEIGHT = {room: -position for position, room in enumerate(ROOMS)}
PYPROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]


def relations():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and not field.auto_created and field.related_model:
                yield model, field, field.related_model


@pytest.mark.parametrize("room", ROOMS)
def test_no_relation_of_a_room_points_to_a_room_above_it(room):
    upward = [
        f"{model.__name__}.{field.name} -> {target._meta.label}"
        for model, field, target in relations()
        if model._meta.app_label == room
        and target._meta.app_label in HEIGHT
        and HEIGHT[target._meta.app_label] > HEIGHT[room]
        and target is not get_user_model()
    ]
    assert upward == []


def test_the_relations_asked_for_are_all_there():
    """The test above can fail: it does see relations between rooms, also those written as strings."""
    seen = {(m._meta.app_label, t._meta.app_label) for m, _, t in relations()}
    assert {("courses", "knowledge"), ("competence", "people"), ("knowledge", "people")} <= seen


def test_below_people_a_user_is_named_only_as_the_user_model():
    below = [room for room in ROOMS if HEIGHT[room] < HEIGHT["people"]]
    named = {t for m, _, t in relations() if m._meta.app_label in below and t._meta.app_label == "people"}
    assert named <= {get_user_model()}


def test_installed_apps_read_as_the_layers_do():
    layers = CONTRACTS[0]["layers"]
    assert [room for room in ROOMS if room != "search"] == layers
    assert settings.INSTALLED_APPS[: len(ROOMS)] == ROOMS


def test_the_picture_in_the_readme_stands_in_the_same_order():
    readme = Path(settings.BASE_DIR / "README.md").read_text()
    picture = readme.split("```")[1]
    named = [line.split()[0] for line in picture.splitlines() if line.strip() and line.split()[0] in ROOMS]
    assert named == [room for room in ROOMS if room != "search"] + ["search"]


@pytest.mark.parametrize("name", ["core", "base", "common", "utils", "helpers", "services"])
def test_nothing_is_named_for_having_no_name(name):
    found = [
        path
        for room in ROOMS
        for path in (settings.BASE_DIR / room).rglob("*")
        if path.stem == name and path.suffix in ("", ".py")
    ]
    assert found == []
