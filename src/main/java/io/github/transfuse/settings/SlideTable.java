package io.github.transfuse.settings;

import static io.github.transfuse.settings.ValueSpec.Kind.FLAG;

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
                    SegmentingTable.SPECS.stream().filter(spec -> !OF_FILES.contains(spec.key())),
                    scale(),
                    objects(),
                    reading())
            .flatMap(rows -> rows)
            .toList();

    /** How drawings become images and masks to learn from. */
    static final List<SettingSpec> EXPORT = List.of(
            new SettingSpec(
                    Keys.PIXEL_SIZE,
                    ValueSpec.number(Range.open(0, 1e9)).in("micron"),
                    "0.5",
                    "Pixel_size (µm)",
                    "Microns per pixel at which regions are written. Images with larger pixels are written as they are."),
            new SettingSpec(
                    Keys.SPARSE,
                    ValueSpec.of(FLAG),
                    "false",
                    "Sparse",
                    "Ignore what is not annotated (then annotate Background too)."));

    private SlideTable() {}

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
