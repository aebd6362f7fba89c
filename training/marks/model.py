"""The marks network: a small convolutional network that says for every cell of a strip which sign stands there.

It sees one line at the height at which the program reads it (48 pixels), so that raised and lowered print still differs from the line's. It
knows no language and no order of signs: what it names, ink must look like.
"""
import torch
from torch import nn
from torch.nn import functional as F

import signs as S

CHANNELS = (16, 24, 48, 64)


def _convolution(before, after, stride=1, width=3):
    return nn.Sequential(nn.Conv2d(before, after, width, stride=stride, padding=width // 2, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class MarksModel(nn.Module):
    """Strips [B, 1, 48, W], W a multiple of 4 (ink 1, paper 0) -> logits [B, len(SIGNS), 6, W / 4]."""

    def __init__(self):
        super().__init__()
        a, b, c, d = CHANNELS
        self.body = nn.Sequential(_convolution(1, a, 2), _convolution(a, b, 2), _Residual(b), _convolution(b, c, (2, 1)), _Residual(c), _Residual(c),
                                  _convolution(c, d, width=1))
        self.head = nn.Conv2d(d, len(S.SIGNS), 1)

    def forward(self, strips):
        return self.head(self.body(strips))


class Exported(nn.Module):
    """With probabilities in place of logits, classes last: [B, 6, W / 4, len(SIGNS)]."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, strips):
        return self.model(strips).permute(0, 2, 3, 1).softmax(3)
