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
