"""Someone at a browser without JavaScript: opens addresses, follows links, fills in forms and presses buttons."""

from bs4 import BeautifulSoup
from django.test import Client


class Reader:
    def __init__(self, username: str, password: str):
        self.client = Client(enforce_csrf_checks=True)
        self.open("/").press("Sign in", username=username, password=password)
        assert self.status == 200, self.text

    def open(self, address: str) -> "Reader":
        return self._read(self.client.get(address, follow=True))

    def follow(self, words: str) -> "Reader":
        links = [link for link in self.page.find_all("a", href=True) if words in _words(link)]
        assert links, f"no link “{words}” on {self.address}:\n{self.text}"
        return self.open(links[0]["href"])

    def press(self, words: str, added=None, **fields) -> "Reader":
        """Press the button, with its form filled in as the page has it but for `fields`; `added` is what a script of
        the page would have put there."""
        buttons = [button for button in self.page.find_all("button") if words in _words(button)]
        assert buttons, f"no button “{words}” on {self.address}:\n{self.text}"
        form = buttons[0].find_parent("form")
        filled = _filled_in(form)
        if name := buttons[0].get("name"):
            filled[name] = buttons[0].get("value", "")
        unknown = fields.keys() - _names(form)
        assert not unknown, f"the form has no {unknown}, only {_names(form)}"
        filled.update(fields | (added or {}))
        action = form.get("action") or self.address
        method = self.client.post if form.get("method", "get").lower() == "post" else self.client.get
        return self._read(method(action, filled, follow=True))

    def submit(self, address: str, **fields) -> "Reader":
        """What a script of the admin posts for a reader who has one."""
        token = self.client.cookies["csrftoken"].value
        return self._read(self.client.post(address, fields | {"csrfmiddlewaretoken": token}, follow=True))

    def choose(self, *words: str) -> dict[str, list[str]]:
        """The fields and values of the radio buttons or check boxes that are labelled so."""
        chosen: dict[str, list[str]] = {}
        for word in words:
            labels = [label for label in self.page.find_all("label") if word in _words(label)]
            assert labels, f"no choice “{word}” on {self.address}:\n{self.text}"
            box = labels[0].find("input") or self.page.find(id=labels[0]["for"])
            chosen.setdefault(box["name"], []).append(box["value"])
        return chosen

    def sees(self, *words: str) -> "Reader":
        for each in words:
            assert each in self.text, f"“{each}” is not on {self.address}:\n{self.text}"
        return self

    def sees_no(self, *words: str) -> "Reader":
        for each in words:
            assert each not in self.text, f"“{each}” is on {self.address}"
        return self

    def _read(self, response) -> "Reader":
        self.status = response.status_code
        asked = response.request
        self.address = f"{asked['PATH_INFO']}?{asked['QUERY_STRING']}" if asked["QUERY_STRING"] else asked["PATH_INFO"]
        self.page = BeautifulSoup(response.content.decode(), "html.parser")
        self.text = _words(self.page.find("main") or self.page)
        return self


def _words(element) -> str:
    return " ".join(element.get_text(" ").split())


def _names(form) -> set[str]:
    return {field["name"] for field in form.find_all(["input", "select", "textarea", "button"], attrs={"name": True})}


def _filled_in(form) -> dict[str, list[str] | str]:
    filled: dict = {}
    for field in form.find_all(["input", "select", "textarea"], attrs={"name": True}):
        kind = field.get("type", "")
        if field.name == "select":
            filled[field["name"]] = [option.get("value", "") for option in field.find_all("option", selected=True)]
        elif field.name == "textarea":
            filled[field["name"]] = field.get_text().removeprefix("\n")
        elif kind not in ("checkbox", "radio", "submit", "file") or field.has_attr("checked"):
            filled.setdefault(field["name"], []).append(field.get("value", "on" if kind == "checkbox" else ""))
    return filled
