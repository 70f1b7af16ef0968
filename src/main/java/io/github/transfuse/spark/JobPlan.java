package io.github.transfuse.spark;

import com.google.gson.JsonParser;
import io.github.transfuse.TransFuse;
import io.github.transfuse.Version;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What executors must know beside their images.
 *
 * @param version of the program that the driver runs
 * @param settings in the syntax of macros; the output folder is absolute
 * @param models names of bundled models, and files that Spark brings, in their order
 * @param checksums of these models
 * @param normalization as JSON, if all images share one; otherwise empty
 * @param mark a file in the output folder, by which an executor knows that it sees the same folder; empty if it writes nothing
 * @param keep whether results that are there already stay
 */
record JobPlan(
        String version,
        String settings,
        List<ShippedModel> models,
        List<String> checksums,
        String normalization,
        String mark,
        boolean keep)
        implements Serializable {

    JobPlan {
        models = List.copyOf(models);
        checksums = List.copyOf(checksums);
    }

    /** For a model with its settings. */
    static JobPlan of(TransFuse model, List<ShippedModel> shipped, String mark, boolean keep) {
        return new JobPlan(
                Version.current(),
                model.settings().toString(),
                shipped,
                checksums(model),
                model.givenNormalization()
                        .map(numbers -> numbers.toJson().toString())
                        .orElse(""),
                mark,
                keep);
    }

    /** What tells whether two models give the same results. */
    static List<String> checksums(TransFuse model) {
        return model.members().stream()
                .map(member -> member.sha256() + " " + member.specSha256())
                .toList();
    }

    Settings parsedSettings() {
        return Settings.parse(settings);
    }

    Optional<FittedNormalization> fitted() {
        return normalization.isEmpty()
                ? Optional.empty()
                : Optional.of(FittedNormalization.fromJson(
                        JsonParser.parseString(normalization).getAsJsonObject()));
    }

    /** A folder of the same name on a disk of this computer alone would take the results, and nobody would find them. */
    void requireDisk(ImageTask.Image... images) throws TaskRefusedException {
        requireFolder(mark, parsedSettings().written(Keys.OUTPUT));
        requireReadable(images);
    }

    /** An executor must see the mark that the driver has put into the output folder. */
    static void requireFolder(String mark, String output) throws TaskRefusedException {
        if (!Files.exists(Path.of(mark))) {
            throw new TaskRefusedException("the output folder " + output
                    + " is not the one that the driver sees. Name a folder on a disk that all computers share.");
        }
    }

    /** Of images that cannot be read one by one the run tells; where none can be, the disk is another. */
    static void requireReadable(ImageTask.Image... images) throws TaskRefusedException {
        if (Arrays.stream(images).noneMatch(image -> Files.isReadable(Path.of(image.path())))) {
            throw new TaskRefusedException(
                    images[0].path() + " cannot be read. Put the images on a disk that all computers share.");
        }
        if (Arrays.stream(images)
                .noneMatch(image -> image.mask().isEmpty() || Files.isReadable(Path.of(image.mask())))) {
            throw new TaskRefusedException(
                    images[0].mask() + " cannot be read. Put the masks on a disk that all computers share.");
        }
    }
}
