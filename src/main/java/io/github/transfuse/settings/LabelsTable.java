package io.github.transfuse.settings;

import static io.github.transfuse.settings.ValueSpec.Kind.FLAG;
import static io.github.transfuse.settings.ValueSpec.Kind.INPUT_PATH;
import static io.github.transfuse.settings.ValueSpec.Kind.OUTPUT_PATH;
import static io.github.transfuse.settings.ValueSpec.Kind.TEXT;

import java.util.List;

/** The settings for what is done with label images. */
final class LabelsTable {
    static final List<SettingSpec> MEASURE = List.of(
            input("Label image: its title, ID or file."),
            new SettingSpec(
                    Keys.IMAGE,
                    ValueSpec.of(TEXT),
                    "",
                    "Image",
                    "Image of the same size whose intensities are measured: its title, ID or file. Nothing: shapes only."),
            new SettingSpec(
                    Keys.PER_SLICE,
                    ValueSpec.of(FLAG),
                    "false",
                    "Per_slice",
                    "Measure areas in each slice alone. Otherwise objects of a stack reach through its slices."),
            output("Folder for <name>-objects.csv; made if missing. Nothing: only the table."));

    static final List<SettingSpec> OUTLINE = List.of(
            input("Label image: its title, ID or file."),
            new SettingSpec(
                    Keys.DESTINATION,
                    ValueSpec.choice("auto", "manager", "overlay"),
                    "auto",
                    "Destination",
                    "Where the ROIs go: added to the ROI Manager, or to the overlay of the label image. auto: the ROI"
                            + " Manager; without a display the overlay."),
            output("Folder for <name>-rois.zip; made if missing. Nothing: no file."));

    static final List<SettingSpec> DRAW = List.of(
            input("Image that the ROIs belong to: its title, ID or file. The labels get its size."),
            new SettingSpec(
                    Keys.SOURCE,
                    ValueSpec.choice("auto", "manager", "overlay"),
                    "auto",
                    "Source",
                    "Where the ROIs are taken from. auto: the ROI Manager or, if it is empty, the overlay of the image."));

    private LabelsTable() {}

    private static SettingSpec input(String help) {
        return new SettingSpec(Keys.INPUT, ValueSpec.of(INPUT_PATH), "", "Input", help);
    }

    private static SettingSpec output(String help) {
        return new SettingSpec(Keys.OUTPUT, ValueSpec.of(OUTPUT_PATH), "", "Output", help);
    }
}
