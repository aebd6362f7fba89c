"""Debian's free fonts as the recipes draw with them. A font is a path, with #N for the N-th of a collection."""
import os
from functools import lru_cache

from PIL import ImageFont


@lru_cache(maxsize=4000)
def font_of(path, size):
    file, _, index = path.partition("#")
    return ImageFont.truetype(file, size, index=int(index or 0), layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=100000)
def has(path, character):
    font = font_of(path, 40)
    made, missing = font.getmask(character), font.getmask("\U0010fffd")
    return made.size != missing.size or bytes(made) != bytes(missing)


@lru_cache(maxsize=200000)
def measure(path, size, character):
    font = font_of(path, size)
    return font.getlength(character), font.getbbox(character, anchor="ls")


def exists(path):
    return os.path.exists(path.partition("#")[0])
