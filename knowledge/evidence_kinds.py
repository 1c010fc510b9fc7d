from evidence.kinds import Kind, register

EDITION_PUBLISHED = register(
    Kind(
        "knowledge.edition_published",
        title="Knowledge: an edition was published",
        words="Edition {edition} of {page}, “{title}”, was published",
        facets=("page", "process"),
    )
)
EDITION_ENDED = register(
    Kind(
        "knowledge.edition_ended",
        title="Knowledge: a page was withdrawn",
        words="Edition {edition} of {page}, “{title}”, was ended and nothing took its place",
        personal=("because",),
        facets=("page", "process"),
    )
)
EDITION_OPENED = register(
    Kind(
        "knowledge.edition_opened",
        title="Knowledge: an edition was opened",
        words="{subject} opened edition {edition} of {page}, “{title}”",
        facets=("page", "process"),
    )
)
EDITION_ACKNOWLEDGED = register(
    Kind(
        "knowledge.edition_acknowledged",
        title="Knowledge: an edition was acknowledged",
        words="{subject} said that they have read and understood edition {edition} of {page}, “{title}”",
        facets=("page", "process"),
    )
)
