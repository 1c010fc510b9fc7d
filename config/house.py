"""What a house on one machine needs before its doors open."""

import getpass
import json
import os
import secrets
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone


class Unprepared(Exception):
    """The house cannot open yet; the message says what to do."""


def prepare(*, sample: bool) -> dict[str, tuple[str, str]]:
    """Bring database, files and index up to date. Returns the sample's sign-ins: reader -> (username, password)."""
    os.umask(0o077)  # what Cairn keeps is its own user's alone
    django.setup()
    if faults := [fault for fault in run_checks(databases=["default"]) if fault.is_serious()]:
        raise Unprepared("\n".join(str(fault) for fault in faults))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from config.first_day import furnish, has_people, make_administrator

    kept = settings.VAR_DIR / "sign-ins.json"
    if not has_people():
        if not sample:
            make_administrator(*_ask_for_administrator(), at=timezone.now())
        else:
            _keep(kept, furnish(at=timezone.now(), new_password=lambda: secrets.token_urlsafe(12)))
    return {reader: tuple(pair) for reader, pair in json.loads(kept.read_text()).items()} if kept.exists() else {}


def _keep(path: Path, sign_ins: dict[str, tuple[str, str]]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(sign_ins, file, indent=1)


def _ask_for_administrator() -> tuple[str, str]:
    from django.contrib.auth.password_validation import validate_password

    name = os.environ.get("CAIRN_ADMIN", "")
    password = os.environ.get("CAIRN_ADMIN_PASSWORD", "")
    if not (name and password) and not sys.stdin.isatty():
        raise Unprepared(
            "An empty house needs its first administrator. Run this in a terminal, "
            "or set CAIRN_ADMIN and CAIRN_ADMIN_PASSWORD."
        )
    name = name or input("User name of the first administrator: ").strip()
    while True:
        password = password or getpass.getpass("Password (12 characters or more): ")
        try:
            validate_password(password)
        except ValidationError as problem:
            if not sys.stdin.isatty():
                raise Unprepared(f"CAIRN_ADMIN_PASSWORD: {' '.join(problem.messages)}") from None
            print(" ".join(problem.messages))
            password = ""
        else:
            return name, password
