"""Reads a segmentation in DICOM with highdicom, and compares it with labels: python seg_check.py SEG SERIES LABELS.nii.gz

LABELS are those of the same run with label_format=auto. Needs highdicom, nibabel, numpy.
"""
import sys
from pathlib import Path

import highdicom as hd
import nibabel as nib
import numpy as np
import pydicom

seg = hd.seg.segread(sys.argv[1])
print("segments", [(seg.get_segment_description(n).segment_number, seg.get_segment_description(n).segment_label)
                   for n in seg.segment_numbers])
scan = [pydicom.dcmread(f) for f in Path(sys.argv[2]).iterdir()]
normal = np.cross(*np.reshape(scan[0].ImageOrientationPatient, (2, 3)).astype(float))
scan.sort(key=lambda s: float(np.dot(normal, np.asarray(s.ImagePositionPatient, float))))
pixels = seg.get_pixels_by_source_instance(
    [s.SOPInstanceUID for s in scan], combine_segments=True, assert_missing_frames_are_empty=True)
labels = np.asarray(nib.load(sys.argv[3]).dataobj)
values = np.unique(labels)
values = values[values > 0]
want = np.zeros(labels.shape, int)
for number, value in enumerate(values, 1):
    want[labels == value] = number
got = pixels.transpose(2, 1, 0)  # slices, rows, columns to x, y, z
print("equal", np.array_equal(got, want), "voxels", int((want > 0).sum()))
volume = seg.get_volume(combine_segments=True)
print("volume", volume.shape, "geometry", np.round(volume.affine, 3).tolist())
sys.exit(0 if np.array_equal(got, want) else 1)
