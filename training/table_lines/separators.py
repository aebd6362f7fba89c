"""The network that sees where a table's rows and columns part, and where a cell reaches over a border.

Input: a table in grey, ink 1 and paper 0, one pixel a point of the page, sides multiples of 16. Two branches look along the rows
and along the columns: each is given how much ink stands in strips across (mean, most and least of eight pixels), mixes what stands
side by side, and says for every second pixel whether rows (columns) part there and whether it lies inside the table. A
third part says for every fourth pixel whether the border to the right and below is one there. No convolution sees
single pixels: a table's form is coarse, and this costs a tenth.
"""
import torch
from torch import nn

from units import MAP_STEP, STEP, STRIP


def _convolution(inputs, outputs, kernel=3, stride=1, groups=1, dilation=1):
    kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
    pad = tuple(k // 2 * d for k, d in zip(kernel, dilation if isinstance(dilation, tuple) else (dilation, dilation)))
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, pad, dilation=dilation, groups=groups, bias=False), nn.BatchNorm2d(outputs))


def _separable(inputs, outputs, stride):
    return nn.Sequential(_convolution(inputs, inputs, 3, stride, groups=inputs), _convolution(inputs, outputs, 1), nn.ReLU())


class _Mixed(nn.Module):
    """A neighbourhood, and the mean of what stands beside (and below, where `both`)."""

    def __init__(self, channels, both=False):
        super().__init__()
        self.near = _convolution(channels, channels, 3, groups=channels)
        self.mix = _convolution(channels, channels, 1)
        self.beside = nn.Conv2d(channels, channels, 1)
        self.below = nn.Conv2d(channels, channels, 1) if both else None
        self.out = _convolution(channels, channels, 1)

    def forward(self, x):
        y = self.mix(self.near(x)) + self.beside(x.mean(3, keepdim=True))
        if self.below is not None:
            y = y + self.below(x.mean(2, keepdim=True))
        return torch.relu(x + self.out(torch.relu(y)))


class _Branch(nn.Module):
    """Along the rows of what it is given: [B, 3, L, A] -> logits [B, 2, L] (parted, inside) and features [B, F, L, 1]."""

    def __init__(self, first=16, wide=32, line=48):
        super().__init__()
        self.narrow = nn.Sequential(_convolution(3, first, 3), nn.ReLU(), _separable(first, wide, (1, 2)), _Mixed(wide), _Mixed(wide))
        self.line = nn.Sequential(_convolution(2 * wide, line, 1), nn.ReLU())
        self.along = nn.ModuleList(nn.Sequential(_convolution(line, line, (3, 1), dilation=(d, 1)), nn.ReLU(), _convolution(line, line, 1))
                                   for d in (1, 2, 4, 8, 16, 32))
        self.answer = nn.Conv2d(line, 2, 1)

    def forward(self, x):
        x = self.narrow(x)
        x = self.line(torch.cat([x.mean(3, keepdim=True), x.amax(3, keepdim=True)], 1))
        for layer in self.along:
            x = torch.relu(x + layer(x))
        return self.answer(x)[..., 0], x


def _strips(x):
    """Mean, most and least ink of pieces of STEP by STRIP pixels: [B, 1, L, A] -> [B, 3, L/2, A/8]."""
    x = nn.functional.avg_pool2d(x, (STEP, 1))
    most, least = nn.functional.max_pool2d(x, (1, STRIP)), -nn.functional.max_pool2d(-x, (1, STRIP))
    return torch.cat([nn.functional.avg_pool2d(x, (1, STRIP)), most, least], 1)


class Separators(nn.Module):
    def __init__(self, spans=12, line=48):
        super().__init__()
        self.rows, self.columns = _Branch(line=line), _Branch(line=line)
        self.smaller = nn.Sequential(_convolution(2, spans, 3), nn.ReLU())
        self.of_rows, self.of_columns = nn.Conv2d(line, spans, 1), nn.Conv2d(line, spans, 1)
        self.spans = nn.Sequential(_Mixed(spans, True), _Mixed(spans, True))
        self.borders = nn.Conv2d(spans, 2, 1)

    def forward(self, image):
        """[B, 1, H, W] -> logits of rows [B, 2, H/2], of columns [B, 2, W/2], of borders right and below [B, 2, H/4, W/4]."""
        rows, along = self.rows(_strips(image))
        columns, across = self.columns(_strips(image.transpose(2, 3)))
        halved = nn.functional.avg_pool2d
        coarse = torch.cat([halved(image, MAP_STEP), nn.functional.max_pool2d(image, MAP_STEP)], 1)
        y = self.smaller(coarse) + self.of_rows(halved(along, (2, 1))) + self.of_columns(halved(across, (2, 1))).transpose(2, 3)
        return rows, columns, self.borders(self.spans(torch.relu(y)))


class Answered(nn.Module):
    """Probabilities instead of logits, as the program reads them."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return tuple(torch.sigmoid(answer) for answer in self.network(image))
