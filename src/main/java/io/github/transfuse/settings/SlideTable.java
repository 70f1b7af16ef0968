package io.github.transfuse.settings;

import static io.github.transfuse.settings.ValueSpec.Kind.FLAG;
import static io.github.transfuse.settings.ValueSpec.Kind.TEXT;

import io.github.transfuse.settings.ValueSpec.Range;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The settings for whole slides: those of segmenting that make sense there, and what becomes of what is found. */
final class SlideTable {
    /** Files and pictures of results, and what is said of slides in other words: areas for sizes, objects for labels. */
    private static final Set<SettingKey<?>> OF_FILES = Set.of(
            Keys.INPUT,
            Keys.OUTPUT,
            Keys.OUTPUT_TYPE,
            Keys.PROBABILITIES,
            Keys.OVERLAY,
            Keys.TABLE,
            Keys.SLICES,
            Keys.FRAMES,
            Keys.SELECTION,
            Keys.ALL_IMAGES,
            Keys.ROIS,
            Keys.GEOJSON,
            Keys.LABEL_FORMAT,
            Keys.EXCLUDE_EDGES,
            Keys.MIN_SIZE,
            Keys.PIXEL_SIZE,
            Keys.NORMALIZATION, // scripts give numbers of a whole slide
            Keys.RECURSIVE,
            Keys.SKIP_EXISTING,
            Keys.KEEP_PATHS);

    static final List<SettingSpec> SPECS = Stream.of(
                    SegmentingTable.SPECS.stream()
                            .filter(spec -> !OF_FILES.contains(spec.key()))
                            .map(spec -> spec.key().equals(Keys.CHANNELS) ? channels() : spec),
                    planes(),
                    scale(),
                    objects(),
                    features(),
                    reading())
            .flatMap(rows -> rows)
            .toList();

    /** How drawings become images and masks to learn from. */
    static final List<SettingSpec> EXPORT = List.of(
            new SettingSpec(
                    Keys.LEARN,
                    ValueSpec.choice("auto", "objects", "areas"),
                    "auto",
                    "Learn",
                    "objects: each annotation is one object, such as a cell, and touching ones are told apart. areas: all"
                            + " annotations of a class are one area, such as tissue. auto: as the model to start from; or"
                            + " objects, if they are small and of one class."),
            new SettingSpec(
                    Keys.DETECTIONS,
                    ValueSpec.choice("all", "corrected", "none"),
                    "all",
                    "Detections",
                    "Which detections in the regions count like annotations: all, only those that you corrected, or none."),
            new SettingSpec(
                    Keys.SPARSE,
                    ValueSpec.of(FLAG),
                    "false",
                    "Sparse",
                    "Ignore what is not annotated (then annotate Background too)."),
            new SettingSpec(
                    Keys.PIXEL_SIZE,
                    ValueSpec.number(Range.open(0, 1e9)).or("auto").in("micron"),
                    "auto",
                    "Pixel_size (µm)",
                    "Microns per pixel at which regions are learned. Images with larger pixels are taken as they are."
                            + " auto: as the model to start from, or 0.5."),
            new SettingSpec(
                    Keys.VALIDATION_SHARE,
                    ValueSpec.number(Range.open(0, 0.9)),
                    "0.2",
                    "Validation_share",
                    "Part of the regions that judges the training and is not learned, if none is of the class Validation."));

    private SlideTable() {}

    /** Channels of slides have names. */
    private static SettingSpec channels() {
        return new SettingSpec(
                Keys.SLIDE_CHANNELS,
                ValueSpec.of(TEXT).or("auto"),
                "auto",
                "Channels",
                "What the model sees: names or numbers of channels, or stains of a brightfield image, with commas between"
                        + " them. auto: the channels as they come. One channel is enough for a model of colours.");
    }

    private static Stream<SettingSpec> planes() {
        return Stream.of(
                planes(Keys.SLICES, "Slices", "Slices along z, such as 4-6 or 9-, where the whole image is segmented."),
                planes(Keys.FRAMES, "Frames", "Time points, such as 1,5 or 9-, where the whole image is segmented."));
    }

