"""The page detector's network: a picture of a page to boxes and class scores, one row per cell of three grids.

Single-stage and without anchors: every cell of the grids at strides 8, 16 and 32 says for each class how sure it is and how far
the region's four sides lie from its centre. About 0.45 G multiply-adds for a page of 640 by 448 pixels.
"""
import torch
from torch import nn

from regions import CLASSES

STRIDES = (8, 16, 32)
LONG_SIDE, SHORT_SIDE = 640, 448  # of the input, pixels; multiples of the largest stride
MOST_STRIDES = 80.0               # a side lies at most so many strides from its cell


def _convolution(inputs, outputs, kernel=3, stride=1, groups=1):
    return [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]


class _Block(nn.Module):
    """A depthwise filter, then a mixing of channels, added to what came in. Filters of 3 by 3 only: PyTorch 1.13 trains those
    of 5 by 5 ten times as slowly."""

    def __init__(self, channels, expansion=1):
        super().__init__()
        self.inside = nn.Sequential(
            *_convolution(channels, channels, 3, groups=channels),
            *_convolution(channels, channels * expansion, 1), nn.ReLU(),
            *_convolution(channels * expansion, channels, 1))

    def forward(self, x):
        return torch.relu(x + self.inside(x))


class _Smooth(nn.Sequential):
    def __init__(self, channels):
        super().__init__(*_convolution(channels, channels, 3, groups=channels), *_convolution(channels, channels, 1), nn.ReLU())


class PageDetector(nn.Module):
    def __init__(self, widths=(16, 32, 48, 96, 160), neck=64):
        super().__init__()
        a, b, c, d, e = widths
        self.to8 = nn.Sequential(*_convolution(3, a, 3, 2), nn.ReLU(), *_convolution(a, b, 3, 2), nn.ReLU(),
                                 *_convolution(b, c, 3, 2), nn.ReLU(), _Block(c), _Block(c))
        self.to16 = nn.Sequential(*_convolution(c, d, 3, 2), nn.ReLU(), _Block(d), _Block(d), _Block(d))
        self.to32 = nn.Sequential(*_convolution(d, e, 3, 2), nn.ReLU(), _Block(e), _Block(e), _Block(e), _Block(e))
        self.to64 = nn.Sequential(nn.AvgPool2d(2), *(_Block(e) for _ in range(5)))  # sees the whole page
        self.side8, self.side16, self.side32 = (nn.Sequential(*_convolution(n, neck, 1)) for n in (c, d, e))
        self.side64 = nn.Sequential(*_convolution(e, neck, 1))
        self.smooth8, self.smooth16, self.smooth32 = _Smooth(neck), _Smooth(neck), _Smooth(neck)
        self.head = nn.ModuleList(nn.Sequential(_Smooth(neck), _Smooth(neck)) for _ in STRIDES)
        self.answer = nn.ModuleList(nn.Conv2d(neck, len(CLASSES) + 4, 1) for _ in STRIDES)
        for layer in self.answer:
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.constant_(layer.bias[:len(CLASSES)], -4.6)  # one cell in a hundred says yes at first
            nn.init.constant_(layer.bias[len(CLASSES):], 1.0)

    def forward(self, image):
        """[pages, 3, height, width] in 0..1 -> per level [pages, classes + 4, rows, columns]: logits, and the logarithm of
        the distances left, top, right, bottom in strides."""
        c = self.to8(image)
        d = self.to16(c)
        e = self.to32(d)
        up = lambda x, like: nn.functional.interpolate(x, size=like.shape[-2:], mode="nearest")  # noqa: E731
        p32 = self.side32(e) + up(self.side64(self.to64(e)), e)
        p32 = self.smooth32(torch.relu(p32))
        p16 = self.smooth16(torch.relu(self.side16(d) + up(p32, d)))
        p8 = self.smooth8(torch.relu(self.side8(c) + up(p16, c)))
        return [answer(head(x)) for head, answer, x in zip(self.head, self.answer, (p8, p16, p32))]


class Decoded(nn.Module):
    """What is exported: [1, cells, 4 + classes] with boxes in input pixels and probabilities."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        rows = []
        for stride, level in zip(STRIDES, self.network(image)):
            distances = torch.exp(torch.clamp(level[:, len(CLASSES):], max=4.4)) * stride
            scores = torch.sigmoid(level[:, :len(CLASSES)])
            rows.append(torch.cat([distances, scores], 1).flatten(2))
        return torch.cat(rows, 2).transpose(1, 2)
