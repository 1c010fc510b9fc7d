"""Which column of a file is which field, whatever it is called there."""

import re
from collections.abc import Mapping

# {field: what it is called elsewhere, without case, spaces and signs}
NAMES = {
    "employee_number": "employeenumber employeeno employeeid empno empid personnelnumber personnelno staffnumber "
    "staffid number personalnummer matricule",
    "given_name": "givenname firstname forename vorname prenom",
    "family_name": "familyname lastname surname nachname nom",
    "username": "username login signin user",
    "email": "email mail emailaddress workemail",
    "department": "department dept departmentname unit orgunit abteilung service",
    "job_title": "jobtitle title role jobrole position job stelle fonction",
    "manager_number": "managernumber managerno managerid manageremployeenumber reportsto supervisor vorgesetzter",
    "started_on": "startedon startdate started hiredate hiredon joined joinedon eintritt",
    "left_on": "lefton enddate leavingdate leavedate terminationdate lastday austritt",
    "from": "from since fromdate validfrom begins von",
    "until": "until to todate validto validuntil ends bis",
}
# What each is called on a page.
TITLES = {
    "employee_number": "Employee number",
    "given_name": "Given name",
    "family_name": "Family name",
    "username": "Username",
    "email": "E-mail",
    "department": "Department",
    "job_title": "Job title",
    "manager_number": "Employee number of the manager",
    "started_on": "First day",
    "left_on": "Last day",
    "from": "From",
    "until": "Until",
}
KINDS = {"people": "People", "job_title": "A history of job titles", "department": "A history of departments"}
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names.split()}
PEOPLE = {"employee_number", "given_name", "family_name"}
HISTORIES = {
    "job_title": {"employee_number", "job_title", "from"},
    "department": {"employee_number", "department", "from"},
}


def fields_of(titles: list[str]) -> dict[str, int]:
    """{field: place of its column}; of two of one name the first. Columns that say nothing to us are left out."""
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        if field := _FIELD_OF.get(re.sub(r"[\W_]", "", title.casefold())):
            found.setdefault(field, place)
    return found


def chosen(titles: list[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """As `fields_of`, told by someone who knows better: {field: title}. Titles that the file lacks are left out."""
    return {field: titles.index(title) for field, title in mapping.items() if field in NAMES and title in titles}


def kind_of(fields: set[str]) -> str:
    """ "people", or whose history it is: "job_title", "department". Empty: neither."""
    if fields >= PEOPLE:
        return "people"
    return next((name for name, needed in HISTORIES.items() if fields >= needed), "")
