from evidence.kinds import Kind, register, to, to_each

TO_EDITION = to_each("knowledge:edition", "edition_id", words="Edition {edition} of “{title}”")

EDITION_PUBLISHED = register(
    Kind(
        "knowledge.edition_published",
        title="Knowledge: an edition was published",
        words="Edition {edition} of {page}, “{title}”, was published (training impact: {training_impact})",
        personal=("impact_reason",),
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
EDITION_ENDED = register(
    Kind(
        "knowledge.edition_ended",
        title="Knowledge: a page was withdrawn",
        words="Edition {edition} of {page}, “{title}”, was ended and nothing took its place",
        personal=("because",),
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
DECISION_SUPERSEDED = register(
    Kind(
        "knowledge.decision_superseded",
        title="Knowledge: a decision took the place of another",
        words="“{title}” took the place of {superseded}, “{superseded_title}”",
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
SUPERSESSION_ENDED = register(
    Kind(
        "knowledge.supersession_ended",
        title="Knowledge: a decision no longer takes the place of another",
        words="“{title}” no longer takes the place of {superseded}, “{superseded_title}”",
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
EDITION_OPENED = register(
    Kind(
        "knowledge.edition_opened",
        title="Knowledge: an edition was opened",
        words="{subject} opened edition {edition} of {page}, “{title}”",
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
EDITION_ACKNOWLEDGED = register(
    Kind(
        "knowledge.edition_acknowledged",
        title="Knowledge: an edition was acknowledged",
        words="{subject} said that they have read and understood edition {edition} of {page}, “{title}”",
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
register(
    Kind(
        "knowledge.page_verified",
        title="Knowledge: a page was found still true",
        words="Edition {edition} of {page}, “{title}”, was found still true",
        personal=("note",),
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
register(
    Kind(
        "knowledge.handed_over",
        title="Knowledge: a duty was handed over",
        words="{page}, “{title}”, was handed over from {giver} to {taker} ({duty})",
        personal=("giver", "taker", "because"),
        facets=("page", "process"),
    )
)
register(
    Kind(
        "knowledge.change_suggested",
        title="Knowledge: a reader proposed a change",
        words="{subject} proposed a change to {page}, “{title}”",
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
register(
    Kind(
        "knowledge.page_asked_for",
        title="Knowledge: a reader asked for a page",
        words="{subject} asked for a page that is missing: {title}",
        personal=("title",),
        facets=("process",),
    )
)
register(
    Kind(
        "knowledge.suggestion_answered",
        title="Knowledge: a suggestion was answered",
        words="A suggestion of {subject} was answered: {outcome}",
        personal=("words",),
        facets=("page",),
    )
)
TO_CHANGE = to_each("knowledge:edition", "edition_id", of="changes", words="Edition {edition} of “{title}”")
LESSON_VALIDATED = register(
    Kind(
        "knowledge.lesson_validated",
        title="Knowledge: a lesson was validated",
        words="{page}, “{title}”, was validated",
        personal=("note",),
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
LESSON_ACTIONED = register(
    Kind(
        "knowledge.lesson_actioned",
        title="Knowledge: a lesson was closed through a change",
        words="{page}, “{title}”, was closed through {change}",
        personal=("note",),
        facets=("page", "process"),
        links=(TO_EDITION, TO_CHANGE),
    )
)
LESSON_VERIFIED = register(
    Kind(
        "knowledge.lesson_verified",
        title="Knowledge: the change for a lesson was verified",
        words="{page}, “{title}”, was verified: what was changed works",
        personal=("note",),
        facets=("page", "process"),
        links=(TO_EDITION,),
    )
)
LESSON_REOPENED = register(
    Kind(
        "knowledge.lesson_reopened",
        title="Knowledge: a lesson was reopened",
        words="{page}, “{title}”, was reopened",
        personal=("note",),
        facets=("page", "process"),
        links=(TO_EDITION, TO_CHANGE),
    )
)
register(
    Kind(
        "knowledge.risks_assessed",
        title="Knowledge: what is at risk was assessed",
        words="Of “{title}”, {at_risk} of {pages} pages were at risk",
        facets=("process",),
        link=to("knowledge:risks-of", "process_id"),
    )
)
