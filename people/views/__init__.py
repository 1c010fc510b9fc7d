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
from people.views.importing import (
    import_failed,
    import_preview,
    import_progress,
    import_result,
    import_start,
    import_upload,
)
from people.views.leaves import CorrectLeave, EndLeave, RecordLeave
from people.views.reading import me, people_list, person_page

__all__ = [
    "AddDepartment",
    "AddPerson",
    "AddRole",
    "CorrectLeave",
    "CorrectRole",
    "EndLeave",
    "EndRole",
    "GrantRole",
    "Groups",
    "Move",
    "RecordLeave",
    "Withdraw",
    "account",
    "import_failed",
    "import_preview",
    "import_progress",
    "import_result",
    "import_start",
    "import_upload",
    "me",
    "people_list",
    "person_page",
]
