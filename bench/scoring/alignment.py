"""The alignment of two sequences that the measure of tables rests on; needs no package."""


def aligned(a, b, size, cost):
    """Least cost to turn sequence a into b: leaving out or adding an element costs its size."""
    line = [0.0]
    for y in b:
        line.append(line[-1] + size(y))
    for x in a:
        diagonal, line[0] = line[0], line[0] + size(x)
        for j, y in enumerate(b, 1):
            best = min(line[j] + size(x), line[j - 1] + size(y), diagonal + cost(x, y))
            diagonal, line[j] = line[j], best
    return line[-1]
