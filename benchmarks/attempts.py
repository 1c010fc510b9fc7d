"""Whole attempts at a quiz of ten questions under the real server: start, the sheet, ten answers, submit, the result.

python -m benchmarks.attempts [attempts] [workers]     (of each 8 and 64 people at once; 200 and 1 if none are named)

Each person sends what the page would send, from a thread of this process, on a connection of their own. Afterwards
every answer and every result that the house has kept is compared with what was sent; a difference ends it with 1.
DATABASE_URL chooses the database: one with "bench" in its name, for it is emptied. "processor" is what counts where
others share the machine: of the server, and of PostgreSQL's own processes beside it. The empty page goes through
everything but a view, session and person included: a request's cost is told as so many of those.
"""

import json
import os
import random
import re
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

from benchmarks.server import TICKS, Visitor, cpu_seconds, megabytes, serving

AT_ONCE = (8, 64)
WARM_UP = 8
EMPTY_PAGES = 400
STEPS = ("start", "sheet", "save", "submit", "result")
TOKEN = "t" * 32
PREPARE = "import json; from benchmarks.quiz_house import furnish; print(json.dumps(furnish({people})))"
COMPARE = """
import json, sys
from benchmarks.quiz_house import differences
print(json.dumps(differences(json.load(sys.stdin))))
"""


def main(attempts: int = 200, workers: int = 1) -> int:
    people = WARM_UP + attempts * len(AT_ONCE)
    with serving(PREPARE.format(people=people), workers) as house:
        told = json.loads(house.said)
        crowd = iter([Visitor(house.port, {"sessionid": key, "csrftoken": TOKEN}) for key in told["sessions"]])
        sitting = Sitting(told["course"], told["quiz"])
        sitting.many([next(crowd) for _ in range(WARM_UP)], WARM_UP)
        load, cores, memory = os.getloadavg()[0], os.cpu_count(), megabytes(house.pid)
        print(f"load {load:.1f} on {cores} cores, {workers} worker(s), {memory:.0f} MB at the start", flush=True)
        for at_once in AT_ONCE:
            some = [next(crowd) for _ in range(attempts)]
            empty = _empty_page(house.pid, some[:at_once])
            _measured(house.pid, sitting, some, at_once, empty)
        print(f"{megabytes(house.pid):.0f} MB at the end")
        found = json.loads(house.run(COMPARE, json.dumps(sitting.sent)))
    print(
        "\n".join(found[:10]) if found else f"{len(sitting.sent)} attempts: every answer and result is as it was sent."
    )
    return 1 if found else 0


class Sitting:
    """What people do with the quiz, how long each step took, and what they sent."""

    def __init__(self, course: int, quiz):
        self.course, self.quiz = course, quiz
        self.sent: list[dict] = []
        self.taken: dict[str, list[float]] = defaultdict(list)

    def many(self, people, at_once: int) -> None:
        with ThreadPoolExecutor(at_once) as pool:
            self.sent += pool.map(self.one, people, range(len(people)))

    def one(self, person: Visitor, seed: int) -> dict:
        chance = random.Random(seed)  # noqa: S311 the same answers each time
        address = self._post(person, "start", f"/learning/courses/{self.course}/start/", {})
        sheet = self._step(person, "sheet", 200, "GET", address)[1]
        answers, form, right = {}, {}, 0
        for block, choices in zip(sheet.split("<fieldset")[1:], self.quiz, strict=True):
            is_right = chance.random() < 0.85
            right += is_right
            pk, answer = re.findall(r'hx-post="/learning/answers/(\d+)/"', block)[0], choices[0 if is_right else 1]
            fields = _fields(block, pk, answer)
            self._save(person, pk, fields)
            answers[pk] = answer
            form |= {**fields, f"seen-{pk}": "1"}
        result = self._post(person, "submit", f"{address}submit/", form)
        page = self._step(person, "result", 200, "GET", result)[1]
        if f"{right} of {len(self.quiz)} points" not in page:
            raise ValueError(f"{result} does not say that {right} answers were right.")
        person.connection.close()
        return {"attempt": int(address.split("/")[-2]), "answers": answers, "right": right}

    def _save(self, person, pk, fields):
        headers = {"HX-Request": "true", "X-CSRFToken": TOKEN}
        said = self._step(
            person, "save", 200, "POST", f"/learning/answers/{pk}/", {**fields, f"seen-{pk}": "0"}, headers
        )[1]
        if "Saved at" not in said:
            raise ValueError(f"Of question {pk} was said: {said}")

    def _post(self, person, step, path, form) -> str:
        return self._step(person, step, 302, "POST", path, {**form, "csrfmiddlewaretoken": TOKEN})[2]

    def _step(self, person, step, wanted, *what):
        before = time.perf_counter()
        answer = person.ask(*what)
        self.taken[step].append((time.perf_counter() - before) * 1000)
        if answer[0] != wanted:
            raise ValueError(f"{what[1]} answered {answer[0]}: {answer[1][:500]}")
        return answer


