from people.views.account import account
from people.views.changing import (
    AddDepartment,
    AddPerson,
    AddRole,
    CorrectRole,
    EndRole,
    GrantRole,
    Groups,
    Move,
    Withdraw,
)
from people.views.reading import me, people_list, person_page

__all__ = [
    "AddDepartment",
    "AddPerson",
    "AddRole",
    "CorrectRole",
    "EndRole",
    "GrantRole",
    "Groups",
    "Move",
    "Withdraw",
    "account",
    "me",
    "people_list",
    "person_page",
]
