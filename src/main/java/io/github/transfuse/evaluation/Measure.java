package io.github.transfuse.evaluation;

import io.github.transfuse.metrics.ObjectMatching;
import io.github.transfuse.metrics.Overlap;

/** What an evaluation measures, in the order of its tables; NaN where a value is not defined. */
public enum Measure {
    /** Overlap as twice the shared pixels over the sum of both. */
    DICE("dice", "Dice"),
    /** Shared over united pixels. */
    IOU("iou", "IoU"),
    /** Share of the prediction that is true. */
    PRECISION("precision", "Precision"),
    /** Share of the truth that is found. */
    RECALL("recall", "Recall"),
    /** 95th percentile of the distances between the outlines. */
    HD95("hd95", "HD95"),
    /** Mean distance between the outlines. */
    ASSD("assd", "ASSD"),
    /** Share of the outlines that lie within the tolerance of each other. */
    NSD("nsd", "NSD"),
    /** F1 of objects found at an IoU above 0.5. */
    OBJECT_F1("object_f1", "Object F1"),
    /** How visible tiles are. */
    SEAM_INDEX("seam_index", "Seam index");

    private final String key;
    private final String title;

    Measure(String key, String title) {
        this.key = key;
        this.title = title;
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
        Overlap overlap = score.scores().overlap();
        return switch (this) {
            case DICE -> overlap.dice();
            case IOU -> overlap.iou();
            case PRECISION -> overlap.precision();
            case RECALL -> overlap.recall();
            case HD95 -> score.scores().surface().hd95();
            case ASSD -> score.scores().surface().assd();
            case NSD -> score.scores().surface().nsd();
            case OBJECT_F1 -> score.objects().map(ObjectMatching::f1).orElse(Double.NaN);
            case SEAM_INDEX -> score.seamIndex().orElse(Double.NaN);
        };
    }

    /** Whether it is a length in the unit of the image. */
    public boolean isLength() {
        return this == HD95 || this == ASSD;
    }
}
