package io.github.transfuse.dicom;

import java.util.Set;

/** Numbers of the elements that are looked at: group and element, 16 bits each. */
public final class DicomTag {
    /** Kind of the file, in its first group. */
    public static final int CLASS_OF_FILE = 0x0002_0002;
    /** Transfer syntax. */
    public static final int SYNTAX = 0x0002_0010;
    /** Kind of the file. */
    public static final int CLASS = 0x0008_0016;
    /** Name of the picture. */
    public static final int INSTANCE = 0x0008_0018;
    /** Sequence with the series that is referred to. */
    public static final int REFERENCED_SERIES = 0x0008_1115;
    /** What made it, such as CT. */
    public static final int MODALITY = 0x0008_0060;
    /** Name of the patient in the hospital. */
    public static final int PATIENT = 0x0010_0020;
    /** In mm. */
    public static final int SLICE_THICKNESS = 0x0018_0050;
    /** From slice to slice in mm. */
    public static final int SLICE_SPACING = 0x0018_0088;
    /** From frame to frame in ms. */
    public static final int FRAME_TIME = 0x0018_1063;
    /** From each frame to the next in ms. */
    public static final int FRAME_TIMES = 0x0018_1065;
    /** Of pixels on the detector in mm: down, across. */
    public static final int DETECTOR_SPACING = 0x0018_1164;
    /** Name of the study. */
    public static final int STUDY = 0x0020_000D;
    /** Name of the series. */
    public static final int SERIES = 0x0020_000E;
    /** Of the first pixel in mm: left, back, top. */
    public static final int POSITION = 0x0020_0032;
    /** Directions of rows and columns: left, back, top. */
    public static final int ORIENTATION = 0x0020_0037;
    /** Sequence with the position of a frame. */
    public static final int PLACES = 0x0020_9113;
    /** Sequence with the directions of a frame. */
    public static final int ORIENTATIONS = 0x0020_9116;
    /** Samples of a pixel. */
    public static final int SAMPLES = 0x0028_0002;
    /** What samples mean. */
    public static final int PHOTOMETRIC = 0x0028_0004;
    /** 1 if all of one colour come first. */
    public static final int PLANAR = 0x0028_0006;
    /** Number of frames. */
    public static final int FRAMES = 0x0028_0008;
    /** Pixels down. */
    public static final int ROWS = 0x0028_0010;
    /** Pixels across. */
    public static final int COLUMNS = 0x0028_0011;
    /** Of pixels in mm: down, across. */
    public static final int SPACING = 0x0028_0030;
    /** Bits of a sample. */
    public static final int BITS_ALLOCATED = 0x0028_0100;
    /** Bits of it that count. */
    public static final int BITS_STORED = 0x0028_0101;
    /** Highest bit that counts. */
    public static final int HIGH_BIT = 0x0028_0102;
    /** 1 if samples can be negative. */
    public static final int SIGNED = 0x0028_0103;
    /** What is added to slope times sample. */
    public static final int INTERCEPT = 0x0028_1052;
    /** What a sample is multiplied by. */
    public static final int SLOPE = 0x0028_1053;
    /** Size, first value and bits of the table of red; green and blue follow. */
    public static final int PALETTE_RED = 0x0028_1101;
    /** The table of red; green and blue follow. */
    public static final int PALETTE_RED_DATA = 0x0028_1201;
    /** Sequence with a table of values. */
    public static final int MODALITY_TABLES = 0x0028_3000;
    /** Sequence with the spacing of a frame. */
    public static final int MEASURES = 0x0028_9110;
    /** Sequence with slope and intercept of a frame. */
    public static final int VALUES = 0x0028_9145;
    /** Pixels across of a whole slide. */
    public static final int MATRIX_COLUMNS = 0x0048_0006;
    /** Of frames along the normal of their plane in mm. */
    public static final int DOSE_OFFSETS = 0x3004_000C;
    /** What a sample of a dose is multiplied by. */
    public static final int DOSE_SCALE = 0x3004_000E;
    /** Whether frames are of single bits. */
    public static final int SEGMENTATION_TYPE = 0x0062_0001;
    /** Sequence with the segments. */
    public static final int SEGMENTS = 0x0062_0002;
    /** Number of a segment, from 1. */
    public static final int SEGMENT_NUMBER = 0x0062_0004;
    /** Name of a segment. */
    public static final int SEGMENT_LABEL = 0x0062_0005;
    /** Sequence with the segment of a frame. */
    public static final int SEGMENT = 0x0062_000A;
    /** Number of the segment of a frame. */
    public static final int SEGMENT_OF_FRAME = 0x0062_000B;
    /** Sequence with what all frames have. */
    public static final int SHARED_GROUPS = 0x5200_9229;
    /** Sequence with what each frame has. */
    public static final int FRAME_GROUPS = 0x5200_9230;

    static final int EXTENDED_OFFSETS = 0x7FE0_0001;
    static final int FLOATS = 0x7FE0_0008;
    static final int DOUBLES = 0x7FE0_0009;
    static final int PIXELS = 0x7FE0_0010;
    static final int ITEM = 0xFFFE_E000;
    static final int ITEM_END = 0xFFFE_E00D;
    static final int SEQUENCE_END = 0xFFFE_E0DD;

    /** Sequences that are looked into where the file does not say what an element is. */
    static final Set<Integer> SEQUENCES = Set.of(
            PLACES,
            ORIENTATIONS,
            MODALITY_TABLES,
            MEASURES,
            VALUES,
            REFERENCED_SERIES,
            SEGMENTS,
            SEGMENT,
            SHARED_GROUPS,
            FRAME_GROUPS);

    private DicomTag() {}

    static boolean isPixels(int tag) {
        return tag == FLOATS || tag == DOUBLES || tag == PIXELS;
    }
}
