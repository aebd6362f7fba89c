"""What documents, network and targets agree on."""
DOTS_PER_INCH = 108  # of the pictures that documents.py makes
STEP = 2             # pixels a cell of the separators
MAP_STEP = 4         # pixels a cell of the map of spans
STRIP = 8            # pixels across that the branches see as one
MULTIPLE = 16        # of both sides of the network's input
