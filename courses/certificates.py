"""Codes of certificates, and how a certificate stands: as its proof does, with all that corrected it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from competence.models import Proof
from courses.models import Certificate, Course
from courses.rounds import renewable_from
from people.refusals import Refused

# Crockford's: no letter that is taken for a digit. Twenty of 32 are 100 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
# Of a course, in the reference of its proofs, which holds 200 characters.
LONGEST_TITLE = 150
READ_AS = str.maketrans("OIL", "011", "- ")


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def written(code: str) -> str:
    return "-".join(code[start : start + 5] for start in range(0, LENGTH, 5))


def read_code(text: str) -> str:
    """As people type it: in small letters, with spaces, with O for 0. Empty where it can be none."""
    code = text[:100].upper().translate(READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


@dataclass(frozen=True)
class StandingCertificate:
    certificate: Certificate
    proof: Proof

    @property
    def code(self) -> str:
        return written(self.certificate.code)

    def word(self, on: date) -> str:
        if self.proof.void:
            return "Revoked"
        return "Expired" if self.proof.until and self.proof.until < on else "Valid"

    def is_current(self, on: date) -> bool:
        """It holds, and nothing is to be shown anew yet."""
        opens = renewable_from(self.proof.until, self.proof.renewal_window_days)
        return not self.proof.void and self.proof.since <= on and (opens is None or on < opens)


TONES = {"Valid": "ok", "Expired": "warn", "Revoked": "bad"}


def standing_of(certificates: Iterable[Certificate]) -> list[StandingCertificate]:
    """A correction of a proof keeps whose it is, of what, and its reference."""
    found = list(certificates)
    if not found:
        return []
    proofs = Proof.objects.filter(
        corrected_by=None,
        basis=Proof.Basis.COURSE,
        person__in={one.person_id for one in found},
        reference__in={one.proof.reference for one in found},
    ).select_related("competence")
    latest = {(proof.person_id, proof.competence_id, proof.reference): proof for proof in proofs}
    return [
        StandingCertificate(one, latest[one.proof.person_id, one.proof.competence_id, one.proof.reference])
        for one in found
    ]


def certificates_of(person, *, on: date) -> list[tuple[StandingCertificate, str, str]]:
    """The latest first, each with its word and tone of that day."""
    rows = Certificate.objects.filter(person=person).select_related("proof").order_by("-issued_at", "-pk")
    words = [(it, it.word(on)) for it in standing_of(rows)]
    return [(it, word, TONES[word]) for it, word in words]


def check_not_used(course: Course, person, shown_at: datetime) -> None:
    """What a certificate rests on is not taken from under it."""
    used = Certificate.objects.filter(course=course, person=person, issued_at__gte=shown_at).select_related("proof")
    if any(not standing.proof.void for standing in standing_of(used)):
        raise Refused(
            f"A certificate of {person} rests on this. If it is wrong, have HR revoke the certificate first, on the "
            "page of the person."
        )
