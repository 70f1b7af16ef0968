package io.github.transfuse.architecture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The packages of the product and, for each, the packages it may use beside itself: the table of the design. */
enum Room {
    FILES(""),
    PROGRESS(""),
    WEIGHTS("FILES"),
    MODEL("FILES WEIGHTS"),
    IMAGE("FILES MODEL"),
    TILING("PROGRESS"),
    LABELS(""),
    METRICS(""),
    MEASURE("FILES LABELS"),
    ENGINE("FILES MODEL"),
    SETTINGS("ENGINE"),
    INFERENCE("PROGRESS MODEL IMAGE TILING LABELS"),
    SAMPLES("MODEL IMAGE TILING LABELS INFERENCE"),
    SEGMENTATION("PROGRESS MODEL IMAGE TILING LABELS ENGINE SETTINGS INFERENCE"),
    TRAINING("FILES WEIGHTS MODEL IMAGE ENGINE SETTINGS INFERENCE SAMPLES SEGMENTATION"),
    ROOT("FILES PROGRESS MODEL IMAGE LABELS ENGINE SETTINGS INFERENCE SEGMENTATION TRAINING"),
    BATCH("ROOT FILES PROGRESS MODEL IMAGE LABELS MEASURE ENGINE SETTINGS INFERENCE SEGMENTATION"),
    EVALUATION("ROOT BATCH FILES PROGRESS MODEL IMAGE TILING METRICS ENGINE SETTINGS INFERENCE SAMPLES SEGMENTATION"),
    BENCH("ROOT FILES WEIGHTS MODEL ENGINE SETTINGS SEGMENTATION TRAINING"),
    TORCH("FILES ENGINE MODEL WEIGHTS TORCH_NN TORCH_INFER TORCH_TRAIN"),
    TORCH_NN("MODEL WEIGHTS"),
    TORCH_INFER("ENGINE MODEL TORCH_NN"),
    TORCH_TRAIN("INFERENCE FILES PROGRESS TORCH_NN ENGINE MODEL WEIGHTS METRICS SAMPLES TILING"),
    VIEW("FILES METRICS ENGINE SETTINGS EVALUATION"),
    IMAGEJ("ROOT VIEW FILES PROGRESS MODEL IMAGE LABELS MEASURE ENGINE SETTINGS TRAINING BATCH EVALUATION"),
    SLIDE("ROOT FILES PROGRESS MODEL IMAGE LABELS ENGINE SETTINGS INFERENCE SEGMENTATION TRAINING BATCH"),
    QUPATH("SLIDE ROOT VIEW FILES PROGRESS MODEL IMAGE LABELS ENGINE SETTINGS INFERENCE SEGMENTATION TRAINING BATCH"),
    CLI("ROOT VIEW MODEL ENGINE SETTINGS SEGMENTATION TRAINING BATCH EVALUATION BENCH");

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
