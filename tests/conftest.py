import os
import tempfile

# Before settings are read: no test touches the var/ of a running house.
os.environ.setdefault("CAIRN_VAR", tempfile.mkdtemp(prefix="cairn-test-"))
os.environ.setdefault("CAIRN_DEBUG", "0")
