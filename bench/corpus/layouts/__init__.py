"""All layouts of the corpus, by report type. A layout is a function(random) -> Report."""
from layouts import by_rule, checkup, english, findings, hospital, laboratory, mixed, narrative, nursing, other, prescription, turned, unseen, unseen_records, unseen_sheets, wrapping

_ROOMS = (narrative, laboratory, findings, checkup, prescription, nursing, other, english, mixed)
LAYOUTS = [entry for room in _ROOMS for entry in room.LAYOUTS]
ADDED = hospital.LAYOUTS + wrapping.LAYOUTS + by_rule.LAYOUTS + turned.LAYOUTS  # behind the others in every plan, so that those keep their places and contents
# Never part of LAYOUTS: see unseen.py.
UNSEEN = [entry for room in (unseen, unseen_records, unseen_sheets) for entry in room.LAYOUTS]
