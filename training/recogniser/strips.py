"""Strips with truth in a file: all pixels side by side (uint8 [48, columns]), where each begins, its characters and their columns."""
import numpy as np

HEIGHT = 48


class Strips:
    def __init__(self):
        self.pictures, self.texts, self.spans = [], [], []

    def add(self, picture, characters, spans):
        self.pictures.append(picture)
        self.texts.append("".join(characters))
        self.spans.append(np.float32(spans).reshape(-1, 2))

    def save(self, path):
        np.savez(path, pictures=np.concatenate(self.pictures, 1), starts=np.cumsum([0] + [p.shape[1] for p in self.pictures]),
                 texts=np.array(self.texts), firsts=np.cumsum([0] + [len(t) for t in self.texts]), spans=np.concatenate(self.spans).astype(np.float16))


def loaded(path):
    """[(picture, text, spans)]"""
    with np.load(path) as held:
        pictures, starts, texts, firsts, spans = (held[name] for name in ("pictures", "starts", "texts", "firsts", "spans"))
    return [(pictures[:, starts[i]:starts[i + 1]], str(texts[i]), spans[firsts[i]:firsts[i + 1]].astype(np.float32)) for i in range(len(texts))]
