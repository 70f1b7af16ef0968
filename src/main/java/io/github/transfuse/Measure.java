package io.github.transfuse;

import io.github.transfuse.metrics.ObjectMatching;
import java.util.function.ToDoubleFunction;

/** What an evaluation measures, in the order of its tables; NaN where a value is not defined. */
public enum Measure {
    /** Overlap as twice the shared pixels over the sum of both. */
    DICE("dice", "Dice", score -> score.scores().overlap().dice()),
    /** Shared over united pixels. */
    IOU("iou", "IoU", score -> score.scores().overlap().iou()),
    /** Share of the prediction that is true. */
    PRECISION("precision", "Precision", score -> score.scores().overlap().precision()),
    /** Share of the truth that is found. */
    RECALL("recall", "Recall", score -> score.scores().overlap().recall()),
    /** 95th percentile of the distances between the outlines. */
    HD95("hd95", "HD95", score -> score.scores().surface().hd95()),
    /** Mean distance between the outlines. */
    ASSD("assd", "ASSD", score -> score.scores().surface().assd()),
    /** F1 of objects found at an IoU above 0.5. */
    OBJECT_F1("object_f1", "Object F1", score -> score.objects()
            .map(ObjectMatching::f1)
            .orElse(Double.NaN)),
    /** How visible tiles are. */
    SEAM_INDEX("seam_index", "Seam index", score -> score.seamIndex().orElse(Double.NaN));

    private final String key;
    private final String title;
    private final ToDoubleFunction<CaseScore> value;

    Measure(String key, String title, ToDoubleFunction<CaseScore> value) {
        this.key = key;
        this.title = title;
        this.value = value;
    }

    /** The heading in CSV files. */
    public String key() {
        return key;
    }

    /** The heading for people. */
    public String title() {
        return title;
    }

    /** The value of a row; NaN if it is not defined. */
    public double of(CaseScore score) {
        return value.applyAsDouble(score);
    }

    /** Whether it is a length in the unit of the image. */
    public boolean isLength() {
        return this == HD95 || this == ASSD;
    }
}
