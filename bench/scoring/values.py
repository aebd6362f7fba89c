"""A log of every extracted value with its confidence, for calibration and for the worst outcome: wrong and silent."""
from dataclasses import dataclass, field
from typing import NamedTuple


class Value(NamedTuple):
    """One extracted value; `field` is its kind ("patient.name", "lab_results.value")."""
    confidence: float
    right: bool
    review: bool
    field: str
    wanted: str
    found: str


@dataclass
class ValueLog:
    entries: list = field(default_factory=list)

    def add(self, evidence, right, review=False, *, name="", wanted="", found=""):
        """`evidence` is the value's entry of clinical.evidence, or None."""
        evidence = evidence or {}
        self.entries.append(Value(float(evidence.get("confidence", 0.0)), bool(right), bool(review or evidence.get("needs_review")),
                                  name, wanted, found))

    @property
    def total(self):
        return len(self.entries)

    @property
    def silent(self):
        return sum(not value.right and not value.review for value in self.entries)
