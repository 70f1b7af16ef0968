package io.github.transfuse.spark;

import io.github.transfuse.RandomModels;
import io.github.transfuse.batch.DistributedRun;
import io.github.transfuse.batch.FileResult;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Small pictures, and a model that knows nothing but computes.
 *
 * @param root folder of all
 * @param model folder of the model
 */
record SparkFolder(Path root, Path model) {

    static SparkFolder write(Path root, Path model, int count) throws IOException {
        if (!Files.exists(model)) {
            RandomModels.write(model, InputSpec.Rule.RESIZE, 7);
        }
        for (int i = 0; i < count; i++) {
            picture(root.resolve(String.format("in/%c/p%03d.png", 'a' + i % 2, i)), i);
        }
        return new SparkFolder(root, model);
    }

    private static void picture(Path file, int seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage picture =
                new BufferedImage(60 + random.nextInt(40), 50 + random.nextInt(30), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 12; i++) {
            Graphics2D g = picture.createGraphics();
            g.setColor(new Color(random.nextInt(1 << 24)));
            g.fillOval(random.nextInt(80), random.nextInt(60), 5 + random.nextInt(30), 5 + random.nextInt(30));
            g.dispose();
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
    }

    Path input() {
        return root.resolve("in");
    }

    Path output(String name) {
        return root.resolve(name);
    }

    Settings settings(String output) {
        return Settings.parse("recursive overlay table threshold=0.5 device=cpu precision=float32")
                .with(Keys.MODEL, model.toString())
                .with(Keys.INPUT, input().toString())
                .with(Keys.OUTPUT, output(output));
    }

    /** All files of results but those of all images together, hidden ones too, by their names; what tells times and folders is left out. */
    Map<String, String> contents(String output) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(output(output))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = output(output).relativize(file).toString().replace('\\', '/');
                if (!List.of(Manifest.NAME, MeasurementTable.CSV, MeasurementTable.PARQUET)
                        .contains(name)) {
                    contents.put(name, content(file));
                }
            }
        }
        return contents;
    }

    /** Names of files that are in one of two outputs only, or differ. */
    Set<String> differences(String one, String other) throws IOException {
        Map<String, String> first = contents(one);
        Map<String, String> second = contents(other);
        Set<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        names.removeIf(name -> first.containsKey(name) && first.get(name).equals(second.get(name)));
        return names;
    }

    /** The pixels of labels, whose file has the record within; the text of a record without times and tiles; all other bytes. */
    private static String content(Path file) throws IOException {
        if (file.toString().endsWith(".tif")) {
            StringBuilder pixels = new StringBuilder();
            var labels = ImageFiles.readLabels(file).pixels();
            pixels.append(labels.dimension(0)).append('x').append(labels.dimension(1));
            labels.forEach(pixel -> pixels.append(' ').append((long) pixel.getRealDouble()));
            return pixels.toString();
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        return file.toString().endsWith(".json")
                ? bytes.replaceAll("\"(seconds|output|skip_existing|tiles|batch_size)\": ?[^,\n]*", "")
                : bytes;
    }

    /** Told of a run. */
    static final class Told implements DistributedRun.Listener {
        final List<FileResult> files = new ArrayList<>();
        final List<String> notes = new ArrayList<>();

        @Override
        public void begins(long total) {
            notes.add(total + " files");
        }

        @Override
        public void file(FileResult result) {
            files.add(result);
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    }
}
