"""Compares <name>-objects.csv of a volume with SimpleITK: python organ_values.py VOLUME LABELS OBJECTS.csv

The files are those of `transfuse segment --model hippocampus --input VOLUME --output FOLDER --table`. Needs SimpleITK.
"""
import csv
import sys

import SimpleITK as sitk

volume = sitk.ReadImage(sys.argv[1], sitk.sitkFloat64)
labels = sitk.Cast(sitk.ReadImage(sys.argv[2]), sitk.sitkUInt16)
labels.CopyInformation(volume)
theirs = sitk.LabelIntensityStatisticsImageFilter()
theirs.Execute(labels, volume)
rows = list(csv.DictReader(open(sys.argv[3], encoding="utf-8-sig")))
assert rows and len(rows) == theirs.GetNumberOfLabels(), (len(rows), theirs.GetNumberOfLabels())
for row in rows:
    label = int(row["label"])
    for column, value in (("voxels", theirs.GetNumberOfPixels(label)), ("volume_mm^3", theirs.GetPhysicalSize(label)),
                          ("volume_mL", theirs.GetPhysicalSize(label) / 1000), ("mean", theirs.GetMean(label)),
                          ("sd", theirs.GetStandardDeviation(label)), ("min", theirs.GetMinimum(label)),
                          ("max", theirs.GetMaximum(label))):
        # the table has six digits
        assert abs(float(row[column]) - value) <= 1e-5 * abs(value), (label, column, row[column], value)
    print(label, row["class"], "equal")
