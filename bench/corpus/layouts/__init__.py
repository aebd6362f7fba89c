"""All layouts of the corpus, by report type. A layout is a function(random) -> Report."""
from layouts import checkup, findings, laboratory, narrative, nursing, other, prescription

LAYOUTS = [entry for room in (narrative, laboratory, findings, checkup, prescription, nursing, other)
           for entry in room.LAYOUTS]
