"""All layouts of the corpus, by report type. A layout is a function(random) -> Report."""
from layouts import checkup, english, findings, laboratory, mixed, narrative, nursing, other, prescription, unseen, unseen_records, unseen_sheets

_ROOMS = (narrative, laboratory, findings, checkup, prescription, nursing, other, english, mixed)
LAYOUTS = [entry for room in _ROOMS for entry in room.LAYOUTS]
# Never part of LAYOUTS: see unseen.py.
UNSEEN = [entry for room in (unseen, unseen_records, unseen_sheets) for entry in room.LAYOUTS]
