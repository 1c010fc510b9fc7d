from people.actions.add_department import add_department
from people.actions.add_person import add_person
from people.actions.add_role import add_role
from people.actions.appoint_administrator import appoint_administrator
from people.actions.close_sign_in import close_sign_in
from people.actions.correct_leave import correct_leave
from people.actions.correct_role_holding import correct_role_holding
from people.actions.end_leave import end_leave
from people.actions.end_role import end_role
from people.actions.forget_imports import forget_imports
from people.actions.grant_role import grant_role
from people.actions.invite import invite
from people.actions.join_department import join_department
from people.actions.join_group import join_group
from people.actions.leave_group import leave_group
from people.actions.map_import import map_import
from people.actions.record_leave import record_leave
from people.actions.report_to import report_to
from people.actions.run_import import run_import
from people.actions.start_import import start_import
from people.actions.upload_import import upload_import
from people.actions.withdraw_person import withdraw_person

__all__ = [
    "add_department",
    "add_person",
    "add_role",
    "appoint_administrator",
    "close_sign_in",
    "correct_leave",
    "correct_role_holding",
    "end_leave",
    "end_role",
    "forget_imports",
    "grant_role",
    "invite",
    "join_department",
    "join_group",
    "leave_group",
    "map_import",
    "record_leave",
    "report_to",
    "run_import",
    "start_import",
    "upload_import",
    "withdraw_person",
]
