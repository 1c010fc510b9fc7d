from knowledge.actions.acknowledge import acknowledge
from knowledge.actions.answer_suggestion import answer_suggestion
from knowledge.actions.approve import approve
from knowledge.actions.ask_for_page import ask_for_page
from knowledge.actions.begin_page import begin_page
from knowledge.actions.draft_page import draft_page
from knowledge.actions.end_edition import end_edition
from knowledge.actions.hand_over import hand_over
from knowledge.actions.import_records import import_records
from knowledge.actions.make_edition import make_edition
from knowledge.actions.open_edition import open_edition
from knowledge.actions.open_house import open_house
from knowledge.actions.publish import publish
from knowledge.actions.publish_due import publish_due
from knowledge.actions.remind_owners import remind_owners
from knowledge.actions.settle_owner_reminders import settle_owner_reminders
from knowledge.actions.suggest_change import suggest_change
from knowledge.actions.take_up_change import take_up_change
from knowledge.actions.verify_page import verify_page
from knowledge.actions.withdraw_page import withdraw_page

__all__ = [
    "acknowledge",
    "answer_suggestion",
    "approve",
    "ask_for_page",
    "begin_page",
    "draft_page",
    "end_edition",
    "hand_over",
    "import_records",
    "make_edition",
    "open_edition",
    "open_house",
    "publish",
    "publish_due",
    "remind_owners",
    "settle_owner_reminders",
    "suggest_change",
    "take_up_change",
    "verify_page",
    "withdraw_page",
]
