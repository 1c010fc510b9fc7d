"""Who may see the log. This room knows nobody: the permissions are given to groups by the room that has people."""

from evidence.models import Listing, Pseudonym


def may_see_room(person) -> bool:
    return person.has_perm("evidence.view_checkpoint")


def may_see_every_entry(person) -> bool:
    return person.has_perm("evidence.view_entry")


def may_see_entry(person, listing: Listing) -> bool:
    """Auditors and HR see every entry; anyone else those about themselves."""
    if may_see_every_entry(person):
        return True
    if not person.is_active or not listing.subject:
        return False
    return Pseudonym.objects.filter(token=listing.subject, person_id=person.pk).exists()


def may_see_samples(person) -> bool:
    return person.has_perm("evidence.view_sample")


def may_draw(person) -> bool:
    return person.has_perm("evidence.add_sample")
