"""All layouts of the corpus, by report type. A layout is a function(random) -> Report."""
from layouts import checkup, english, findings, laboratory, mixed, narrative, nursing, other, prescription, unseen

_ROOMS = (narrative, laboratory, findings, checkup, prescription, nursing, other, english, mixed)
LAYOUTS = [entry for room in _ROOMS for entry in room.LAYOUTS]
UNSEEN = unseen.LAYOUTS  # never part of LAYOUTS: see there
