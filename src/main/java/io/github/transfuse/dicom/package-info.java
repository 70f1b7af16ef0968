/**
 * DICOM files: elements, and the stored samples of their frames. What a scan is made of is not known here.
 *
 * <p>Start reading at {@link io.github.transfuse.dicom.DicomFile}, and at {@link io.github.transfuse.dicom.PixelForm}, which
 * says how samples are stored. Data in: a file. Data out: the values of elements, arrays of samples. What is damaged is
 * refused with an {@link java.io.IOException} without the name of the file, what is not known here with an
 * {@link io.github.transfuse.dicom.UnknownDicomException}. What is to be written is
 * collected in {@link io.github.transfuse.dicom.DicomElements}.
 */
package io.github.transfuse.dicom;
