"""Training data in files of some hundred examples each, so that an interrupted step goes on where it was."""
import argparse
from pathlib import Path


def write_shards(description, count, shard_size, held_out, shard):
    """Reads the arguments and writes OUT/GRADE-SEED-FIRST.npz. `held_out` names the switch for what training never sees;
    shard(path, count, seed, is_held_out, grade) writes one file."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--shard_size", type=int, default=shard_size)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(f"--{held_out}", dest="is_held_out", action="store_true")
    parser.add_argument("--grade", choices=("clean", "degraded", "both"), default="both")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for first in range(0, arguments.count, arguments.shard_size):
        path = arguments.out / f"{arguments.grade}-{arguments.seed}-{first:06d}.npz"
        if path.exists():
            continue
        beside = path.with_suffix(".part.npz")
        shard(beside, min(arguments.shard_size, arguments.count - first), [arguments.seed, first], arguments.is_held_out, arguments.grade)
        beside.rename(path)
        print(path.name, flush=True)


def shards_of(folder):
    """Those that are whole, by name."""
    return sorted(p for p in Path(folder).glob("*.npz") if ".part" not in p.name)
