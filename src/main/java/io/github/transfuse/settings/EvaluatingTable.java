package io.github.transfuse.settings;

import static io.github.transfuse.settings.ValueSpec.Kind.INPUT_PATH;
import static io.github.transfuse.settings.ValueSpec.Kind.OUTPUT_PATH;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The settings for evaluating: folders, how to segment, and what the masks mean. */
final class EvaluatingTable {
    /** Settings of segmenting that make no sense here. */
    private static final Set<SettingKey<?>> OF_FILES = Set.of(
            Keys.INPUT,
            Keys.OUTPUT,
            Keys.EXCLUDE_EDGES,
            Keys.LABEL_FORMAT,
            Keys.PROBABILITIES,
            Keys.OVERLAY,
            Keys.TABLE,
            Keys.ROIS,
            Keys.GEOJSON,
            Keys.SLICES,
            Keys.FRAMES,
            Keys.SELECTION,
            Keys.ALL_IMAGES,
            Keys.RECURSIVE,
            Keys.SKIP_EXISTING);

    private static final Set<SettingKey<?>> OF_MASKS = Set.of(Keys.MASK_TYPE, Keys.IGNORE_LABEL);

    static final List<SettingSpec> SPECS = Stream.of(
                    Stream.of(
                            new SettingSpec(
                                    Keys.IMAGES,
                                    ValueSpec.of(INPUT_PATH),
                                    "",
                                    "Images",
                                    "Folder of images; in ImageJ also the title of an open image or stack."),
                            new SettingSpec(
                                    Keys.MASKS,
                                    ValueSpec.of(INPUT_PATH),
                                    "",
                                    "Masks",
                                    "Folder of masks; names equal those of the images, or end in _mask(s),"
                                            + " _segmentation, _label(s), _cp_masks. In ImageJ also the title of an open label image,"
                                            + " or for ROIs the title of the image itself, manager or overlay."),
                            new SettingSpec(
                                    Keys.OUTPUT,
                                    ValueSpec.of(OUTPUT_PATH),
                                    "",
                                    "Output",
                                    "Folder for evaluation.csv and report.html; made if missing.")),
                    SegmentingTable.SPECS.stream().filter(spec -> !OF_FILES.contains(spec.key())),
                    TrainingTable.SPECS.stream().filter(spec -> OF_MASKS.contains(spec.key())),
                    Stream.of(new SettingSpec(
                            Keys.TOLERANCE,
                            ValueSpec.number(ValueSpec.Range.closed(0, 1e9))
                                    .or("auto")
                                    .in("unit of the image"),
                            "auto",
                            "Tolerance (unit of the image)",
                            "Distance, such as 2 mm, within which outlines count as the same for NSD. auto: the longest side"
                                    + " of a pixel or voxel.")))
            .flatMap(rows -> rows)
            .toList();

    private EvaluatingTable() {}
}
