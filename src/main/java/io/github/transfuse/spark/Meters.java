package io.github.transfuse.spark;

import io.github.transfuse.batch.FileResult;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * What Spark's pages count beside each stage.
 *
 * @param images that are segmented or evaluated
 * @param objects in them
 * @param tiles of images that are computed in parts
 * @param seconds of all workers
 */
record Meters(LongAccumulator images, LongAccumulator objects, LongAccumulator tiles, DoubleAccumulator seconds)
        implements Serializable {

    /** Those of a job. */
    static Meters of(SparkContext spark) {
        return new Meters(
                spark.longAccumulator("TransFuse: images"),
                spark.longAccumulator("TransFuse: objects"),
                spark.longAccumulator("TransFuse: tiles of large images"),
                spark.doubleAccumulator("TransFuse: seconds"));
    }

    void count(TaskReport report) {
        for (FileResult file : report.files()) {
            if (!file.isFailed() && !file.kept()) {
                images.add(1);
                objects.add(Math.max(0, file.objects()));
            }
        }
        seconds.add(report.seconds());
    }

    void count(ScoredTask report) {
        images.add(report.part().scored());
        seconds.add(report.seconds());
    }

    void count(BlockReport report) {
        tiles.add(report.tiles());
        seconds.add(report.seconds());
    }
}
