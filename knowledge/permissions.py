"""Who may read what, and take it out of use. Writing is by Wagtail's own rights: see actions/give_rights.py."""

from wagtail.models import PageViewRestriction

from knowledge.models.restrictions import restrictions, stands_below
from people.permissions import (
    is_administrator,
    is_expert,
    is_hr,
    is_process_owner,
    may_see_everyone,
    may_write,
)


def visible_to(pages, person):
    """Of a queryset of pages, those that no view restriction, of theirs or of a page above, keeps from `person`.

    A page behind a password is left out: who knows the password can still open it.
    """
    if is_administrator(person):
        return pages
    closed = restrictions().exclude(restriction_type=PageViewRestriction.GROUPS, groups__user=person.pk)
    return pages.filter(~stands_below(closed))


def may_see(person, page):
    return person.is_active and visible_to(type(page).objects.filter(pk=page.pk), person).exists()


def may_withdraw(person):
    return is_administrator(person) or is_process_owner(person)


def answers_for(person, page):
    """Its owner and its deputies, as long as they work here."""
    return person.is_active and (page.accountable_id == person.pk or page.deputies.filter(pk=person.pk).exists())


def may_see_all_reviews(person):
    return is_administrator(person) or is_process_owner(person)


def may_verify(person, page):
    return may_see_all_reviews(person) or answers_for(person, page)


def may_hand_over(person):
    return is_administrator(person) or is_process_owner(person) or is_hr(person)


def answers_unowned(person):
    """Who answers where nobody does."""
    return is_administrator(person) or is_process_owner(person)


def may_answer(person, suggestion):
    """Whoever answers for the page, or for the process of one that is missing, and process owners; who may see it."""
    about = suggestion.page or suggestion.process
    if about is None:
        return answers_unowned(person)
    return may_see(person, about) and (answers_unowned(person) or answers_for(person, about))


def may_see_suggestion(person, suggestion):
    return person.is_active and (suggestion.by_id == person.pk or may_answer(person, suggestion))


def may_move_lessons(person):
    """Say of a lesson that it is so, that it was acted on, and that this works."""
    return is_administrator(person) or is_expert(person) or is_process_owner(person)


def may_see_risks(person):
    """Who writes it, answers for it, sees to those who know it, or audits it."""
    return may_write(person) or may_see_everyone(person)


def may_know_who_leaves(person):
    return may_hand_over(person) or may_see_everyone(person)
