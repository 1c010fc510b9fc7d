from people.actions.add_department import add_department
from people.actions.add_person import add_person
from people.actions.add_role import add_role
from people.actions.appoint_administrator import appoint_administrator
from people.actions.close_sign_in import close_sign_in
from people.actions.correct_role_holding import correct_role_holding
from people.actions.end_role import end_role
from people.actions.grant_role import grant_role
from people.actions.invite import invite
from people.actions.join_department import join_department
from people.actions.join_group import join_group
from people.actions.leave_group import leave_group
from people.actions.report_to import report_to
from people.actions.withdraw_person import withdraw_person

__all__ = [
    "add_department",
    "add_person",
    "add_role",
    "appoint_administrator",
    "close_sign_in",
    "correct_role_holding",
    "end_role",
    "grant_role",
    "invite",
    "join_department",
    "join_group",
    "leave_group",
    "report_to",
    "withdraw_person",
]
