"""One training run: its arguments, the optimizer, the rate of every step, and the file that is written on the way."""
import argparse
import math
import time
from pathlib import Path

import torch

SAVED_EVERY = 200  # steps
LARGEST_GRADIENT = 3.0


def parser_of(description, steps, rate):
    """DATA and OUT, and what every run can be told; `steps` and `rate` are the recipe's own."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("data")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--no_bf16", action="store_true")
    return parser


class Descent:
    """`model` on its way down, from the weights of `arguments.start` where there are some. Convolutions in bf16 unless told otherwise."""

    def __init__(self, model, arguments, warm_up):
        if arguments.start:
            model.load_state_dict(torch.load(arguments.start))
        self.model, self.arguments, self.warm_up = model.to(memory_format=torch.channels_last), arguments, warm_up
        matrices = [p for p in model.parameters() if p.dim() > 1]
        others = [p for p in model.parameters() if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.02}, {"params": others, "weight_decay": 0}], arguments.rate, (0.9, 0.98))
        self.step, self.rate, self._began, self._used = 0, 0.0, time.time(), time.process_time()

    @property
    def is_done(self):
        return self.step >= self.arguments.steps

    def seen(self, pictures):
        """What the model says of [B, 1, H, W], channels last."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not self.arguments.no_bf16):
            cells = self.model(pictures.contiguous(memory_format=torch.channels_last))
        return cells.float().permute(0, 2, 3, 1)

    def down(self, loss):
        """One step; every so often, and at the end, the weights are written."""
        steps = self.arguments.steps
        self.rate = self.arguments.rate * min(1, (self.step + 1) / self.warm_up) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1, self.step / steps))))
        for part in self.optimizer.param_groups:
            part["lr"] = self.rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), LARGEST_GRADIENT)
        self.optimizer.step()
        self.step += 1
        if self.step % SAVED_EVERY == 0 or self.is_done:
            beside = self.arguments.out.with_suffix(".part")
            torch.save(self.model.state_dict(), beside)
            beside.rename(self.arguments.out)

    def spent(self):
        return f"rate {self.rate:.2e} seconds {time.time() - self._began:.0f} of CPU {time.process_time() - self._used:.0f}"
