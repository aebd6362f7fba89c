"""The small recogniser: a convolutional network that says for every four columns of a strip which character stands there.

The rows are folded away early; then it looks along the line, 16 columns to either side a block, so that it can tell the l of mmol from a 1.
"""
from torch import nn
from torch.nn import functional as F

import alphabet as A

CHANNELS = (16, 32, 48, 64)
WIDTH, BLOCKS, REACH = 128, 4, 5  # channels, blocks and cells of a block along the line


def _convolution(before, after, stride=1, size=(3, 3)):
    return nn.Sequential(nn.Conv2d(before, after, size, stride=stride, padding=(size[0] // 2, size[1] // 2), bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    def __init__(self, channels, size=(3, 3)):
        super().__init__()
        self.first = _convolution(channels, channels, size=size)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, size, padding=(size[0] // 2, size[1] // 2), bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class LineModel(nn.Module):
    """Strips [B, 1, 48, W], W a multiple of 4 (ink 1, paper 0) -> logits [B, A.COUNT, 1, W / 4]."""

    def __init__(self):
        super().__init__()
        a, b, c, d = CHANNELS
        self.body = nn.Sequential(_convolution(1, a, 2), _convolution(a, b, 2), _Residual(b), _convolution(b, c, (2, 1)), _Residual(c), _convolution(c, d, (2, 1)))
        # All three rows that are left, at once.
        self.fold = nn.Sequential(nn.Conv2d(d, WIDTH, (3, 1), bias=False), nn.BatchNorm2d(WIDTH), nn.ReLU(inplace=True))
        self.along = nn.Sequential(*[_Residual(WIDTH, (1, REACH)) for _ in range(BLOCKS // 2)])
        self.head = nn.Conv2d(WIDTH, A.COUNT, 1)

    def forward(self, strips):
        return self.head(self.along(self.fold(self.body(strips))))


class Exported(nn.Module):
    """With probabilities in place of logits, as the large recogniser answers: [B, W / 4, A.COUNT]."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, strips):
        return self.model(strips)[:, :, 0].permute(0, 2, 1).softmax(2)
