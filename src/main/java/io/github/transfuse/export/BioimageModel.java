package io.github.transfuse.export;

import io.github.transfuse.files.Sha256;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.PthWriter;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a model as a package for bioimage.io, format 0.5: the weights as PyTorch's state dict, the network as Python source, an
 * image with the probabilities that the model gives it, and what they need to be run.
 */
public final class BioimageModel {
    private static final Set<String> VARIANTS = Set.of("T", "TFINE", "S", "L", "L384");
    private static final Pattern SPDX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]*");

    private BioimageModel() {}

    /**
     * What a model does not say of itself.
     *
     * @param authors one or more names
     * @param licence SPDX name
     * @param time of the package, ISO 8601
     */
    public record About(List<String> authors, String licence, String time) {
        /** Copies the list. */
        public About {
            authors = List.copyOf(authors);
        }

        /** Of now. */
        public static About now(List<String> authors, String licence) {
            return new About(
                    authors,
                    licence,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    /**
     * Writes the package.
     *
     * @param model of planes
     * @param zip its folder exists; appears whole or not at all
     * @throws ModelFormatException if bioimage.io has no words for what the model is or needs, before anything is computed
     * @throws IOException if the model cannot be read, or the zip cannot be written
     */
    public static void write(ModelFolder model, About about, Path zip) throws IOException {
        require(model, about);
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            Path made = folder.path();
            PthWriter.write(made.resolve(ResourceDescription.WEIGHTS), tensors(model));
            TestTensors tensors = TestTensors.of(model);
            NpyFile.write(made.resolve(ResourceDescription.INPUT), tensors.input());
            NpyFile.write(made.resolve(ResourceDescription.OUTPUT), tensors.output());
            Cover.write(made.resolve(ResourceDescription.COVER), tensors);
            WholeFile.write(made.resolve(ResourceDescription.NETWORK), BioimageModel::copyNetwork);
            WholeFile.write(made.resolve(ResourceDescription.DOCUMENTATION), documentation(model));
            Map<String, String> sums = sums(made);
            WholeFile.write(
                    made.resolve(ResourceDescription.NAME), new ResourceDescription(model.spec(), about, sums).text());
            pack(made, zip);
        }
    }

    private static void require(ModelFolder model, About about) throws ModelFormatException {
        ModelSpec spec = model.spec();
        if (spec.input().sampling().mode() != InputSpec.Mode.SLICES
                || !VARIANTS.contains(spec.network().variant().name())) {
            throw new ModelFormatException(
                    "The model " + spec.identity().name()
                            + " sees volumes or several slices together. Only models of single planes are exported to bioimage.io.");
        }
        if (about.authors().isEmpty()) {
            throw new ModelFormatException("bioimage.io wants to know who made a model. Name the author by --author.");
        }
        if (!SPDX.matcher(about.licence()).matches()) {
            throw new ModelFormatException("bioimage.io wants the licence by its SPDX name, such as CC-BY-4.0, not '"
                    + about.licence() + "'. Give it by --licence.");
        }
    }

    private static List<StoredTensor> tensors(ModelFolder model) throws IOException {
        TensorStore store = model.tensors();
        List<StoredTensor> tensors = new ArrayList<>();
        for (String name : store.names()) {
            tensors.add(store.get(name));
        }
        return tensors;
    }

    private static void copyNetwork(OutputStream out) throws IOException {
        try (InputStream in = BioimageModel.class.getResourceAsStream(ResourceDescription.NETWORK)) {
            in.transferTo(out);
        }
    }

    private static String documentation(ModelFolder model) {
        return model.card()
                + """
                ## Validation
                The test tensors are an artificial image and the probabilities that the plugin computes for it in float32, before
                any threshold. The figures under Metrics are of the training's own validation images: check the model on images
                of your own with masks, by `transfuse evaluate`.

                The plugin for ImageJ, Fiji and QuPath makes labels of the probabilities: it tiles and blends large images, and
                tells touching objects apart where the model knows their boundaries. Other programs get the probabilities.
                """;
    }

    private static Map<String, String> sums(Path folder) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        for (Path file : files(folder)) {
            sums.put(file.getFileName().toString(), Sha256.of(file));
        }
        return sums;
    }

    private static void pack(Path folder, Path zip) throws IOException {
        List<Path> files = files(folder);
        WholeFile.write(zip, out -> {
            ZipOutputStream zipped = new ZipOutputStream(out);
            for (Path file : files) {
                zipped.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zipped);
                zipped.closeEntry();
            }
            zipped.finish();
        });
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
