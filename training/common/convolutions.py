"""What the small networks are made of that say for every cell of a line's picture what stands there."""
from torch import nn
from torch.nn import functional as F


def _convolution(before, after, stride=1, width=3):
    return nn.Sequential(nn.Conv2d(before, after, width, stride=stride, padding=width // 2, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


def cell_features(channels):
    """Pictures [B, 1, H, W], H a multiple of 8 and W of 4 -> [B, channels[3], H / 8, W / 4]: cells of 8 rows and 4 columns."""
    a, b, c, d = channels
    return nn.Sequential(_convolution(1, a, 2), _convolution(a, b, 2), _Residual(b), _convolution(b, c, (2, 1)), _Residual(c), _Residual(c),
                         _convolution(c, d, width=1))
