from knowledge.actions.acknowledge import acknowledge
from knowledge.actions.answer_suggestion import answer_suggestion
from knowledge.actions.approve import approve
from knowledge.actions.ask_for_page import ask_for_page
from knowledge.actions.assess_risks import assess_risks
from knowledge.actions.begin_page import begin_page
from knowledge.actions.begin_procedure import begin_procedure
from knowledge.actions.close_lesson import close_lesson
from knowledge.actions.draft_page import draft_page
from knowledge.actions.end_edition import end_edition
from knowledge.actions.export_records import export_records
from knowledge.actions.hand_over import hand_over
from knowledge.actions.import_records import import_records
from knowledge.actions.issue_bulletin import issue_bulletin
from knowledge.actions.make_edition import make_edition
from knowledge.actions.open_edition import open_edition
from knowledge.actions.open_house import open_house
from knowledge.actions.opt_in_to_bulletin import opt_in_to_bulletin
from knowledge.actions.opt_out_of_bulletin import opt_out_of_bulletin
from knowledge.actions.post_bulletin import post_bulletin
from knowledge.actions.publish import publish
from knowledge.actions.publish_due import publish_due
from knowledge.actions.remind_owners import remind_owners
from knowledge.actions.reopen_lesson import reopen_lesson
from knowledge.actions.reopen_recurring import reopen_recurring
from knowledge.actions.report_lesson import report_lesson
from knowledge.actions.settle_owner_reminders import settle_owner_reminders
from knowledge.actions.suggest_change import suggest_change
from knowledge.actions.take_up_change import take_up_change
from knowledge.actions.validate_lesson import validate_lesson
from knowledge.actions.verify_lesson import verify_lesson
from knowledge.actions.verify_page import verify_page
from knowledge.actions.withdraw_page import withdraw_page

__all__ = [
    "acknowledge",
    "answer_suggestion",
    "approve",
    "ask_for_page",
    "assess_risks",
    "begin_page",
    "begin_procedure",
    "close_lesson",
    "draft_page",
    "end_edition",
    "export_records",
    "hand_over",
    "import_records",
    "issue_bulletin",
    "make_edition",
    "open_edition",
    "open_house",
    "opt_in_to_bulletin",
    "opt_out_of_bulletin",
    "post_bulletin",
    "publish",
    "publish_due",
    "remind_owners",
    "reopen_lesson",
    "reopen_recurring",
    "report_lesson",
    "settle_owner_reminders",
    "suggest_change",
    "take_up_change",
    "validate_lesson",
    "verify_lesson",
    "verify_page",
    "withdraw_page",
]
