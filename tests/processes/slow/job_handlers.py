import time
from pathlib import Path

from jobs.kinds import handles


@handles("slow.sleep")
def sleep(payload, progress):
    Path(payload["says"]).write_text("running")
    time.sleep(600)


@handles("slow.write")
def write(payload, progress):
    Path(payload["says"]).write_text("done")