def _fields(block: str, pk: str, answer) -> dict:
    """What the page posts when someone gives this answer there, who reads the page's words."""
    name = f"question-{pk}"
    if isinstance(answer, dict):
        return dict(_chosen(block, name, prompt, text) for prompt, text in answer.items())
    if 'type="text"' in block:
        return {name: answer}
    values = {unescape(text): value for value, text in re.findall(r'value="(\d+)"[^>]*>\s*<span>([^<]*)</span>', block)}
    return {name: [values[text] for text in answer]}


def _chosen(block: str, name: str, prompt: str, text: str) -> tuple[str, str]:
    label = re.escape(prompt)
    field = next(
        filter(None, re.findall(rf'for="({name}-\d+)">{label}<|name="({name}-\d+)" aria-label="{label}"', block)[0])
    )
    select = re.findall(rf'<select[^>]* name="{field}".*?</select>', block, re.DOTALL)[0]
    options = {unescape(shown): value for value, shown in re.findall(r'<option value="(\d+)"[^>]*>([^<]*)<', select)}
    return field, options[text]


def _empty_page(pid: int, people) -> float:
    """Milliseconds of processor time a request, as many at once as the attempts after it."""
    rounds = range(EMPTY_PAGES // len(people))
    before = cpu_seconds(pid)
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(lambda person: [person.get("/empty-page/") for _ in rounds], people))
    return (cpu_seconds(pid) - before) / (len(rounds) * len(people)) * 1000


def _measured(pid: int, sitting: Sitting, people, at_once: int, empty: float) -> None:
    sitting.taken.clear()
    clocks = (time.perf_counter, lambda: cpu_seconds(pid), _database_seconds, time.process_time)
    before = [clock() for clock in clocks]
    sitting.many(people, at_once)
    seconds, server, database, client = (clock() - then for clock, then in zip(clocks, before, strict=True))
    an_attempt = 1000 / len(people)
    a_request = server * 1000 / sum(map(len, sitting.taken.values()))
    print(f"\n{at_once} at once: {len(people) / seconds:.1f} attempts a second; processor an attempt, ms: ", end="")
    print(f"server {server * an_attempt:.0f}, PostgreSQL {database * an_attempt:.0f}, client {client * an_attempt:.0f}")
    print(f"a request {a_request:.2f} ms of processor, {a_request / empty:.1f} empty pages of {empty:.2f} ms")
    print(f"{'ms':<10}{'p50':>8}{'p95':>8}")
    for step in STEPS:
        _line(step, sitting.taken[step])
    _line("any", [one for taken in sitting.taken.values() for one in taken])


def _line(step: str, taken: list[float]) -> None:
    taken = sorted(taken)
    print(f"{step:<10}{taken[len(taken) // 2]:>8.1f}{taken[int(len(taken) * 0.95)]:>8.1f}", flush=True)


def _database_seconds() -> float:
    """Of PostgreSQL's processes that serve this database; none, where it is SQLite or elsewhere."""
    name = os.environ.get("DATABASE_URL", "").rpartition("/")[2]
    return sum(_seconds_for(name, process) for process in Path("/proc").glob("[0-9]*")) if name else 0.0


def _seconds_for(name: str, process: Path) -> float:
    try:
        if not re.match(rf"postgres: .* {re.escape(name)} ", process.joinpath("cmdline").read_text()):
            return 0.0
        fields = process.joinpath("stat").read_text().rsplit(")", 1)[1].split()
    except OSError:  # it has ended meanwhile
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:3])))
