"""Small volumes of many kinds, as nibabel, pynrrd and SimpleITK write them: python volume_files.py FOLDER

Writes src/test/resources/volumes: one volume of 4 x 3 x 2 voxels in each kind of file, and in volumes.csv what its
library reads: shape, affine to RAS+ by rows, and voxels with the first axis fastest. Needs nibabel, pynrrd, SimpleITK.
"""
import gzip
import sys
from pathlib import Path

import nibabel as nib
import nrrd
import numpy as np
import SimpleITK as sitk

SHAPE = (4, 3, 2)
VALUES = (np.arange(24) * 37 % 101 - 20).reshape(SHAPE, order="F")
# turned by 30 degrees about the axis from bottom to top, left-handed
COS, SIN = np.cos(np.pi / 6), np.sin(np.pi / 6)
AFFINE = np.array([[-1.5 * COS, -2 * SIN, 0, 5], [-1.5 * SIN, 2 * COS, 0, -6], [0, 0, 2.5, 7.5], [0, 0, 0, 1.0]])
LPS = np.diag([-1.0, -1, 1, 1]) @ AFFINE
FOLDER = Path(sys.argv[1])
ROWS = []


def note(name, array, affine):
    flat = np.asarray(array).reshape(-1, order="F")
    ROWS.append(",".join([
        name,
        "x".join(map(str, array.shape)),
        " ".join(f"{x:.6g}" for x in np.asarray(affine)[:3].ravel()),
        " ".join(f"{x:.6g}" for x in flat),
    ]))


def nibabel_file(name, kind, values, **header):
    image = kind(values, AFFINE)
    for key, value in header.items():
        image.header[key] = value
    nib.save(image, FOLDER / name)
    read = nib.load(FOLDER / name)
    note(name, read.get_fdata(), read.affine)


def nrrd_file(name, values, encoding, **more):
    header = {"space": "left-posterior-superior", "space directions": LPS[:3, :3].T, "space origin": LPS[:3, 3],
              "kinds": ["domain"] * 3, "encoding": encoding, **more}
    nrrd.write(str(FOLDER / name), values, header)
    read, _ = nrrd.read(str(FOLDER / name))
    note(name, read, AFFINE)


def sitk_file(name, values, compressed):
    image = sitk.GetImageFromArray(values.transpose(2, 1, 0))
    spacing = np.linalg.norm(LPS[:3, :3], axis=0)
    image.SetSpacing(spacing.tolist())
    image.SetOrigin(LPS[:3, 3].tolist())
    image.SetDirection((LPS[:3, :3] / spacing).ravel().tolist())
    sitk.WriteImage(image, str(FOLDER / name), compressed)
    read = sitk.ReadImage(str(FOLDER / name))
    direction = np.array(read.GetDirection()).reshape(3, 3) * read.GetSpacing()
    back = np.diag([-1.0, -1, 1, 1]) @ np.vstack([np.c_[direction, read.GetOrigin()], [0, 0, 0, 1]])
    note(name, sitk.GetArrayFromImage(read).transpose(2, 1, 0), back)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    nibabel_file("pair.hdr", nib.Nifti1Pair, VALUES.astype(np.int16))
    nibabel_file("pair2.hdr", nib.Nifti2Pair, VALUES.astype(np.float32))
    nibabel_file("v.mgz", nib.MGHImage, VALUES.astype(np.float32))
    nibabel_file("i.mgh", nib.MGHImage, VALUES.astype(np.int32))
    nibabel_file("t.mgz", nib.MGHImage, np.stack([VALUES, VALUES + 1], -1).astype(np.int16))
    nrrd_file("bzip2.nrrd", VALUES.astype(np.int16), "bzip2")
    nrrd_file("ascii.nrrd", VALUES.astype(np.int32), "ascii")
    nrrd_file("whole.nrrd", VALUES.astype(np.float32), "raw")
    whole = (FOLDER / "whole.nrrd").read_bytes()
    (FOLDER / "whole.nrrd.gz").write_bytes(gzip.compress(whole, mtime=0))
    ROWS.append(ROWS[-1].replace("whole.nrrd", "whole.nrrd.gz"))
    sitk_file("raw.mha", VALUES.astype(np.int16), False)
    sitk_file("packed.mha", VALUES.astype(np.float64), True)
    sitk_file("two.mhd", VALUES.astype(np.int8), False)
    sitk_file("zipped.mhd", VALUES.astype(np.uint16), True)
    (FOLDER / "volumes.csv").write_text("file,shape,affine,voxels\n" + "\n".join(ROWS) + "\n")


main()
