from evidence.kinds import Kind, register, to, to_each

register(
    Kind(
        "competence.competence_defined",
        title="Competence: a competence defined",
        words="The competence {competence} was defined",
        facets=("competence",),
        link=to("competence:competence", "competence_id"),
    )
)
register(
    Kind(
        "competence.required",
        title="Competence: a requirement set",
        words="The role {role} asks for {competence} from {since}, within {due_days} days",
        facets=("competence", "role"),
    )
)
register(
    Kind(
        "competence.requirement_ended",
        title="Competence: a requirement ended",
        words="The role {role} asks for {competence} until {until}: {reason}",
        personal=("reason",),
        facets=("competence", "role"),
    )
)
register(
    Kind(
        "competence.proof_recorded",
        title="Competence: shown",
        words="{subject} showed {competence} on {since} ({reference})",
        personal=("reference",),
        facets=("competence", "department", "role"),
        link=to("people:person", "person"),
        links=(to_each("knowledge:edition", "edition_id", of="editions", words="Edition {edition} of “{title}”"),),
    )
)
