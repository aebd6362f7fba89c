"""A log of every extracted value with its confidence, for calibration and for the worst outcome: wrong and silent."""
from dataclasses import dataclass, field


@dataclass
class ValueLog:
    """entries: (confidence, right, needs_review)."""
    entries: list = field(default_factory=list)

    def add(self, evidence, right, review=False):
        """`evidence` is the value's entry of clinical.evidence, or None."""
        evidence = evidence or {}
        self.entries.append((float(evidence.get("confidence", 0.0)), bool(right), bool(review or evidence.get("needs_review"))))

    @property
    def total(self):
        return len(self.entries)

    @property
    def silent(self):
        return sum(not right and not review for _, right, review in self.entries)
