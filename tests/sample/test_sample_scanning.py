"""A certificate on paper."""

import re

from competence.certificates import BEGINNINGS, type_of
from sample.scanning import scan


def test_it_is_what_its_ending_says():
    assert scan(["A"]).startswith(BEGINNINGS["pdf"])
    assert type_of("a.pdf") == "application/pdf"


def test_each_part_is_where_its_table_says():
    paper = scan(["Harbour (School)", "Thị Mai"])
    table = int(re.search(rb"startxref\n(\d+)", paper)[1])
    assert paper[table:].startswith(b"xref")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", paper)]
    assert [paper[place:].split(b" ", 1)[0] for place in places] == [b"%d" % number for number in range(1, 6)]
    stream = re.search(rb"/Length (\d+) >>\nstream\n(.*)\nendstream", paper)
    assert len(stream[2]) == int(stream[1])


def test_what_has_a_meaning_in_it_is_only_text():
    assert rb"(Harbour \(School\) \\) Tj" in scan(["Harbour (School) \\"])
