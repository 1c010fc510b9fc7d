from datetime import date

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from jobs.kinds import handles
from people.actions import close_sign_in, run_import
from people.models import PeopleImport, Person


@handles("people.close_sign_in")
def end_with_the_last_day(payload, progress):
    close_sign_in(payload["person"], on=timezone.localdate())


@handles("people.invite")
def send_invitation(payload, progress):
    person = Person.objects.get(pk=payload["person"])
    link = reverse(
        "password_reset_confirm",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
            "token": default_token_generator.make_token(person),
        },
    )
    words = render_to_string("people/invitation.txt", {"person": person, "link": settings.BASE_URL + link})
    send_mail("Your sign-in to Cairn", words, None, [person.email])


@handles("people.import")
def import_file(payload, progress):
    sent = PeopleImport.objects.defer("content").filter(pk=payload["import"]).first()
    if sent:  # it is kept for a day only
        run_import(sent, on=date.fromisoformat(payload["on"]), at=timezone.now(), progress=progress)
