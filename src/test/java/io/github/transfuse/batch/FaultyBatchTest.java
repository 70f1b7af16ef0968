package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.files.FaultyDisk;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch on a disk that fails once: each file has all results of the new run, or all of the one before and is told. */
class FaultyBatchTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    @TempDir
    private Path folder;

    private final List<Path> inputs = new ArrayList<>();

    private final List<Path> failed = new ArrayList<>();

    private void run(Path output, int factor) throws IOException {
        TransFuse model = FakeNetworks.open(
                        FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()),
                        options -> new FakeNetworks.Times(factor))
                .settings(Settings.parse("probabilities overlay table"));
        failed.clear();
        InputFiles.Found found = new InputFiles.Found(
                inputs.stream().map(path -> new InputFile(path, InputFile.TOP)).toList(), List.of());
        new BatchRun(model, found, new ResultTree(output), false).run(new BatchListener() {
            @Override
            public void failed(Path input, Throwable cause) {
                failed.add(input);
            }
        });
    }

    private static Map<String, String> of(Map<String, String> files, String name) {
        Map<String, String> own = new TreeMap<>(files);
        own.keySet().removeIf(file -> !file.startsWith(name));
        return own;
    }

    @Test
    void everyFileIsWhole() throws IOException {
        for (String name : NAMES) {
            inputs.add(folder.resolve(name + ".png"));
            BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setSample(9, 9, 0, 255);
            ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
        }
        Path output = Files.createDirectory(folder.resolve("out"));
        int failures = 0;
        for (int step = 1; failures < 60; step++) {
            run(output, 2);
            Map<String, String> before = EveryFault.contents(output);
            assertEquals(5 * NAMES.size(), before.size());
            FaultyDisk disk = new FaultyDisk(FaultyDisk.Fault.ONCE, step);
            try {
                run(disk.path(output), 3);
            } catch (IOException e) {
                assertTrue(disk.failed());
                assertEquals(before, EveryFault.contents(output), "nothing began");
                continue;
            }
            if (!disk.failed()) {
                break;
            }
            Map<String, String> after = EveryFault.contents(output);
            for (Path input : inputs) {
                String name = input.getFileName().toString().substring(0, 1);
                boolean kept = of(after, name).equals(of(before, name));
                assertEquals(kept, failed.contains(input), input + " at step " + step);
                assertEquals(of(before, name).keySet(), of(after, name).keySet());
                String probabilities = name + "-probabilities.tif";
                assertEquals(kept, after.get(probabilities).equals(before.get(probabilities)), probabilities);
            }
            assertEquals(before.keySet(), after.keySet());
            failures += failed.size();
        }
        assertTrue(failures > 20, "steps were seen: " + failures);
    }
}
