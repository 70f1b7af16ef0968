"""Writes a series of small slices and segmentations of it as highdicom makes them: src/test/resources/dicom/seg. Needs highdicom and pynrrd."""
import sys
from pathlib import Path

import highdicom as hd
import nrrd
import numpy as np
from highdicom.sr.coding import CodedConcept
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, CTImageStorage

FOLDER = Path(sys.argv[1])


def slices(series, count=5):
    """Slices from the top down in the order of their files, 2.5 mm apart."""
    made = []
    for k in range(count):
        data = Dataset()
        data.SOPClassUID, data.SOPInstanceUID = CTImageStorage, f"1.2.3.{series}.{k + 1}"
        data.PatientID, data.PatientName, data.PatientBirthDate, data.PatientSex = "ID1", "Some^Name", "", ""
        data.StudyInstanceUID, data.SeriesInstanceUID = "1.2.9", f"1.2.3.{series}"
        data.FrameOfReferenceUID, data.StudyID, data.AccessionNumber = "1.2.8", "1", ""
        data.StudyDate, data.StudyTime, data.ReferringPhysicianName = "20260101", "000000", ""
        data.Modality, data.SeriesNumber, data.InstanceNumber = "CT", 1, k + 1
        data.ImagePositionPatient, data.ImageOrientationPatient = [-4, 6, 20 - 2.5 * k], [1, 0, 0, 0, 1, 0]
        data.PixelSpacing, data.SliceThickness, data.PositionReferenceIndicator = [0.75, 0.5], 2.5, ""
        data.Rows, data.Columns, data.SamplesPerPixel, data.PhotometricInterpretation = 6, 7, 1, "MONOCHROME2"
        data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 12, 11, 0
        data.RescaleSlope, data.RescaleIntercept = 1, 0
        data.PixelData = (np.arange(42, dtype=np.uint16) + 100 * k).tobytes()
        data.file_meta = FileMetaDataset()
        data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID
        data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
        made.append(data)
    return made


def labels(k, y, x):
    """Segment 1 in slices 1 and 3, segment 2 in slice 1 beside it; slices 0, 2 and 4 are empty."""
    return np.where((k % 2 == 1) & (x < 3) & (y > 1), 1, np.where((k == 1) & (x > 4), 2, 0))


def segmentation(source, array, kind=hd.seg.SegmentationTypeValues.BINARY, names=("liver", "spleen")):
    code = CodedConcept("123037004", "SCT", "Anatomical Structure")
    algorithm = hd.AlgorithmIdentificationSequence("test", CodedConcept("123110", "DCM", "Artificial Intelligence"), "1")
    return hd.seg.Segmentation(
        source_images=source,
        pixel_array=array,
        segmentation_type=kind,
        segment_descriptions=[
            hd.seg.SegmentDescription(i + 1, name, code, code, hd.seg.SegmentAlgorithmTypeValues.AUTOMATIC, algorithm)
            for i, name in enumerate(names)
        ],
        series_instance_uid="1.2.7.1", series_number=9, sop_instance_uid="1.2.7.1.1", instance_number=1,
        manufacturer="test", manufacturer_model_name="test", software_versions="1", device_serial_number="1",
        omit_empty_frames=True,
    )


source = slices(1)
(FOLDER / "case").mkdir(parents=True, exist_ok=True)
for n, image in enumerate(source):
    image.save_as(FOLDER / "case" / f"{n}.dcm", enforce_file_format=True)
k, y, x = np.mgrid[:5, :6, :7]
segmentation(source, labels(k, y, x).astype(np.uint8)).save_as(FOLDER / "case-seg.dcm")
segmentation(slices(2), labels(k, y, x).astype(np.uint8)).save_as(FOLDER / "other-seg.dcm")
# the same voxels, numbered in another order
swapped = np.choose(labels(k, y, x), [0, 2, 1]).astype(np.uint8)
segmentation(source, swapped, names=("spleen", "liver")).save_as(FOLDER / "swapped-seg.dcm")
# the same voxels as 3D Slicer numbers segments that were made after others had been removed; along x, y and z, upwards
numbered = np.choose(labels(k, y, x), [0, 3, 7]).astype(np.int16).transpose(2, 1, 0)[:, :, ::-1]
nrrd.write(str(FOLDER / "slicer.seg.nrrd"), numbered, {
    "encoding": "gzip", "space": "left-posterior-superior", "space origin": [-4, 6, 10],
    "space directions": [[0.5, 0, 0], [0, 0.75, 0], [0, 0, 2.5]],
    "Segment0_ID": "Segment_3", "Segment0_Name": "Spleen", "Segment0_LabelValue": "7", "Segment0_Layer": "0",
    "Segment0_Color": "0.6 0.4 0.2",
    "Segment1_ID": "Segment_1", "Segment1_Name": "liver", "Segment1_LabelValue": "3", "Segment1_Layer": "0",
    "Segment1_Color": "0.8 0.2 0.1",
})
both = np.stack([labels(k, y, x) == 1, labels(k, y, x) > 0], 3).astype(np.uint8)
segmentation(source, both).save_as(FOLDER / "overlapping.dcm")
segmentation(source, both / 2, hd.seg.SegmentationTypeValues.FRACTIONAL).save_as(FOLDER / "shares.dcm")
