"""A certificate as it is printed: one page in the house's layout."""

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as in_words
from django.utils.timezone import localtime

from courses.certificates import StandingCertificate
from knowledge.layout import Sheet, sheet_of

DAY = "j F Y"


def sheet_of_certificate(it: StandingCertificate) -> Sheet:
    certificate, proof = it.certificate, it.proof
    address = f"{settings.BASE_URL.rstrip('/')}{reverse('certificates:check', args=[certificate.code])}"
    until = in_words(proof.until, DAY) if proof.until else "It does not end"
    texts = "\n".join(f"{one.title}, edition {one.number}" for one in proof.editions.order_by("title"))
    said = [
        ("summary", "text", "", f"has completed the course “{certificate.title}”"),
        ("competence", "text", "Competence", proof.competence.name),
        ("shown", "text", "Shown on", in_words(proof.since, DAY)),
        ("until", "text", "Valid until", until),
        ("texts", "text", "On these texts", texts),
        ("check", "markdown", "Check it", f"[{address}]({address})\n\nCode: **{it.code}**"),
    ]
    copy = {
        "number": "",
        "kind": "certificate",
        "title": str(certificate.person),
        "parts": [{"name": name, "kind": kind, "label": label, "value": text} for name, kind, label, text in said],
    }
    facts = [
        ("Issued by", settings.WAGTAIL_SITE_NAME),
        ("Issued", in_words(localtime(certificate.issued_at), DAY)),
        ("Valid until", until),
        ("Code", it.code),
    ]
    notice = "Revoked: this certificate proves nothing." if proof.void else ""
    return sheet_of(copy, facts=facts, notice=notice, log="Whether it is valid today is said at its address.")
