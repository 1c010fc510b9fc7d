from evidence.kinds import Kind, register

register(Kind("people.person_added", words="{subject} was added to the people of the house"))
register(Kind("people.person_withdrawn", words="{subject} left; their last day was {last_day}"))
register(Kind("people.department_added", words="The department {department} was added"))
register(Kind("people.department_joined", words="{subject} joined the department {department} on {since}"))
register(Kind("people.manager_named", words="{subject} reports to {manager} from {since}"))
register(Kind("people.role_added", words="The role {role} was added"))
register(Kind("people.role_granted", words="{subject} was given the role {role} from {since}"))
register(Kind("people.role_ended", words="The role {role} of {subject} was ended; its last day is {until}"))
register(Kind("people.role_corrected", words="What was written about the role {role} of {subject} was corrected"))
register(Kind("people.group_joined", words="{subject} joined the group {group}"))
register(Kind("people.group_left", words="{subject} left the group {group}"))
register(Kind("people.administrator_appointed", words="{subject} was appointed administrator"))
