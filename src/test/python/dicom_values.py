"""What pydicom says of DICOM files: python dicom_values.py FOLDER > src/test/resources/dicom/pydicom.csv

Values are those after rescaling, colours are red, green and blue; MONOCHROME1 is inverted where nothing is measured.
Needs pydicom 3, numpy and pylibjpeg with its plugins. Files that pydicom does not decode are left out.
"""
import os
import sys
import warnings

import numpy as np
import pydicom
from pydicom.pixels import apply_color_lut, apply_rescale

warnings.filterwarnings("ignore")
MEASURED = ("CT", "PT", "MR", "NM", "RTDOSE")


def values(data):
    array = data.pixel_array
    photometric = data.PhotometricInterpretation
    if photometric == "PALETTE COLOR":
        array = apply_color_lut(array, data)
        return array >> 8 if array.dtype == np.uint16 else array
    if data.SamplesPerPixel > 1:
        return array
    if photometric == "MONOCHROME1" and data.get("Modality", "") not in MEASURED:
        bits = data.BitsStored
        lowest = -(1 << bits - 1) if data.PixelRepresentation else 0
        array = 2 * lowest + (1 << bits) - 1 - array.astype(np.int64)
    array = apply_rescale(array, data).astype(float)
    return array * float(data.get("DoseGridScaling", 1))


def main(folder):
    print("file,shape,min,max,sum,weighted")
    for path, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            file = os.path.join(path, name)
            try:
                data = pydicom.dcmread(file, force=True)
                array = values(data).astype(float)
            except Exception:
                continue
            flat = array.ravel()
            weights = np.arange(flat.size, dtype=np.int64) * 31 % 1009 + 1
            shape = "x".join(map(str, array.shape))
            print(f"{os.path.relpath(file, folder)},{shape},{flat.min():.9g},{flat.max():.9g},"
                  f"{flat.sum():.12g},{(flat * weights).sum():.12g}")


if __name__ == "__main__":
    main(sys.argv[1])
