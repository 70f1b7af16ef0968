"""Makes the images that the bundled model nuclei-he learns from.

    python src/bench/nuclei_he_data.py NUINSSEG DSB2018 OUTPUT

NUINSSEG and DSB2018 hold images/ and masks/ (labels of objects); DSB2018 also index.csv with a column `type`.
OUTPUT gets train/, val/ and test/, each with images/ and masks/:

- test: NuInsSeg where (number // 21) % 8 == 1, at 40x only; decides nothing
- val: NuInsSeg where (number // 21) % 16 == 5, at 40x and at half the size
- train: all other images of NuInsSeg, at 40x and at half the size, and the stained images of DSB 2018 that the model
  nuclei learned from (CRC-32 of the name modulo 10 is neither 0 nor 1)

Neighbouring numbers of NuInsSeg are of one organ, so blocks of 21 lie in one part.
"""
import csv
import sys
import zlib
from pathlib import Path

from PIL import Image


def part(number):
    block = number // 21
    return "test" if block % 8 == 1 else "val" if block % 16 == 5 else "train"


def put(image, mask, folder, stem):
    for kind in ("images", "masks"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    image.convert("RGB").save(folder / "images" / (stem + ".png"))
    mask.save(folder / "masks" / (stem + ".png"))


def main(nuinsseg, dsb, output):
    for path in sorted((nuinsseg / "images").iterdir()):
        where = output / part(int(path.stem.split("_")[1]))
        image, mask = Image.open(path), Image.open(nuinsseg / "masks" / (path.stem + ".png"))
        put(image, mask, where, path.stem)
        if where.name != "test":
            put(image.reduce(2), mask.resize((mask.width // 2, mask.height // 2), Image.NEAREST), where,
                path.stem + "_half")
    for row in csv.DictReader(open(dsb / "index.csv", newline="")):
        if row["type"].startswith("HE") and zlib.crc32(row["id"].encode()) % 10 > 1:
            put(Image.open(dsb / "images" / (row["id"] + ".png")), Image.open(dsb / "masks" / (row["id"] + ".png")),
                output / "train", row["id"])


main(*map(Path, sys.argv[1:]))
