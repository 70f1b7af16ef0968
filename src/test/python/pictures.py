"""Writes the small pictures of src/test/resources/pictures, each with a PNG of the same pixels: python pictures.py FOLDER.

Needs numpy, pillow (with WebP) and imagecodecs.
"""

import struct
import sys
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(1)
H, W = 7, 11
grey = random.integers(0, 256, (H, W), dtype=np.uint8)
colors = random.integers(0, 256, (H, W, 3), dtype=np.uint8)
alpha = random.integers(0, 256, (H, W, 4), dtype=np.uint8)
grey16 = random.integers(0, 65536, (H, W), dtype=np.uint16)
colors16 = random.integers(0, 65536, (H, W, 3), dtype=np.uint16)
alpha16 = random.integers(0, 65536, (H, W, 4), dtype=np.uint16)
bits = (grey > 127).astype(np.uint8)
y, x = np.mgrid[0:24, 0:40]
smooth = np.stack([x * 5, y * 9, (x + y) * 3], -1).astype(np.uint8)
faded = np.dstack([smooth, (x * 6).astype(np.uint8)])


def png(stem, pixels):
    (folder / f"{stem}.png").write_bytes(imagecodecs.png_encode(np.ascontiguousarray(pixels)))


def webp(stem, pixels, **how):
    path = folder / f"{stem}.webp"
    Image.fromarray(pixels).save(path, **how)
    png(stem, np.asarray(Image.open(path)))


def pnm(stem, ending, kind, pixels, most=255):
    h, w = pixels.shape[:2]
    head = f"P{kind}\n# by hand\n{w} {h}\n" + ("" if kind in (1, 4) else f"{most}\n")
    if kind == 1:
        body = "\n".join("".join(str(1 - v) for v in row) for row in pixels).encode() + b"\n"
    elif kind < 4:
        body = "\n".join(" ".join(str(v) for v in row) for row in pixels.reshape(h, -1)).encode() + b"\n"
    elif kind == 4:
        body = np.packbits(1 - pixels, axis=1).tobytes()
    else:
        body = pixels.astype(">u2" if most > 255 else "u1").tobytes()
    (folder / f"{stem}.{ending}").write_bytes(head.encode() + body)
    if kind in (1, 4):
        Image.fromarray(pixels * 255).convert("1").save(folder / f"{stem}.png")
    else:
        png(stem, pixels)


def pam(stem, kind, pixels, most=255):
    h, w, depth = pixels.shape
    head = f"P7\nWIDTH {w}\nHEIGHT {h}\nDEPTH {depth}\nMAXVAL {most}\nTUPLTYPE {kind}\nENDHDR\n"
    (folder / f"{stem}.pam").write_bytes(head.encode() + pixels.astype(">u2" if most > 255 else "u1").tobytes())
    png(stem, pixels)


def tga(stem, picture, **how):
    picture.save(folder / f"{stem}.tga", **how)
    picture.save(folder / f"{stem}.png")


def raw_tga(stem, kind, depth, flags, body, pixels, table=(0, 0, 0), entries=b""):
    head = struct.pack("<BBBHHBHHHHBB", 5, table[1] > 0, kind, *table, 0, 0, W, H, depth, flags)
    (folder / f"{stem}.tga").write_bytes(head + b"hello" + entries + body)
    png(stem, pixels)


def runs(values):
    out, i = b"", 0
    while i < len(values):
        j = i
        while j < len(values) and values[j] == values[i] and j - i < 128:
            j += 1
        out, i = out + bytes([0x80 | (j - i - 1), values[i]]), j
    return out


webp("webp-lossless", colors, lossless=True)
webp("webp-lossy", smooth, quality=80)
webp("webp-alpha", alpha, lossless=True, exact=True)
webp("webp-alpha-lossy", faded, quality=80)
webp("webp-animated", smooth, lossless=True, save_all=True, append_images=[Image.fromarray(255 - smooth)])
exif = Image.Exif()
exif[0x112] = 6
Image.fromarray(smooth).save(folder / "webp-exif.webp", lossless=True, exif=exif)
png("webp-exif", np.rot90(smooth, -1))
part = np.zeros((24, 40, 4), np.uint8)
part[10:20, 10:30] = [200, 100, 50, 255]
whole = Image.fromarray(smooth).convert("RGBA")
Image.fromarray(part).save(folder / "part.webp", save_all=True, append_images=[whole], lossless=True, minimize_size=True)

pnm("bits-text", "pbm", 1, bits)
pnm("bits", "pbm", 4, bits)
pnm("grey-text", "pgm", 2, grey)
pnm("grey", "pgm", 5, grey)
pnm("grey16-text", "pgm", 2, grey16, 65535)
pnm("grey16", "pgm", 5, grey16, 65535)
pnm("colors-text", "ppm", 3, colors)
pnm("colors", "ppm", 6, colors)
pnm("colors16", "ppm", 6, colors16, 65535)
pam("pam-colors", "RGB", colors)
pam("pam-alpha", "RGB_ALPHA", alpha)
pam("pam-alpha16", "RGB_ALPHA", alpha16, 65535)
pam("pam-grey-alpha", "GRAYSCALE_ALPHA", alpha[..., :2].copy())

for name, pixels in (("grey", grey), ("colors", colors), ("alpha", alpha)):
    for packing in (None, "tga_rle"):
        for order in (1, -1):
            stem = f"tga-{name}{'-runs' if packing else ''}{'-up' if order < 0 else ''}"
            tga(stem, Image.fromarray(pixels), compression=packing, orientation=order)
mapped = Image.fromarray(smooth).quantize(16)
tga("tga-table", mapped)
tga("tga-table-runs", mapped, compression="tga_rle")
raw_tga("tga-no-alpha", 2, 32, 0x20, alpha[..., [2, 1, 0, 3]].tobytes(), alpha[..., :3])
raw_tga("tga-from-right", 2, 24, 0x30, colors[:, ::-1, ::-1].tobytes(), colors)
five = grey16 & 0x7FFF
shown = np.stack([(five >> s & 31) * 255 / 31 for s in (10, 5, 0)], -1).round().astype(np.uint8)
raw_tga("tga-five", 2, 16, 0x20, five.astype("<u2").tobytes(), shown)
long = np.repeat(np.arange(4, dtype=np.uint8) * 60, 20)[: H * W]
raw_tga("tga-long-runs", 11, 8, 0x20, runs(long), long.reshape(H, W))
entries = random.integers(0, 256, (16, 3), dtype=np.uint8)
raw_tga(
    "tga-table-from-4",
    1,
    8,
    0x20,
    (grey % 16 + 4).tobytes(),
    entries[grey % 16][..., ::-1],
    (4, 16, 24),
    entries.tobytes(),
)
