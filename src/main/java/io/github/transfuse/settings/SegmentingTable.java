package io.github.transfuse.settings;

import static io.github.transfuse.settings.ValueSpec.Kind.CHANNELS;
import static io.github.transfuse.settings.ValueSpec.Kind.DEVICE;
import static io.github.transfuse.settings.ValueSpec.Kind.FLAG;
import static io.github.transfuse.settings.ValueSpec.Kind.INPUT_PATH;
import static io.github.transfuse.settings.ValueSpec.Kind.OUTPUT_PATH;
import static io.github.transfuse.settings.ValueSpec.Kind.TEXT;

import io.github.transfuse.settings.ValueSpec.Range;
import java.util.List;

/** The settings for segmenting. "auto" means: as the model says. */
final class SegmentingTable {

    static final List<SettingSpec> SPECS = List.of(
            new SettingSpec(
                    Keys.INPUT,
                    ValueSpec.of(INPUT_PATH),
                    "",
                    "Input",
                    "Image, folder, or pattern such as images/*.tif."),
            new SettingSpec(
                    Keys.OUTPUT, ValueSpec.of(OUTPUT_PATH), "", "Output", "Folder for the results; made if missing."),
            new SettingSpec(
                    Keys.MODEL,
                    ValueSpec.of(TEXT),
                    "skin-lesion",
                    "Model",
                    "Name of a model, or its folder; or several with + between them: the mean of their probabilities counts."),
            new SettingSpec(
                    Keys.DEVICE,
                    ValueSpec.of(DEVICE),
                    "auto",
                    "Device",
                    "Where to compute. auto takes the best that works; a device named here is used or refused."),
            precision(),
            channels(),
            new SettingSpec(
                    Keys.TILE_SIZE,
                    ValueSpec.of(ValueSpec.Kind.SIZE).or("auto").in("px"),
                    "auto",
                    "Tile_size (pixels)",
                    "Size of a tile at the model's pixel size. The size it was trained with (auto) works best."),
            new SettingSpec(
                    Keys.OVERLAP,
                    ValueSpec.number(Range.halfOpen(0, 1)).or("auto").in("fraction of a tile"),
                    "auto",
                    "Overlap (fraction)",
                    "Part of a tile that is shared with its neighbour."),
            new SettingSpec(
                    Keys.BATCH_SIZE,
                    ValueSpec.integer(1, 1024).or("auto").in("tiles"),
                    "auto",
                    "Batch_size (tiles)",
                    "Tiles that are computed at once. auto chooses by the memory that is free."),
            new SettingSpec(
                    Keys.THRESHOLD,
                    ValueSpec.number(Range.open(0, 1)).or("auto").in("probability"),
                    "auto",
                    "Threshold",
                    "Foreground is where the probability is above this: higher finds less. For models with one class, and models of"
                            + " touching objects."),
            new SettingSpec(
                    Keys.MIN_SIZE,
                    ValueSpec.number(Range.closed(0, 1e15)).or("auto").in("px or volume"),
                    "auto",
                    "Min_size (px or volume)",
                    "Smaller objects are removed: pixels in planes; through the slices of a calibrated stack its volume, such"
                            + " as mm^3, otherwise voxels."),
            new SettingSpec(
                    Keys.CONNECTIVITY,
                    ValueSpec.choice("auto", "4", "8", "6", "18", "26"),
                    "auto",
                    "Connectivity",
                    "Neighbours that belong to one object: 4 or 8 in each slice alone, 6, 18 or 26 through the slices. auto:"
                            + " 26 where there are slices along z, else 8."),
            new SettingSpec(
                    Keys.FILL_HOLES,
                    ValueSpec.choice("auto", "true", "false"),
                    "auto",
                    "Fill_holes",
                    "Whether holes in objects are filled: in each slice or through the slices, as connectivity says."),
            new SettingSpec(
                    Keys.SPLIT_DEPTH,
                    ValueSpec.number(Range.closed(0, 1000)).or("auto").in("px"),
                    "auto",
                    "Split_depth (pixels)",
                    "Models of touching objects: an object with a neck is taken apart, where both parts are so much deeper than"
                            + " the neck. Higher splits less; 0: objects stay whole."),
            new SettingSpec(
                    Keys.EXCLUDE_EDGES,
                    ValueSpec.of(FLAG),
                    "false",
                    "Exclude_edges",
                    "Leave out objects that touch the border of the image; through the slices also the first and the last"
                            + " slice."),
            new SettingSpec(
                    Keys.OUTPUT_TYPE,
                    ValueSpec.choice("auto", "classes", "instances"),
                    "auto",
                    "Output_type",
                    "What the labels mean: classes, or objects numbered from 1."),
            new SettingSpec(
                    Keys.LABEL_FORMAT,
                    ValueSpec.choice("auto", "tiff", "png", "ome-tiff", "ome-zarr", "dicom-seg"),
                    "auto",
                    "Label_format",
                    "Kind of the file of labels. auto: TIFF; for volumes that say where they lie, NIfTI, NRRD or MHA. dicom-seg: for scans in DICOM, with their patient."),
            new SettingSpec(
                    Keys.PROBABILITIES,
                    ValueSpec.of(FLAG),
                    "false",
                    "Probabilities",
                    "Also give the probability image."),
            new SettingSpec(
                    Keys.OVERLAY, ValueSpec.of(FLAG), "false", "Overlay", "Also draw the outlines over the image."),
            new SettingSpec(
                    Keys.TABLE,
                    ValueSpec.of(FLAG),
                    "false",
                    "Table",
                    "Also measure what was found: sizes, places, shapes, intensities; with files as <name>-objects.csv."),
            new SettingSpec(
                    Keys.ROIS,
                    ValueSpec.of(FLAG),
                    "false",
                    "Rois",
                    "Also add the outlines to ImageJ's ROI Manager; with files as <name>-rois.zip."),
            range(Keys.SLICES, "Slices", "Slices along z to segment, such as 4-6 or 9-; elsewhere the labels are 0."),
            range(Keys.FRAMES, "Frames", "Time points to segment, such as 1,5 or 9-; elsewhere the labels are 0."),
            new SettingSpec(
                    Keys.SELECTION,
                    ValueSpec.of(FLAG),
                    "true",
                    "Selection",
                    "For open images: segment within the selected area only. Classes end at its border; an object is kept"
                            + " whole if a point in its middle lies in the area, and left out otherwise."),
            new SettingSpec(
                    Keys.ALL_IMAGES,
                    ValueSpec.of(FLAG),
                    "false",
                    "All_images",
                    "Segment all open images, each as it were alone, apart from results of this plugin."),
            new SettingSpec(
                    Keys.GEOJSON,
                    ValueSpec.of(FLAG),
                    "false",
                    "Geojson",
                    "Also write the outlines with their measurements for QuPath, as <name>-objects.geojson."),
            new SettingSpec(
                    Keys.FLIPS,
                    ValueSpec.of(FLAG),
                    "false",
                    "Flips",
                    "Average over the four flips of the image: a little better, four times slower."),
            new SettingSpec(
                    Keys.PIXEL_SIZE,
                    ValueSpec.number(Range.open(0, 1e9)).or("auto").in("unit of the model"),
                    "auto",
                    "Pixel_size",
                    "Size of the image's pixels, instead of the image's own calibration."),
            new SettingSpec(
                    Keys.NORMALIZATION,
                    ValueSpec.of(ValueSpec.Kind.VALUE_RANGE).or("auto"),
                    "auto",
                    "Normalization",
                    "What becomes 0 and 1 for the model: percentiles of each image, fixed pixel values, or percentiles of all"
                            + " files of the folder together. auto: as the model says, which works best."),
            mode("auto"),
            new SettingSpec(
                    Keys.RECURSIVE,
                    ValueSpec.of(FLAG),
                    "false",
                    "Recursive",
                    "Also take in the folders within the input folder; results lie in folders of the same names."),
            new SettingSpec(
                    Keys.SKIP_EXISTING,
                    ValueSpec.of(FLAG),
                    "false",
                    "Skip_existing",
                    "Keep results of an earlier run where image, model and settings are the same; make all others again."),
            keepPaths());

