"""Makes the images that the bundled start `general` learns from.

    python src/bench/general_data.py DATA OUTPUT

DATA holds isic2017, dsb2018, nuinsseg, chase_db1 and spinalcord_sct, each with images/ and masks/. The licences of all
of them let models that start from it have any licence.
OUTPUT gets train/ and val/, each with images/, masks/ and classes.txt: pieces of 256 x 256 pixels, with one foreground. Images
that the bundled models hold back, by which they are judged, lie in neither part. Where an image lies, how it is cut,
enlarged, greyed and inverted depends on its name alone.
"""
import random
import sys
import zlib
from pathlib import Path

import nibabel
import numpy as np
from PIL import Image, ImageOps

SIDE = 256
SUBJECT_HELD_BACK = "Image_02"


def part(name):
    """'held', 'val' or 'train', by the rule of the models skin-lesion and nuclei."""
    rest = zlib.crc32(name.encode()) % 10
    return "held" if rest == 0 else "val" if rest == 1 else "train"


def part_of_organ(number):
    """By blocks of neighbouring numbers, as in nuclei_he_data.py."""
    block = number // 21
    return "held" if block % 8 == 1 else "val" if block % 16 == 5 else "train"


class Pieces:
    def __init__(self, output):
        self.output = output

    def put(self, image, mask, where, stem, chance, grey=0.4, inverse=0.15):
        if where == "held":
            return
        image, mask = image.convert("RGB"), mask.convert("L")
        if chance.random() < grey:
            image = ImageOps.grayscale(image).convert("RGB")
        if chance.random() < inverse:
            image = ImageOps.invert(image)
        for kind, picture, ending in ("images", image, ".jpg"), ("masks", mask, ".png"):
            folder = self.output / where / kind
            folder.mkdir(parents=True, exist_ok=True)
            picture.save(folder / (stem + ending), quality=95)

    def cut(self, image, mask, where, stem, count, scales, **looks):
        """Pieces at random places, of an image that is enlarged by a random factor."""
        chance = random.Random(stem)
        for i in range(count if where == "train" else min(count, 2)):
            factor = chance.uniform(*scales)
            factor = max(factor, SIDE / min(image.size))
            size = tuple(max(SIDE, round(side * factor)) for side in image.size)
            box = [chance.randint(0, side - SIDE) for side in size]
            box += [box[0] + SIDE, box[1] + SIDE]
            piece = image.resize(size, Image.BILINEAR).crop(box)
            inside = mask.resize(size, Image.NEAREST).crop(box)
            self.put(piece, inside, where, f"{stem}_{i}", chance, **looks)


def foreground(path):
    return Image.fromarray(np.where(np.array(Image.open(path)) > 0, 255, 0).astype(np.uint8))


def skin(data, pieces):
    for path in sorted((data / "images").iterdir()):
        where = part(path.stem)
        chance = random.Random(path.stem)
        # other sizes and places than in the middle: between the whole image and a quarter of the field around it
        if chance.random() < (0.35 if where == "train" else 0.2):
            image, mask = Image.open(path).convert("RGB"), foreground(data / "masks" / (path.stem + ".png"))
            if chance.random() < 0.4:
                image, mask = wider(image, mask, chance)
            pieces.put(image.resize((SIDE, SIDE), Image.BILINEAR), mask.resize((SIDE, SIDE), Image.NEAREST), where,
                       "skin_" + path.stem, chance)


def wider(image, mask, chance):
    """The image amid its mirrored surroundings, so that its object is smaller and not in the middle."""
    border = image.width // 2
    array, of_mask = np.asarray(image), np.asarray(mask)
    array = np.pad(array, ((border, border), (border, border), (0, 0)), "reflect")
    # the mirrored objects are objects too
    of_mask = np.pad(of_mask, border, "reflect")
    side = chance.randint(round(image.width * 1.2), image.width * 2)
    x, y = (chance.randint(0, image.width * 2 - side) for _ in range(2))
    return Image.fromarray(array[y:y + side, x:x + side]), Image.fromarray(of_mask[y:y + side, x:x + side])


def nuclei(data, pieces):
    for path in sorted((data / "images").iterdir()):
        image, mask = Image.open(path).convert("RGB"), foreground(data / "masks" / (path.stem + ".png"))
        pieces.cut(image, mask, part(path.stem), "dsb_" + path.stem, 2, (0.7, 2.0), inverse=0.3)


def stained(data, pieces):
    for path in sorted((data / "images").iterdir()):
        image, mask = Image.open(path), foreground(data / "masks" / (path.stem + ".png"))
        pieces.cut(image, mask, part_of_organ(int(path.stem.split("_")[1])), path.stem, 1, (0.5, 1.2))


def vessels(data, pieces):
    for path in sorted((data / "images").iterdir()):
        where = "held" if path.stem.startswith(SUBJECT_HELD_BACK) else \
            "val" if path.stem.startswith("Image_05") else "train"
        image, mask = Image.open(path), foreground(data / "masks" / (path.stem + ".png"))
        pieces.cut(image, mask, where, "chase_" + path.stem, 36, (0.4, 1.3), grey=0.6, inverse=0.4)


def grey(plane):
    low, high = np.percentile(plane, (0.5, 99.8))
    return Image.fromarray((np.clip((plane - low) / max(high - low, 1e-9), 0, 1) * 255).astype(np.uint8))


def planes(path, mask_path, where, stem, count, pieces):
    chance = random.Random(stem)
    volume, labels = (nibabel.load(p).get_fdata() for p in (path, mask_path))
    for i in range(count if where == "train" else 1):
        axis = chance.randrange(3)
        holding = np.flatnonzero(labels.any(axis=tuple(a for a in range(3) if a != axis)))
        at = int(chance.choice(list(holding)))
        image = grey(np.take(volume, at, axis)).resize((SIDE, SIDE), Image.BILINEAR)
        mask = Image.fromarray(np.where(np.take(labels, at, axis) > 0, 255, 0).astype(np.uint8))
        turns = chance.randrange(4) * 90
        pieces.put(image.rotate(turns), mask.resize((SIDE, SIDE), Image.NEAREST).rotate(turns), where, f"{stem}_{i}",
                   chance)


def main(data, output):
    pieces = Pieces(output)
    skin(data / "isic2017", pieces)
    nuclei(data / "dsb2018", pieces)
    stained(data / "nuinsseg", pieces)
    vessels(data / "chase_db1", pieces)
    cord = data / "spinalcord_sct"
    for name in ("t1", "t2", "t2s_gm"):
        path, masks = (cord / kind / (name + ".nii.gz") for kind in ("images", "masks"))
        planes(path, masks, "train", "cord_" + name, 20, pieces)
    for where in ("train", "val"):
        (output / where / "classes.txt").write_text("1\tstructure\t0xff5050\n")


main(*map(Path, sys.argv[1:]))
