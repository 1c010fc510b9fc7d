from evidence.kinds import Kind, register, to

TO_PERSON = to("people:person", "person")
ROLE_FACETS = ("department", "role")

register(
    Kind(
        "people.person_added",
        title="People: someone added",
        words="{subject} was added to the people of the house",
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.person_withdrawn",
        title="People: someone leaves",
        words="{subject} leaves, with {last_day} as their last day: {reason}",
        personal=("reason",),
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.department_added",
        title="People: a department added",
        words="The department {department} was added",
        facets=("department",),
    )
)
register(
    Kind(
        "people.department_joined",
        title="People: a department joined",
        words="{subject} is in the department {department} from {since}",
        facets=("department",),
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.manager_named",
        title="People: a manager named",
        words="{subject} reports to {manager} from {since}",
        personal=("manager",),
        link=TO_PERSON,
    )
)
register(Kind("people.role_added", title="People: a role added", words="The role {role} was added", facets=("role",)))
register(
    Kind(
        "people.role_granted",
        title="People: a role given",
        words="{subject} was given the role {role} from {since}",
        facets=ROLE_FACETS,
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.role_ended",
        title="People: a role ended",
        words="{subject} has the role {role} until {until}: {reason}",
        personal=("reason",),
        facets=ROLE_FACETS,
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.role_corrected",
        title="People: a role corrected",
        words="What was written about the role {role} of {subject} was corrected: {reason}",
        personal=("reason",),
        facets=ROLE_FACETS,
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.group_joined",
        title="People: a group joined",
        words="{subject} joined the group {group}",
        link=TO_PERSON,
    )
)
register(
    Kind("people.group_left", title="People: a group left", words="{subject} left the group {group}", link=TO_PERSON)
)
register(
    Kind(
        "people.administrator_appointed",
        title="People: an administrator appointed",
        words="{subject} was appointed administrator",
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.leave_recorded",
        title="People: a leave recorded",
        words="{subject} is on leave from {since}",
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.leave_ended",
        title="People: a leave ended",
        words="{subject} is on leave until {until}",
        link=TO_PERSON,
    )
)
register(
    Kind(
        "people.person_changed",
        title="People: someone’s name or address changed",
        words="What is written about {subject} was changed: {fields}",
        link=TO_PERSON,
    )
)
