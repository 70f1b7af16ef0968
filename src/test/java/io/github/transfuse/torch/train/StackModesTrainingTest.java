package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks for planes that learn from stacks with more than the slice in question. */
class StackModesTrainingTest {

    @TempDir
    private Path folder;

    @Test
    void learnsSlicesWithTheirNeighbours() throws IOException {
        TinyTraining training = new TinyTraining(folder).context(4).batch(4).epochs(20);
        ModelFolder model = learned(training);
        InputSpec.Sampling sampling = model.spec().input().sampling();
        assertEquals(InputSpec.Mode.CONTEXT, sampling.mode());
        assertEquals(1, sampling.context());
        assertEquals(3, model.spec().network().channels());
        assertEquals(1, model.spec().imageChannels());
    }

    @Test
    void learnsPlanesAcrossThreeAxes() throws IOException {
        ModelFolder model =
                learned(new TinyTraining(folder).triplanar(6).batch(4).epochs(20));
        assertEquals(InputSpec.Mode.TRIPLANAR, model.spec().input().sampling().mode());
        assertEquals(List.of(32, 32), model.spec().input().size());
    }

    private static ModelFolder learned(TinyTraining training) throws IOException {
        List<EpochReport> epochs = training.run().epochs();
        double dice = epochs.get(epochs.size() - 1).validation().dice();
        assertTrue(dice > 0.8, "validation Dice " + dice);
        return ModelFolder.open(training.outputFolder());
    }
}
