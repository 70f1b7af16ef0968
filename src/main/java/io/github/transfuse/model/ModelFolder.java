package io.github.transfuse.model;

import com.google.gson.JsonObject;
import io.github.transfuse.files.Sha256;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.UnwrittenFileException;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model on disk: {@code model.json}, {@code weights.safetensors} and the card {@code README.md}. The format is
 * described in {@code docs/model-format.md}.
 *
 * @param path the folder
 * @param spec its specification
 * @param sha256 of the weights, lower-case hexadecimal, checked when opened
 */
public record ModelFolder(Path path, ModelSpec spec, String sha256) {

    /** Name of the specification file. */
    public static final String SPEC = "model.json";

    /** Name of the weights file. */
    public static final String WEIGHTS = "weights.safetensors";

    /** Name of the model card. */
    public static final String CARD = "README.md";

    /** Names of a picture of what the model does, if there is one: of a bundled model, and of a training. */
    static final List<String> PICTURES = List.of("preview.jpg", "preview.png");

    /** Path of the weights. */
    public Path weights() {
        return path.resolve(WEIGHTS);
    }

    /**
     * The tensors, mapped from disk; names and shapes are checked by whoever builds the network.
     *
     * @throws ModelFormatException if the file is another one than that of this model: results would carry the wrong record
     */
    public TensorStore tensors() throws IOException {
        TensorStore mapped = Safetensors.open(weights());
        if (!Sha256.of(weights()).equals(sha256)) {
            throw new ModelFormatException(
                    weights(), "the weights have changed since the model was loaded", "Load the model again.");
        }
        return mapped;
    }

    /**
     * Opens a model. Everything but the names and shapes of the tensors is checked: the fields and version of the
     * specification, the header of the weights, and their SHA-256.
     *
     * @param folder a model folder
     * @throws ModelFormatException if there is no usable model; the message names the file, the fault and the way out
     * @throws IOException if reading fails
     */
    public static ModelFolder open(Path folder) throws IOException {
        SpecReader.Description description = describe(folder);
        ModelFolder model = new ModelFolder(folder, description.spec(), description.sha256());
        if (!Files.isRegularFile(model.weights())) {
            throw new ModelFormatException(model.weights(), "the weights are missing", "Get the model again.");
        }
        Safetensors.open(model.weights());
        String actual = Sha256.of(model.weights());
        if (!actual.equals(model.sha256())) {
            throw new ModelFormatException(
                    model.weights(),
                    "the SHA-256 is " + actual + ", but " + SPEC + " expects " + model.sha256(),
                    "The weights are damaged or belong to another model; get the model again.");
        }
        return model;
    }

