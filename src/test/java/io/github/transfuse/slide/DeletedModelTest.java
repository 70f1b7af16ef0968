package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.RandomModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.files.FolderTree;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes or exchanges a model's folder while it is used. */
class DeletedModelTest {
    private static final SlideRegion REGION = new SlideRegion(600, 600, 120, 100, RegionReader.Plane.FIRST);

    @TempDir
    private Path folder;

    private final PyramidServer server = new PyramidServer(2_000);
    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("mine");
        RandomModels.write(model, InputSpec.Rule.TILE, 1);
    }

    private SlideRun.Outcome segment(TransFuse network, BatchListener listener) throws IOException {
        return new SlideRun(network, server, server.info(), SlideOptions.DEFAULT)
                .segment(REGION, Optional.empty(), listener);
    }

    @Test
    void aRunThatHasBegunGoesOn() throws IOException {
        BatchListener deletes = new BatchListener() {
            @Override
            public void report(long done, long total, String step) {
                if (done > 0) {
                    delete();
                }
            }
        };
        try (TransFuse network = TransFuse.load(model.toString()).device("cpu")) {
            SlideRun.Outcome before = segment(network, BatchListener.NONE);
            SlideRun.Outcome during = segment(network, deletes);

            assertFalse(Files.exists(model), "deleted while the run went on");
            assertFalse(before.objects().isEmpty());
            assertTrue(before.objects()
                    .get(0)
                    .shape()
                    .equalsExact(during.objects().get(0).shape()));
            assertEquals(before.tiles(), segment(network, BatchListener.NONE).tiles(), "and may be used again");
        }
    }

    @Test
    void aRunThatHasNotBegunSaysWhatIsMissing() throws IOException {
        try (TransFuse network = TransFuse.load(model.toString()).device("cpu")) {
            delete();

            String message = assertThrows(ModelFormatException.class, () -> segment(network, BatchListener.NONE))
                    .getMessage();
            assertTrue(message.startsWith(model.toString()), message);
            assertTrue(message.contains("no such file") && message.contains("Check the path"), message);
        }
    }

    /** Another model in its place would give results with the record of the first. */
    @Test
    void otherWeightsInItsPlaceAreRefused() throws IOException {
        Path other = folder.resolve("other");
        RandomModels.write(other, InputSpec.Rule.TILE, 3);
        try (TransFuse network = TransFuse.load(model.toString()).device("cpu")) {
            Files.copy(
                    other.resolve(ModelFolder.WEIGHTS),
                    model.resolve(ModelFolder.WEIGHTS),
                    StandardCopyOption.REPLACE_EXISTING);

            String message = assertThrows(ModelFormatException.class, () -> segment(network, BatchListener.NONE))
                    .getMessage();
            assertTrue(message.contains("have changed since the model was loaded. Load the model again."), message);
        }
    }

    private void delete() {
        try {
            FolderTree.delete(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
