package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beside each other when Java's memory runs out: each of them gets another chance, alone. */
class ScarceMemoryTest {
    private static final int FILES = 6;

    @TempDir
    private Path folder;

    private final List<String> done = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** Has no memory for so many calls. */
    private record Scarce(Network network, AtomicInteger left, AtomicInteger calls) implements Network {
        @Override
        public NetworkInfo info() {
            return network.info();
        }

        @Override
        public Batch predict(Batch tiles) {
            calls.incrementAndGet();
            if (left.getAndDecrement() > 0) {
                throw new OutOfMemoryError("Java heap space");
            }
            return network.predict(tiles);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    @BeforeEach
    void draw() throws IOException {
        for (int i = 0; i < FILES; i++) {
            BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setSample(9, 9, 0, 255);
            ImageIO.write(picture, "png", folder.resolve("image" + i + ".png").toFile());
        }
    }

    /** How often the network was asked. */
    private int run(int failures) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        TransFuse model = FakeNetworks.open(
                FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty()),
                options -> new Scarce(new FakeNetworks.Times(2), new AtomicInteger(failures), calls));
        List<InputFile> inputs = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            inputs.add(new InputFile(folder.resolve("image" + i + ".png"), InputFile.TOP));
        }
        ResultTree results = new ResultTree(Files.createDirectories(folder.resolve("out")));
        new BatchRun(model, new InputFiles.Found(inputs, List.of()), results, false).run(new BatchListener() {
            @Override
            public void done(Path input, Segmentation result, List<Path> written) {
                done.add(input.getFileName().toString());
            }

            @Override
            public void failed(Path input, Throwable cause) {
                failed.add(input.getFileName().toString());
            }
        });
        return calls.get();
    }

    @Test
    void whatFailsForOthersIsDoneAlone() throws IOException {
        int calls = run(1);
        assertEquals(List.of(), failed);
        assertEquals(FILES, done.size());
        assertEquals(FILES + 1, calls);
    }

    @Test
    void onceMoreAndNotForever() throws IOException {
        int calls = run(Integer.MAX_VALUE);
        assertEquals(FILES, failed.size());
        assertEquals(2 * FILES, calls, "each file twice");
        assertTrue(done.isEmpty());
    }
}
