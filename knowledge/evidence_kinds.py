from evidence.kinds import Kind, register, to_each

TO_EDITION = to_each("knowledge:edition", "edition_id", words="Edition {edition} of “{title}”")

EDITION_PUBLISHED = register(
    Kind(
        "knowledge.edition_published",
        title="Knowledge: an edition was published",
        words="Edition {edition} of {page}, “{title}”, was published",
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
        words="{duty} of {page}, “{title}”: from {giver} to {taker}",
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
