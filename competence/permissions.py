"""Who may do what with competences: HR and administrators steer; who sees whose is told in people/permissions.py."""

from people.permissions import manages_someone, may_manage_people, may_see_everyone


def may_steer(person):
    return may_manage_people(person)


def may_see_matrix(person, *, on):
    return may_see_everyone(person) or manages_someone(person, on=on)
