package io.github.transfuse.cli;

import io.github.transfuse.RandomModels;
import io.github.transfuse.engine.CheckpointFiles;
import io.github.transfuse.model.InputSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands that are disturbed, on three small pictures. */
final class FaultedCommands {
    private final Path folder;
    private final Path disk;

    /**
     * Draws the pictures and makes two models.
     *
     * @param folder of what is read
     * @param disk that will fail, for what is written
     */
    FaultedCommands(Path folder, Path disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        TrainingProcess.in(folder, 3);
        for (int i = 1; i <= 2; i++) {
            RandomModels.write(model(i), InputSpec.Rule.RESIZE, i);
        }
    }

    private Path model(int number) {
        return folder.resolve("model-" + number);
    }

    List<FaultedCommand> all() {
        return List.of(new Segment(), new Evaluate(), new Import(), new Train());
    }

    private final class Segment implements FaultedCommand {
        @Override
        public String title() {
            return "transfuse segment";
        }

        @Override
        public boolean isTriedEverywhere() {
            return true;
        }

        @Override
        public Path output() {
            return disk.resolve("segmented");
        }

        @Override
        public String[] earlier() {
            return segment("0.4");
        }

        @Override
        public String[] command() {
            return segment("0.6");
        }

        @Override
        public Set<String> names() {
            return Set.of("p0", "segmented:");
        }

        private String[] segment(String threshold) {
            return new String[] {
                "segment",
                "--model=" + model(1),
                "--input=" + folder.resolve("images").resolve("p0.png"),
                "--output=" + output(),
                "--precision=float32",
                "--device=cpu",
                "--output-type=instances",
                "--min-size=0",
                "--threshold=" + threshold,
                "--probabilities",
                "--overlay",
                "--table",
                "--rois",
                "--geojson"
            };
        }
    }

    private final class Evaluate implements FaultedCommand {
        @Override
        public String title() {
            return "transfuse evaluate";
        }

        @Override
        public Path output() {
            return disk.resolve("evaluated");
        }

        @Override
        public String[] earlier() {
            return evaluate(1);
        }

        @Override
        public String[] command() {
            return evaluate(2);
        }

        @Override
        public Set<String> names() {
            return Set.of("evaluat", "report.html");
        }

        private String[] evaluate(int model) {
            return new String[] {
                "evaluate",
                "--model=" + model(model),
                "--images=" + folder.resolve("images"),
                "--masks=" + folder.resolve("masks"),
                "--output=" + output(),
                "--precision=float32",
                "--device=cpu"
            };
        }
    }

    /** Nothing is there before: an import replaces no model. */
    private final class Import implements FaultedCommand {
        @Override
        public String title() {
            return "transfuse import";
        }

        @Override
        public Path output() {
            return disk.resolve("imported");
        }

        @Override
        public String[] earlier() {
            return new String[0];
        }

        @Override
        public String[] command() {
            return imported("mine");
        }

        /** Where the model is there already, another one beside it. */
        @Override
        public String[] next() {
            return imported(Files.exists(output().resolve("mine").resolve("model.json")) ? "other" : "mine");
        }

        private String[] imported(String name) {
            return new String[] {
                "import",
                model(1).resolve("weights.safetensors").toString(),
                "--variant=T",
                "--output=" + output().resolve(name),
                "--align-corners=true"
            };
        }

        @Override
        public Set<String> names() {
            return Set.of("mine", "imported");
        }

        @Override
        public Map<String, String> contents(String passedOver) throws IOException {
            Map<String, String> said = ResultContents.of(output(), passedOver);
            said.keySet().removeIf(name -> name.startsWith("other"));
            return said;
        }
    }

    /** A training of two epochs, in a folder that holds an earlier model. */
    private final class Train implements FaultedCommand {
        private static final Set<String> MODEL = Set.of("model.json", "README.md", "weights.safetensors", "data.csv");

        @Override
        public String title() {
            return "transfuse train";
        }

        @Override
        public boolean isQuick() {
            return false;
        }

        @Override
        public Path output() {
            return disk.resolve("trained");
        }

        @Override
        public String[] earlier() {
            return train(1);
        }

        @Override
        public String[] command() {
            return train(2);
        }

        @Override
        public String[] next() {
            if (!CheckpointFiles.areIn(output())) {
                return command();
            }
            String[] resumed = java.util.Arrays.copyOf(command(), command().length + 1);
            resumed[resumed.length - 1] = "--resume";
            return resumed;
        }

        private String[] train(int seed) {
            return new String[] {
                "train",
                "--images=" + folder.resolve("images"),
                "--masks=" + folder.resolve("masks"),
                "--output=" + output(),
                "--variant=T",
                "--batch-size=2",
                "--input-size=32x32",
                "--epochs=2",
                "--precision=float32",
                "--device=cpu",
                "--seed=" + seed
            };
        }

        @Override
        public Set<String> names() {
            return Set.of("trained", "safetensors", "history.csv");
        }

        @Override
        public boolean isResult(String name) {
            return MODEL.contains(name);
        }

        @Override
        public Set<String> others() {
            return Set.of(CheckpointFiles.LAST, CheckpointFiles.PREVIOUS, "best.safetensors");
        }

        @Override
        public boolean mayLack(String said) {
            return said.contains("curves and previews cannot be written");
        }

        @Override
        public Map<String, String> contents(String passedOver) throws IOException {
            Map<String, String> said = ResultContents.of(output(), passedOver);
            said.computeIfPresent("history.csv", (name, hash) -> history());
            said.computeIfPresent("model.json", (name, hash) -> withoutResume(name));
            said.computeIfPresent("README.md", (name, hash) -> withoutResume(name));
            return said;
        }

        /** Without the columns that measure time. */
        private String history() {
            return text("history.csv").replaceAll("(?m)^((?:[^,\\n]*,){5})(?:[^,\\n]*,){3}", "$1");
        }

        private String withoutResume(String name) {
            return text(name).replace(" --resume", "");
        }

        private String text(String name) {
            try {
                return Files.readString(output().resolve(name), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
