package io.github.transfuse.architecture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The packages of the product and, for each, the packages it may use beside itself: the table of the design. */
enum Room {
    FILES(""),
    PROGRESS(""),
    SETTINGS("ENGINE"),
    ROOT("SETTINGS FILES PROGRESS WEIGHTS MODEL IMAGE TILING LABELS METRICS SAMPLES ENGINE"),
    WEIGHTS("FILES"),
    MODEL("FILES WEIGHTS"),
    IMAGE("FILES MODEL"),
    TILING("PROGRESS"),
    LABELS(""),
    METRICS("LABELS"),
    SAMPLES("IMAGE MODEL LABELS"),
    ENGINE("MODEL"),
    TORCH("FILES ENGINE MODEL WEIGHTS TORCH_NN TORCH_INFER TORCH_TRAIN"),
    TORCH_NN("MODEL WEIGHTS"),
    TORCH_INFER("ENGINE MODEL TORCH_NN"),
    TORCH_TRAIN("FILES TORCH_NN ENGINE MODEL WEIGHTS METRICS SAMPLES PROGRESS TILING"),
    VIEW("FILES SETTINGS ROOT METRICS LABELS ENGINE"),
    IMAGEJ("SETTINGS PROGRESS FILES ROOT VIEW MODEL IMAGE LABELS METRICS ENGINE"),
    QUPATH("SETTINGS PROGRESS FILES ROOT VIEW MODEL IMAGE LABELS METRICS ENGINE"),
    CLI("SETTINGS PROGRESS FILES ROOT VIEW MODEL IMAGE LABELS METRICS ENGINE");

    private final String mayUse;

    Room(String mayUse) {
        this.mayUse = mayUse;
    }

    List<Room> mayUse() {
        return Stream.of(mayUse.split(" "))
                .filter(name -> !name.isEmpty())
                .map(Room::valueOf)
                .toList();
    }

    /** The package's name below the base package; empty for the base package itself. */
    String path() {
        return this == ROOT ? "" : name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Whether packages below this one belong to it; those below the root and below torch are rooms themselves. */
    boolean hasSubPackagesOfItsOwn() {
        return this != ROOT && this != TORCH;
    }
}
