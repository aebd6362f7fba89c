#!/usr/bin/env python3
"""Writes a trained network as ONNX: export.py CHECKPOINT OUT.onnx

Input: image [B, 1, 48, W], W a multiple of 4, ink 1 and paper 0. Output: cells [B, 6, W / 4, classes], probabilities. The metadata `signs` names
the classes, one character each (signs.SIGNS).
"""
import sys

import torch

import signs as S
from cells import STRIP_HEIGHT, STRIP_WIDTH
from model import Exported, MarksModel
from onnx_file import write_onnx


def main():
    model = MarksModel()
    model.load_state_dict(torch.load(sys.argv[1]))
    write_onnx(Exported(model).eval(), torch.zeros(2, 1, STRIP_HEIGHT, STRIP_WIDTH), sys.argv[2], ["cells"],
               {"image": {0: "strips", 3: "width"}, "cells": {0: "strips", 2: "columns"}}, {"signs": S.SIGNS})


if __name__ == "__main__":
    main()
