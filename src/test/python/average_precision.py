"""AP of the labels of `transfuse segment` against masks: TP / (TP + FP + FN) at an IoU, as StarDist counts.

usage: average_precision.py LABELS MASKS
LABELS: folder with NAME-labels.tif; MASKS: folder with NAME.png, each object a number
needs: numpy, tifffile, Pillow
"""

import pathlib
import sys

import numpy
import tifffile
from PIL import Image


def ious(found, wanted):
    """IoU of each found object with each wanted one."""
    found = numpy.unique(found, return_inverse=True)[1].reshape(found.shape)
    wanted = numpy.unique(wanted, return_inverse=True)[1].reshape(wanted.shape)
    rows, columns = found.max() + 1, wanted.max() + 1
    shared = numpy.bincount((found * columns + wanted).ravel(), minlength=rows * columns).reshape(rows, columns)
    union = shared.sum(1)[:, None] + shared.sum(0)[None] - shared
    return (shared / union)[1:, 1:]


def main(labels, masks):
    tables = []
    for mask in sorted(pathlib.Path(masks).glob("*.png")):
        wanted = numpy.array(Image.open(mask)).astype(int)
        found = tifffile.imread(pathlib.Path(labels) / (mask.stem + "-labels.tif")).astype(int)
        # 0 is background, also where an image has none
        wanted, found = (numpy.pad(image, ((0, 1), (0, 0))) for image in (wanted, found))
        tables.append(ious(found, wanted))
    for least in (0.5, 0.75):
        counts = []
        for table in tables:
            enough = table >= least
            # at exactly one half two may share a partner
            pairs = int(min(enough.any(1).sum(), enough.any(0).sum()))
            counts.append((pairs, table.shape[0] - pairs, table.shape[1] - pairs))
        each = [pairs / max(1, pairs + invented + missed) for pairs, invented, missed in counts]
        pairs, invented, missed = (sum(count) for count in zip(*counts))
        print(
            f"IoU {least}: AP {numpy.mean(each):.4f}, mean of {len(each)} images;"
            f" {pairs / (pairs + invented + missed):.4f} of all objects together"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
