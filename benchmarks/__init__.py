"""The measurement behind every speed that Cairn states. Each prints ratios within one run, beside a reference."""
