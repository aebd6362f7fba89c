"""Writes a trained network as an ONNX file that says what it is. Needs PyTorch alone, not the `onnx` package."""
from pathlib import Path

import torch

_OPSET = 13
_METADATA_FIELD = 14  # of ModelProto (onnx.proto): repeated StringStringEntryProto metadata_props


def _varint(number):
    made = bytearray()
    while True:
        low, number = number & 0x7F, number >> 7
        made.append(low | (0x80 if number else 0))
        if not number:
            return bytes(made)


def _field(number, payload):
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def fused(module):
    """Every normalisation folded into the convolution before it."""
    for child in module.children():
        fused(child)
    if isinstance(module, torch.nn.Sequential):
        for i in range(len(module) - 1):
            if isinstance(module[i], torch.nn.Conv2d) and isinstance(module[i + 1], torch.nn.BatchNorm2d):
                module[i] = torch.nn.utils.fuse_conv_bn_eval(module[i], module[i + 1])
                module[i + 1] = torch.nn.Identity()
    return module


def write_onnx(network, example, path, outputs, dynamic_axes=None, metadata=None):
    """`network` in evaluation mode, traced on `example` (one tensor, called "image" in the file). `metadata` is a dict of
    strings, readable through Session::metadata. The same weights give the same bytes."""
    network.eval()
    path = Path(path)
    torch.onnx.export(network, (example,), str(path), input_names=["image"], output_names=outputs, opset_version=_OPSET,
                      dynamic_axes=dynamic_axes, do_constant_folding=True)
    with path.open("ab") as stream:  # a field of a message may stand anywhere in it, so also at its end
        for key, value in sorted((metadata or {}).items()):
            stream.write(_field(_METADATA_FIELD, _field(1, key.encode()) + _field(2, value.encode())))
