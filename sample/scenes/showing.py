"""What no course shows: by a certificate, by experience, by an acknowledgement, or before someone who sees it."""

from dataclasses import asdict
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from competence.actions import count_as, record_proof, set_validity
from competence.certificates import kept_name
from competence.gathering import gather
from competence.models import Proof
from competence.obligations import OPEN, obligations
from sample.habits import draw, one_in
from sample.house import House
from sample.organisation import Competence
from sample.scanning import scan
from sample.showing import Certificate, Equivalent, Experience, Renewal
from sample.working_days import AFTERNOON, moment, working_day

MONDAY = 0
LATEST = 21


def record_certificate(house, it: Certificate, at):
    person, competence = house.people[it.person], house.competences[it.competence]
    until = None if it.until is None else house.day(it.until)
    given = house.day(it.first)
    lines = [it.issuer, "Certificate", f"{person}", f"{competence}", f"No. {it.reference}", f"{given:%-d %B %Y}"]
    file = ContentFile(scan(lines), name="certificate.pdf")
    file.name = kept_name(file)
    record_proof(
        person,
        competence,
        basis=Proof.Basis.CERTIFICATE,
        reference=it.reference,
        issuer=it.issuer,
        file=file,
        on=given,
        until=until,
        by=house.people[it.by],
        at=at,
    )


def accept_experience(house, it: Experience, at):
    record_proof(
        house.people[it.person],
        house.competences[it.competence],
        basis=Proof.Basis.EXPERIENCE,
        reference="experience",
        because=it.because,
        level=it.level,
        on=timezone.localdate(at),
        by=house.people[it.by],
        at=at,
    )


def make_equivalent(house, it: Equivalent, at):
    proven, counts_as = house.competences[it.proven], house.competences[it.counts_as]
    count_as(proven, counts_as, since=timezone.localdate(at), because=it.because, by=house.people[it.by], at=at)


def set_rule(house, it: Renewal, at):
    set_validity(
        house.competences[it.competence],
        since=timezone.localdate(at),
        because=it.because,
        issued_too=it.issued_too,
        by=house.people[it.by],
        at=at,
        **asdict(it.rule),
    )


def show_what_is_asked(house: House, day: date) -> None:
    if day.weekday() == MONDAY:
        _plan(house, day)
    meant = [what for what, (when, _) in house.to_show.items() if when <= day]
    for place, (username, key) in enumerate(sorted(meant)):
        _, level = house.to_show.pop((username, key))
        if house.works_here(username, day):
            _show(house, username, house.sample.competences[key], level, at=moment(day, AFTERNOON + 120 + place))


def _plan(house: House, day: date) -> None:
    """Whoever is asked means to show it on a day before it is due; a few are late, and some put it off."""
    keys = {it.pk: key for key, it in house.competences.items() if house.sample.competences[key].shown}
    usernames = {person.pk: username for username, person in house.people.items()}
    for one in obligations(gather(on=day, competences=keys), on=day):
        what = usernames[one.person], keys[one.competence]
        is_free = what not in house.to_show and house.works_here(what[0], day)
        if one.state in OPEN and is_free and not _puts_off(house, *what, day):
            house.to_show[what] = working_day(0, day + timedelta(days=_wait(house, what, one, day))), one.level


def _wait(house: House, what: tuple[str, str], one, day: date) -> int:
    habits, left = house.sample.history.habits, (one.due - day).days
    if one_in(habits.late_one_in, "shows late", *what, one.due):
        return max(left, 0) + draw(*habits.days_late, "shows late by", *what, one.due)
    return draw(1, min(left - 1, LATEST), "shows", *what, one.due)


def _puts_off(house: House, username: str, key: str, day: date) -> bool:
    told = house.sample.history.not_shown
    return any((it.person, it.competence) == (username, key) and house.day(it.day) <= day for it in told)


def _show(house: House, username: str, competence: Competence, level: int, *, at) -> None:
    day, person = timezone.localdate(at), house.people[username]
    told = {"on": day, "level": level, "at": at}
    if competence.shown == Proof.Basis.ACKNOWLEDGED:
        told |= {"reference": f"on {day:%-d %B %Y}", "by": person}
    else:
        others = [it for it in competence.shown_to if it != username and house.works_here(it, day)]
        seen_by = house.people[others[0]]
        told |= {"reference": f"seen by {seen_by} on {day:%-d %B %Y}", "assessor": seen_by, "by": seen_by}
    record_proof(person, house.competences[competence.key], basis=Proof.Basis(competence.shown), **told)
