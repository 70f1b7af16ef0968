package io.github.transfuse.batch;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Small pictures in folders, and a model that finds the white in them. */
final class Pictures {
    private Pictures() {}

    /** A picture with one white pixel. */
    static Path write(Path file, int at) throws IOException {
        BufferedImage picture = new BufferedImage(20, 16, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setSample(at % 20, at / 20, 0, 255);
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    static TransFuse model(Path input, Path output, String settings) {
        return FakeNetworks.open(
                        FakeNetworks.model(Rule.TILE, 1, Kind.INSTANCES, Optional.empty()),
                        options -> new FakeNetworks.Times(2))
                .settings(Settings.parse(settings)
                        .with("threshold", 0.7)
                        .with("input", input)
                        .with("output", output));
    }

    /** Files at any depth, by their paths with slashes. */
    static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
