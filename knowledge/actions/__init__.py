from knowledge.actions.acknowledge import acknowledge
from knowledge.actions.approve import approve
from knowledge.actions.draft_page import draft_page
from knowledge.actions.end_edition import end_edition
from knowledge.actions.import_records import import_records
from knowledge.actions.make_edition import make_edition
from knowledge.actions.open_edition import open_edition
from knowledge.actions.open_house import open_house
from knowledge.actions.publish import publish
from knowledge.actions.publish_due import publish_due
from knowledge.actions.withdraw_page import withdraw_page

__all__ = [
    "acknowledge",
    "approve",
    "draft_page",
    "end_edition",
    "import_records",
    "make_edition",
    "open_edition",
    "open_house",
    "publish",
    "publish_due",
    "withdraw_page",
]
