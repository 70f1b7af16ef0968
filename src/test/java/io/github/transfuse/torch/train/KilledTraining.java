package io.github.transfuse.torch.train;

import java.io.IOException;
import java.nio.file.Path;

/** The process that {@link KilledTrainingTest} kills. */
final class KilledTraining {

    private KilledTraining() {}

    static TinyTraining training(Path folder) {
        return new TinyTraining(folder).epochs(6);
    }

    /** Trains in the folder that is given; its pictures are there. */
    public static void main(String[] arguments) throws IOException {
        training(Path.of(arguments[0])).output("killed").run();
    }
}
