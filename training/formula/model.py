"""The formula model: a small convolutional network that says for every cell of a picture which sign stands there and where.

Cells are CELL_WIDTH x CELL_HEIGHT pixels. Of each: logits of signs.SIGNS, the sign's box, baseline and size relative to the
cell (PLACE numbers), and one logit for italics. What a sign is and where decides all that follows: structure is read off the
places (decode.py, and structure/formulas in the engine), so that the model can neither write a digit that no ink stands for
nor complete a formula that it knows.
"""
import torch
from torch import nn
from torch.nn import functional as F

import signs as S

CELL_HEIGHT, CELL_WIDTH = 8, 4
PLACE = 6      # left, top, right, bottom, baseline from the middle of the cell, and size; all in PLACE_UNIT pixels
PLACE_UNIT = 16.0
CHANNELS = (16, 32, 64, 96)


def _convolution(before, after, stride=1, width=3):
    return nn.Sequential(nn.Conv2d(before, after, width, stride=stride, padding=width // 2, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class FormulaModel(nn.Module):
    """Picture [B, 1, 96, W], W a multiple of 4 (ink 1, paper 0) -> [B, len(SIGNS) + PLACE + 1, 12, W / 4]."""

    def __init__(self):
        super().__init__()
        a, b, c, d = CHANNELS
        self.body = nn.Sequential(_convolution(1, a, 2), _convolution(a, b, 2), _Residual(b), _convolution(b, c, (2, 1)), _Residual(c),
                                  _Residual(c), _convolution(c, d, width=1))
        self.head = nn.Conv2d(d, len(S.SIGNS) + PLACE + 1, 1)

    def forward(self, picture):
        return self.head(self.body(picture))


class Exported(nn.Module):
    """With probabilities in place of logits, cells last: [12, W / 4, len(SIGNS) + PLACE + 1] of one picture."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, picture):
        cells = self.model(picture)[0].permute(1, 2, 0)
        count = len(S.SIGNS)
        return torch.cat([cells[..., :count].softmax(2), cells[..., count:count + PLACE] * PLACE_UNIT, cells[..., count + PLACE:].sigmoid()], 2)