    private static SettingSpec planes(SettingKey<?> key, String label, String help) {
        return new SettingSpec(key, ValueSpec.of(ValueSpec.Kind.RANGES).or("all"), "all", label, help);
    }

    private static Stream<SettingSpec> features() {
        return Stream.of(
                new SettingSpec(
                        Keys.CELL_EXPANSION,
                        ValueSpec.number(Range.closed(0, 1e6)).in("µm, or px of the slide"),
                        "0",
                        "Cell_expansion (µm)",
                        "Makes cells of nuclei: each is expanded by so much, but not into its neighbours. 0: nuclei as they are."),
                new SettingSpec(
                        Keys.SHAPE_FEATURES,
                        ValueSpec.of(FLAG),
                        "false",
                        "Shape_features",
                        "Add QuPath's shape features, such as circularity and diameters."),
                new SettingSpec(
                        Keys.INTENSITY_FEATURES,
                        ValueSpec.of(FLAG),
                        "false",
                        "Intensity_features",
                        "Add QuPath's intensity features of each channel or stain."));
    }

    private static Stream<SettingSpec> scale() {
        return Stream.of(
                new SettingSpec(
                        Keys.PIXEL_SIZE,
                        ValueSpec.number(Range.open(0, 1e9)).or("auto").in("micron"),
                        "auto",
                        "Pixel_size (µm)",
                        "Microns per pixel at which the slide is read. auto: those of the model."),
                new SettingSpec(
                        Keys.DOWNSAMPLE,
                        ValueSpec.number(Range.open(0, 1e9)).or("auto").in("px of the slide"),
                        "auto",
                        "Downsample",
                        "Pixels of the slide for one that is read, whatever its calibration: instead of the pixel size."));
    }

    private static Stream<SettingSpec> objects() {
        return Stream.of(
                new SettingSpec(
                        Keys.CREATE,
                        ValueSpec.choice("auto", "annotations", "detections"),
                        "auto",
                        "Create",
                        "One annotation for each class or instance, or one detection for each object. auto: annotations of"
                                + " classes, detections of instances."),
                new SettingSpec(
                        Keys.BORDERS,
                        ValueSpec.choice("whole", "constrain_to_parent", "exclude_edges"),
                        "whole",
                        "Borders",
                        "Objects across the outline of an annotation: whole, if their centre lies inside; cut at the outline;"
                                + " or left out. Classes always end at the outline."),
                new SettingSpec(
                        Keys.MIN_AREA,
                        ValueSpec.number(Range.closed(0, 1e15)).or("auto").in("µm^2, or px of the slide"),
                        "auto",
                        "Min_area (µm²)",
                        "Smaller objects are left out. In pixels of the slide if it is not calibrated. auto: what the model"
                                + " leaves out; 0: nothing."),
                new SettingSpec(
                        Keys.TISSUE_ONLY,
                        ValueSpec.of(FLAG),
                        "false",
                        "Tissue_only",
                        "Leave out the glass around the tissue."),
                new SettingSpec(
                        Keys.MEASUREMENTS,
                        ValueSpec.of(FLAG),
                        "true",
                        "Measurements",
                        "Add the mean probability and the area to each object."));
    }

    private static Stream<SettingSpec> reading() {
        return Stream.of(
                new SettingSpec(
                        Keys.N_THREADS,
                        ValueSpec.integer(1, 1024).or("auto").in("threads"),
                        "auto",
                        "N_threads",
                        "Regions of the slide that are read at once. auto: half of the cores. Results do not depend on it."),
                new SettingSpec(
                        Keys.SKIP_UNREADABLE,
                        ValueSpec.of(FLAG),
                        "false",
                        "Skip_unreadable",
                        "Go on where a region cannot be read, as if it were empty. Otherwise such a region ends the run."));
    }
}
