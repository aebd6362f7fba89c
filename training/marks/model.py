"""The marks network: a small convolutional network that says for every cell of a strip which sign stands there.

It sees one line at the height at which the program reads it (48 pixels), so that raised and lowered print still differs from the line's. It
knows no language and no order of signs: what it names, ink must look like.
"""
from torch import nn

import signs as S
from convolutions import cell_features

CHANNELS = (24, 48, 96, 160)


class MarksModel(nn.Module):
    """Strips [B, 1, 48, W], W a multiple of 4 (ink 1, paper 0) -> logits [B, len(SIGNS), 6, W / 4]."""

    def __init__(self):
        super().__init__()
        self.body = cell_features(CHANNELS)
        self.head = nn.Conv2d(CHANNELS[-1], len(S.SIGNS), 1)

    def forward(self, strips):
        return self.head(self.body(strips))


class Exported(nn.Module):
    """With probabilities in place of logits, classes last: [B, 6, W / 4, len(SIGNS)]."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, strips):
        return self.model(strips).permute(0, 2, 3, 1).softmax(3)
