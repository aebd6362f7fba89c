"""Which cells answer for which region, and how wrong they are.

A region is given to the cells inside it whose own answer agrees best with it (score and overlap together: Feng et al.,
"TOOD: Task-aligned One-stage Object Detection", ICCV 2021); their score is trained towards that overlap, all other scores
towards nothing.
"""
import torch

from network import STRIDES
from regions import CLASSES

BEST_CELLS = 10        # of a region
SCORE_POWER = 0.5      # how much the score counts in the agreement, ...
OVERLAP_POWER = 4.0    # ... and the overlap
REACH = 0.6            # strides: a region thinner than its cells is still met by those beside it
BOX_WEIGHT = 2.0
SIDE_WEIGHT = 0.4
NEGATIVE_WEIGHT = 0.75


def cell_centres(levels):
    """[cells, 2] centres and [cells] strides, in input pixels."""
    points, strides = [], []
    for stride, level in zip(STRIDES, levels):
        rows, columns = level.shape[-2:]
        y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
        points.append((torch.stack([x, y], -1).reshape(-1, 2).float() + 0.5) * stride)
        strides.append(torch.full((rows * columns,), float(stride)))
    return torch.cat(points), torch.cat(strides)


def unfolded(levels):
    """Logits [pages, cells, classes] and boxes [pages, cells, 4]."""
    points, strides = cell_centres(levels)
    flat = torch.cat([level.flatten(2) for level in levels], 2).transpose(1, 2).float()
    logits, reach = flat[..., :len(CLASSES)], torch.exp(torch.clamp(flat[..., len(CLASSES):], max=4.4)) * strides[:, None]
    boxes = torch.cat([points - reach[..., :2], points + reach[..., 2:]], -1)
    return logits, boxes, points, strides


def overlaps(a, b, general=False):
    """Intersection over union of broadcast boxes [..., 4]; `general` takes away the share of the hull that neither covers."""
    least, most = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    inside = (most - least).clamp(min=0).prod(-1)
    area = lambda r: (r[..., 2:] - r[..., :2]).clamp(min=0).prod(-1)  # noqa: E731
    union = area(a) + area(b) - inside + 1e-6
    if not general:
        return inside / union
    hull = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1) + 1e-6
    return inside / union - (hull - union) / hull


@torch.no_grad()
def assigned(scores, boxes, points, strides, truth_boxes, truth_classes):
    """For one page: index of the region of each cell (-1: none) and the score it is to give."""
    cells, count = boxes.shape[0], truth_boxes.shape[0]
    if count == 0:
        return torch.full((cells,), -1), torch.zeros(cells)
    middle, half = (truth_boxes[:, :2] + truth_boxes[:, 2:]) / 2, (truth_boxes[:, 2:] - truth_boxes[:, :2]) / 2
    limit = torch.maximum(half[:, None], (REACH * strides)[None, :, None])
    inside = ((points[None] - middle[:, None]).abs() <= limit).all(-1)
    overlap = overlaps(truth_boxes[:, None], boxes[None])
    agreement = scores[:, truth_classes].T ** SCORE_POWER * overlap ** OVERLAP_POWER + 1e-9
    agreement = agreement * inside
    best = agreement.topk(min(BEST_CELLS, cells), dim=1)
    chosen = torch.zeros_like(inside).scatter_(1, best.indices, True) & inside
    rank = torch.where(chosen, overlap + 1e-4, torch.zeros(()))
    value, index = rank.max(0)
    index = torch.where(value > 0, index, torch.full_like(index, -1))
    owned = chosen & (torch.arange(count)[:, None] == index[None])
    agreement, overlap = agreement * owned, overlap * owned
    wanted = agreement / agreement.max(1, keepdim=True).values.clamp(min=1e-9) * overlap.max(1, keepdim=True).values
    return index, wanted.max(0).values


def loss_of(levels, truths):
    """Mean loss of a batch; `truths` holds (boxes [n, 4] in input pixels, class indices [n]) per page."""
    logits, boxes, points, strides = unfolded(levels)
    scores = logits.detach().sigmoid()
    targets = torch.zeros_like(logits)
    box_loss, weight_sum = logits.new_zeros(()), 0.0
    for page, (truth_boxes, truth_classes) in enumerate(truths):
        index, wanted = assigned(scores[page], boxes[page].detach(), points, strides, truth_boxes, truth_classes)
        positive = (index >= 0).nonzero()[:, 0]
        if len(positive) == 0:
            continue
        owner, weight = index[positive], wanted[positive].clamp(min=0.05)
        targets[page, positive, truth_classes[owner]] = wanted[positive]
        right = truth_boxes[owner]
        sides = (right[:, 2:] - right[:, :2]).clamp(min=1).repeat(1, 2)
        off = ((boxes[page, positive] - right).abs() / sides).clamp(max=2).sum(1)
        shape = 1 - overlaps(boxes[page, positive], right, general=True)
        box_loss = box_loss + (weight * (BOX_WEIGHT * shape + SIDE_WEIGHT * off)).sum()
        weight_sum += float(weight.sum())
    focus = torch.where(targets > 0, targets, NEGATIVE_WEIGHT * scores ** 2)
    score_loss = (torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * focus.clamp(max=1)).sum()
    total = max(weight_sum, 1.0)
    return score_loss / total, box_loss / total
