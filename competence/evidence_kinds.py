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
        words="{ground} {role}{department}{process}: {competence} is asked for from {since}, within {due_days} days",
        facets=("competence", "role", "department", "process"),
    )
)
register(
    Kind(
        "competence.requirement_ended",
        title="Competence: a requirement ended",
        words="{ground} {role}{department}{process}: {competence} is asked for until {until}: {reason}",
        personal=("reason",),
        facets=("competence", "role", "department", "process"),
    )
)
register(
    Kind(
        "competence.proof_recorded",
        title="Competence: shown",
        words="{subject} showed {competence} on {since} ({reference})",
        personal=("reference", "issuer", "because"),
        facets=("competence", "department", "role"),
        link=to("people:person", "person"),
        links=(to_each("knowledge:edition", "edition_id", of="editions", words="Edition {edition} of “{title}”"),),
    )
)
register(
    Kind(
        "competence.proof_corrected",
        title="Competence: a proof corrected",
        words="What was written about {competence} of {subject} was corrected: {reason}",
        personal=("reason",),
        facets=("competence",),
        link=to("people:person", "person"),
    )
)
register(
    Kind(
        "competence.waived",
        title="Competence: waived",
        words="{competence} is not asked of {subject} from {since} to {until}: {reason}",
        personal=("reason",),
        facets=("competence",),
        link=to("people:person", "person"),
    )
)
register(
    Kind(
        "competence.counted_as",
        title="Competence: an equivalent named",
        words="{proven} counts as {competence} from {since}: {because}",
        personal=("because",),
        facets=("competence",),
    )
)
register(
    Kind(
        "competence.counted_as_ended",
        title="Competence: an equivalent ended",
        words="{proven} counts as {competence} until {until}: {reason}",
        personal=("reason",),
        facets=("competence",),
    )
)
register(
    Kind(
        "competence.took_part",
        title="Competence: a role takes part in a process",
        words="The role {role} takes part in the process {process} from {since}",
        facets=("role", "process"),
    )
)
register(
    Kind(
        "competence.took_part_until",
        title="Competence: a role takes part no longer",
        words="The role {role} takes part in the process {process} until {until}",
        facets=("role", "process"),
    )
)
register(
    Kind(
        "competence.validity_set",
        title="Competence: how long a proof holds",
        words="From {since} a proof of {competence} holds by another rule ({mode}): {because}",
        personal=("because",),
        facets=("competence",),
        link=to("competence:competence", "competence_id"),
    )
)
register(
    Kind(
        "competence.evaluation_planned",
        title="Effectiveness: an evaluation planned",
        words="{subject} is to evaluate by {due} a training in {competence} that begins on {training_from}: {measure}",
        personal=("measure", "criterion", "method"),
        facets=("competence", "process"),
        link=to("competence:evaluation", "evaluation"),
    )
)
register(
    Kind(
        "competence.evaluation_changed",
        title="Effectiveness: a plan changed",
        words="How a training in {competence} is evaluated was changed ({subject}, by {due}): {reason}",
        personal=("measure", "criterion", "method", "reason"),
        facets=("competence", "process"),
        link=to("competence:evaluation", "evaluation"),
    )
)
register(
    Kind(
        "competence.evaluation_withdrawn",
        title="Effectiveness: an evaluation withdrawn",
        words="A training in {competence} is not evaluated: {reason}",
        personal=("reason",),
        facets=("competence", "process"),
        link=to("competence:evaluation", "evaluation"),
    )
)
register(
    Kind(
        "competence.evaluated",
        title="Effectiveness: a training evaluated",
        words="{subject} evaluated a training in {competence} ({result}): {observation}",
        personal=("observation", "follows"),
        facets=("competence", "process"),
        link=to("competence:evaluation", "evaluation"),
    )
)
register(
    Kind(
        "competence.outcome_corrected",
        title="Effectiveness: an outcome corrected",
        words="{subject} corrected what was found of a training in {competence} ({result}): {reason}",
        personal=("observation", "follows", "reason"),
        facets=("competence", "process"),
        link=to("competence:evaluation", "evaluation"),
    )
)
