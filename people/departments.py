from people.models import Department, DepartmentMembership


def with_those_below(department) -> set[int]:
    """The ids of a department and of all that belong to it, at any depth. One query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Department.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found: set[int] = set()
    waiting = [department.pk]
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting.extend(children.get(pk, []))
    return found


def departments_above(people_ids, *, on) -> set[int]:
    """The departments that any of them belongs to, with all above. Two queries."""
    above = ancestors()
    members = DepartmentMembership.objects.on(on).filter(person__in=people_ids)
    return {higher for pk in set(members.values_list("department_id", flat=True)) for higher, _ in above[pk]}


def ancestors() -> dict[int, list[tuple[int, str]]]:
    """{id of a department: it and all to which it belongs, as (id, name)}. One query."""
    known = {pk: (name, parent) for pk, name, parent in Department.objects.values_list("pk", "name", "parent_id")}
    found = {}
    for pk in known:
        line: list[tuple[int, str]] = []
        at: int | None = pk
        while at is not None and at not in {place for place, _ in line}:
            name, parent = known[at]
            line.append((at, name))
            at = parent
        found[pk] = line
    return found
