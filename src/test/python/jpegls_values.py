"""Writes small JPEG-LS streams and the CRC-32 of what CharLS decodes (two bytes a value, the high one first, one colour after
the other) as src/test/resources/dicom/jpegls.csv. With a folder, DICOM files of such streams too. Needs numpy, pydicom and pyjpegls."""
import base64
import sys
import zlib

import jpeg_ls
import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGLSLossless


def picture(rows, columns, most):
    """Slopes, edges, flat parts and noise."""
    y, x = np.mgrid[:rows, :columns]
    noise = (x * 7919 + y * 104729 + x * y * 31) % 251 / 250
    flat = (x // 5 + y // 4) % 3 == 0
    values = np.where(flat, most // 3, (x * most // (2 * columns) + y * most // (3 * rows) + noise * most / 9))
    values = np.where((x > columns // 2) & (y > rows // 2), most, values)
    return np.clip(values, 0, most).astype(np.uint8 if most < 256 else np.uint16)


print("rows,columns,samples,bits,near,interleave,crc,stream")
for bits, near in [(8, 0), (8, 2), (8, 7), (10, 0), (12, 0), (12, 3), (16, 0), (16, 20), (9, 0), (15, 1)]:
    if bits == 9:
        sizes = [(1, 40), (33, 1)]
    else:
        sizes = [(19, 23)]
    for rows, columns in sizes:
        grey = picture(rows, columns, (1 << bits) - 1)
        stream = jpeg_ls.encode_array(grey, near)
        out = jpeg_ls.decode(np.frombuffer(bytes(stream), np.uint8))
        crc = zlib.crc32(np.ascontiguousarray(out.reshape(-1)).astype(">u2").tobytes())
        print(rows, columns, 1, bits, near, 0, crc, base64.b64encode(bytes(stream)).decode(), sep=",")
for bits in (8, 12):
    for near in (0, 3):
        for interleave in (0, 1, 2):
            rows, columns, most = 17, 21, (1 << bits) - 1
            planes = [picture(rows, columns, most), picture(rows, columns, most)[::-1], most - picture(rows, columns, most)]
            # CharLS has rows of colours as pixels
            array = np.stack(planes, 0 if interleave == 0 else 2)
            array = np.ascontiguousarray(array)
            stream = jpeg_ls.encode_buffer(array.tobytes(), rows, columns, 3, bits, near, interleave)
            out, meta = jpeg_ls.decode_buffer(bytes(stream))
            out = np.frombuffer(bytes(out), array.dtype)
            if interleave == 0:
                out = out.reshape(3, rows, columns)
            else:
                out = out.reshape(rows, columns, 3).transpose(2, 0, 1)
            assert np.abs(out.astype(int) - np.stack(planes)).max() <= near
            crc = zlib.crc32(np.ascontiguousarray(out).astype(">u2").tobytes())
            print(rows, columns, 3, bits, near, interleave, crc, base64.b64encode(bytes(stream)).decode(), sep=",")


def scan(path, array, stream, bits, photometric):
    """Writes a DICOM file of a stream."""
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "1.2.3.4"
    data.PatientID, data.SeriesInstanceUID = "ID1", "1.2.3"
    data.Rows, data.Columns = array.shape[:2]
    data.SamplesPerPixel = 1 if array.ndim == 2 else 3
    if data.SamplesPerPixel == 3:
        data.PlanarConfiguration = 0
    data.PhotometricInterpretation = photometric
    data.BitsAllocated, data.BitsStored, data.HighBit = 8 if bits <= 8 else 16, bits, bits - 1
    data.PixelRepresentation = 0
    data.PixelData = encapsulate([bytes(stream)])
    data["PixelData"].VR = "OB"
    data["PixelData"].is_undefined_length = True
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = JPEGLSLossless
    data.file_meta.MediaStorageSOPClassUID, data.file_meta.MediaStorageSOPInstanceUID = data.SOPClassUID, "1.2.3.4"
    data.save_as(path, enforce_file_format=True)


if len(sys.argv) > 1:
    grey = picture(14, 18, 4095)
    scan(sys.argv[1] + "/jpeg-ls-grey.dcm", grey, jpeg_ls.encode_array(grey), 12, "MONOCHROME2")
    colors = np.stack([picture(9, 11, 255), picture(9, 11, 255)[::-1], 255 - picture(9, 11, 255)], 2)
    stream = jpeg_ls.encode_buffer(colors.tobytes(), 9, 11, 3, 8, 0, 2)
    scan(sys.argv[1] + "/jpeg-ls-rgb.dcm", colors, stream, 8, "RGB")
