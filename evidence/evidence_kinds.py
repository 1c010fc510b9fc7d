from evidence.kinds import SUBJECT_NAME, Kind, register, to

PSEUDONYM_GIVEN = register(
    Kind(
        "evidence.pseudonym_given",
        title="Evidence: a person enters the log",
        words="{subject} was entered in the log",
        personal=(SUBJECT_NAME,),
        link=to("people:person", "person"),
    )
)
ERASED = register(
    Kind("evidence.erased", title="Evidence: personal data erased", words="{by} erased personal data: {ground}")
)
SAMPLE_DRAWN = register(
    Kind(
        "evidence.sample_drawn",
        title="Evidence: a sample drawn",
        words="{by} drew a sample of {size} from {population_size}: {purpose}",
        personal=("purpose",),
        link=to("evidence:sample", "number"),
    )
)