    /** Reads the specification alone, as lists of models need; the weights are not looked at. */
    static SpecReader.Description describe(Path folder) throws IOException {
        Path file = folder.resolve(SPEC);
        if (!Files.isDirectory(folder)) {
            throw new ModelFormatException(
                    folder,
                    Files.exists(folder) ? "this is a file, not a model folder" : "there is no such model folder",
                    "Give the folder that holds " + SPEC + " and " + WEIGHTS + ".");
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(
                    folder,
                    "this is not a model folder: it has no " + SPEC,
                    "Give the folder that holds " + SPEC + " and " + WEIGHTS
                            + "; published .pth files are converted by 'transfuse import'.");
        }
        try {
            return SpecReader.read(file.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            throw new ModelFormatException(
                    file + ": this is not text in UTF-8. Correct it, or get the model again.", e);
        }
    }

    /** The model card: what it is for, its network, data, licence and figures, as Markdown. */
    public String card() {
        return ModelCard.text(spec, sha256);
    }

    /** The checksum of what the model says of itself, in one spelling. */
    public String specSha256() {
        return Sha256.of(SpecWriter.text(spec, sha256));
    }

    /**
     * Writes a model. All files are prepared beside the folder and moved into it when complete, so a failure leaves
     * what was there. Other files in the folder are left alone.
     *
     * @param folder where to; created if missing
     * @param spec the model's specification
     * @param tensors the weights; floating-point ones are stored as {@code stored}, others as they are
     * @param stored {@link DType#F32}, {@link DType#F16} or {@link DType#BF16}
     * @return the model as written
     * @throws UnwrittenFileException naming the file that cannot be written
     */
    public static ModelFolder write(Path folder, ModelSpec spec, List<StoredTensor> tensors, DType stored)
            throws IOException {
        return write(folder, spec, tensors, stored, Map.of());
    }

    /**
     * Writes a model with texts that belong to it, such as the list of its training data.
     *
     * @param beside the texts, by the names of their files
     * @throws UnwrittenFileException as above
     */
    public static ModelFolder write(
            Path folder, ModelSpec spec, List<StoredTensor> tensors, DType stored, Map<String, String> beside)
            throws IOException {
        if (stored != DType.F32 && stored != DType.F16 && stored != DType.BF16) {
            throw new IllegalArgumentException("Weights are stored as F32, F16 or BF16, not as " + stored + ".");
        }
        List<StoredTensor> converted = new ArrayList<>();
        for (StoredTensor tensor : tensors) {
            converted.add(tensor.dtype().isFloat() ? tensor.to(stored) : tensor);
        }
        try (StagedFiles staging = stage(folder)) {
            Path weights = staging.file(WEIGHTS);
            Safetensors.write(weights, converted, Map.of("format", "pt"));
            String sha256 = Sha256.of(weights);
            for (Map.Entry<String, String> text : beside.entrySet()) {
                WholeFile.write(staging.file(text.getKey()), text.getValue());
            }
            writeDescription(staging, spec, sha256);
            staging.publishAs(folder);
            return new ModelFolder(folder, spec, sha256);
        } catch (UnwrittenFileException e) {
            throw e.at(folder);
        }
    }

    /**
     * Rewrites the specification and the card, for example with new metrics; the weights stay.
     *
     * @return this model with the new specification
     */
    public ModelFolder rewrite(ModelSpec changed) throws IOException {
        try (StagedFiles staging = stage(path)) {
            writeDescription(staging, changed, sha256);
            staging.publishAs(path);
            return new ModelFolder(path, changed, sha256);
        } catch (UnwrittenFileException e) {
            throw e.at(path);
        }
    }

    /**
     * Rewrites what the model records of checks; all else stays.
     *
     * @return this model with these checks
     */
    public ModelFolder recorded(JsonObject checks) throws IOException {
        ModelHistory history = spec.history();
        return rewrite(
                spec.withHistory(new ModelHistory(history.training(), history.metrics(), checks, history.unknown())));
    }

    private static void writeDescription(StagedFiles staging, ModelSpec spec, String sha256) throws IOException {
        String text = SpecWriter.text(spec, sha256);
        // A specification that could not be read back must never reach the disk
        SpecReader.read(SPEC, text);
        WholeFile.write(staging.file(SPEC), text);
        WholeFile.write(staging.file(CARD), ModelCard.text(spec, sha256));
    }

    /** A process may have died when the folder had its name, but what it was made in was not removed yet. */
    private static void sweepBeside(Path target, Path parent) {
        if (Files.isDirectory(target)) {
            try {
                StagedFiles.sweep(parent);
            } catch (IOException e) {
                // A folder may be writable within one that cannot be read
                return;
            }
        }
    }

    /** Files of a model to come, on the same file system as its folder. */
    static StagedFiles stage(Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(
                    target + ": a file system's root cannot be a model folder. Choose a folder below it.");
        }
        Path place = Files.isDirectory(target) ? target : parent;
        try {
            Files.createDirectories(place);
            StagedFiles.sweep(place);
            sweepBeside(target, parent);
            return StagedFiles.in(place);
        } catch (IOException e) {
            throw new IOException(
                    target + ": the folder " + place + " cannot be written (" + e + "). Choose another one.", e);
        }
    }
}