    private SegmentingTable() {}

    private static SettingSpec range(OptionalKey<Ranges> key, String label, String help) {
        return new SettingSpec(key, ValueSpec.of(ValueSpec.Kind.RANGES).or("all"), "all", label, help);
    }

    static SettingSpec precision() {
        return new SettingSpec(
                Keys.PRECISION,
                ValueSpec.choice("auto", "float32", "bf16", "int8", "fp16"),
                "auto",
                "Precision",
                "Number format. auto is bf16 or else int8, if faster here and the model passed its check, else float32.");
    }

    static SettingSpec channels() {
        return new SettingSpec(
                Keys.CHANNELS,
                ValueSpec.of(CHANNELS).or("auto"),
                "auto",
                "Channels",
                "Channels of the image to use, in the model's order, such as 3,1 or 2-4: 1 is the first. auto takes them as they"
                        + " come.");
    }

    static SettingSpec keepPaths() {
        return new SettingSpec(
                Keys.KEEP_PATHS,
                ValueSpec.of(FLAG),
                "false",
                "Keep_paths",
                "Whether results record the whole paths of files. Otherwise only names and the last folder, because folders"
                        + " often carry the names of people.");
    }

    static SettingSpec mode(String defaultValue) {
        return new SettingSpec(
                Keys.MODE,
                ValueSpec.choice("auto", "slices", "context", "triplanar", "volume"),
                defaultValue,
                "Mode",
                "How stacks are seen: each slice alone, with its neighbours, along three axes, or as a volume.");
    }
}
