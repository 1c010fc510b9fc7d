from people.permissions import May


def may(request):
    return {"may": May(request.user)}
