"""The formula model: a small convolutional network that says for every cell of a picture which sign stands there and where.

Cells are CELL_WIDTH x CELL_HEIGHT pixels. Of each: logits of signs.SIGNS, the sign's box, baseline and size relative to the
cell (PLACE numbers), and one logit for italics. What a sign is and where decides all that follows: structure is read off the
places (decode.py, and structure/formulas in the engine), so that the model can neither write a digit that no ink stands for
nor complete a formula that it knows.
"""
import torch
from torch import nn

import signs as S
from convolutions import cell_features

CELL_HEIGHT, CELL_WIDTH = 8, 4
PLACE = 6      # left, top, right, bottom, baseline from the middle of the cell, and size; all in PLACE_UNIT pixels
PLACE_UNIT = 16.0
CHANNELS = (16, 40, 80, 128)


class FormulaModel(nn.Module):
    """Picture [B, 1, 120, W], W a multiple of 4 (ink 1, paper 0) -> [B, len(SIGNS) + PLACE + 1, 15, W / 4]."""

    def __init__(self):
        super().__init__()
        self.body = cell_features(CHANNELS)
        self.head = nn.Conv2d(CHANNELS[-1], len(S.SIGNS) + PLACE + 1, 1)

    def forward(self, picture):
        return self.head(self.body(picture))


class Exported(nn.Module):
    """With probabilities in place of logits, cells last: [15, W / 4, len(SIGNS) + PLACE + 1] of one picture."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, picture):
        cells = self.model(picture)[0].permute(1, 2, 0)
        count = len(S.SIGNS)
        return torch.cat([cells[..., :count].softmax(2), cells[..., count:count + PLACE] * PLACE_UNIT, cells[..., count + PLACE:].sigmoid()], 2)
