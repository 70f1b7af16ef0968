package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingRun;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is repeated takes no more memory. */
@Tag("soak")
class FlatMemoryTest {
    private static final int SEGMENTATIONS = Integer.getInteger("transfuse.soak.segmentations", 2000);
    private static final int STEPS = 300;
    private static final int OPENINGS = 200;
    private static final int LOOKS = 20;

    @TempDir
    private Path folder;

    private TransFuse open() throws IOException {
        return TransFuse.load(Settings.parse("model=[" + folder.resolve("model") + "] device=cpu precision=float32"));
    }

    private static Img<UnsignedByteType> picture() {
        byte[] values = new byte[64 * 64 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i * 31);
        }
        return ArrayImgs.unsignedBytes(values, 64, 64, 3);
    }

    @Test
    void segmentations() throws IOException {
        RandomModels.write(folder.resolve("model"), InputSpec.Rule.RESIZE, 1);
        MemoryCurve curve = new MemoryCurve(SEGMENTATIONS + " segmentations");
        try (TransFuse model = open()) {
            for (int i = 1; i <= SEGMENTATIONS; i++) {
                model.segment(picture());
                if (i % (SEGMENTATIONS / LOOKS) == 0) {
                    curve.look();
                }
            }
            curve.assertFlat();
            curve.assertNoPointers(0);
        }
    }

    @Test
    void openingsAndClosings() throws IOException {
        RandomModels.write(folder.resolve("model"), InputSpec.Rule.RESIZE, 1);
        MemoryCurve curve = new MemoryCurve(OPENINGS + " openings and closings");
        for (int i = 1; i <= OPENINGS; i++) {
            try (TransFuse model = open()) {
                model.segment(picture());
            }
            if (i % (OPENINGS / LOOKS) == 0) {
                curve.look();
            }
        }
        curve.assertFlat();
        curve.assertNoPointers(0);
    }

    @Test
    void stepsOfATraining() throws IOException {
        TinyTraining training = new TinyTraining(folder).pictures(44).batch(2).epochs(18);
        MemoryCurve curve = new MemoryCurve(STEPS + " steps of a training");
        int[] steps = {0};
        try (TrainingRun run =
                Trainings.prepare(training.plan(), new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of()))) {
            run.run(new TrainingListener() {
                @Override
                public void step(int epoch, int step, int of, double loss) {
                    steps[0]++;
                    if (steps[0] % (STEPS / LOOKS) == 0) {
                        curve.look();
                    }
                }
            });
        }
        assertTrue(steps[0] >= STEPS, steps[0] + " steps");
        curve.assertFlat();
        curve.assertNoPointers(0);
    }
}
