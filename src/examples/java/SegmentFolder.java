import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.settings.Settings;

/**
 * Segments a folder as {@code transfuse segment} does, with a table of the objects: {@code SegmentFolder MODEL IMAGES
 * RESULTS}. One bad file is told, and the rest goes on.
 */
public class SegmentFolder {
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.segmenting()
                .with("model", args[0])
                .with("input", args[1])
                .with("output", args[2])
                .with("table", true);
        try (TransFuse model = TransFuse.load(settings)) {
            BatchRun.Report report = BatchRun.of(model).run(new BatchListener() {});
            System.out.println(report.done() + " done, " + report.failed() + " failed");
        }
    }
}
