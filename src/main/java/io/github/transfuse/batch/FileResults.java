package io.github.transfuse.batch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.transfuse.Provenance;
import io.github.transfuse.Segmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Gathers how the files of a {@link BatchRun} went, to be told elsewhere. */
public final class FileResults implements BatchListener {
    private final Function<Throwable, String> words;
    private final BooleanSupplier canceled;
    private final List<FileResult> results = new ArrayList<>();

    /**
     * Nothing is done yet.
     *
     * @param words a failure in words
     * @param canceled whether the run is no longer wanted
     */
    public FileResults(Function<Throwable, String> words, BooleanSupplier canceled) {
        this.words = words;
        this.canceled = canceled;
    }

    /** Those of the files that are done so far, in their order. */
    public List<FileResult> all() {
        return List.copyOf(results);
    }

    @Override
    public void done(Path input, Segmentation result, List<Path> written) {
        results.add(new FileResult(
                input.toString(),
                written.stream()
                        .filter(file -> file.toString().endsWith(ResultWriter.PROVENANCE))
                        .findFirst()
                        .flatMap(FileResults::read)
                        .map(record -> text(record, ResultWriter.INPUT_SHA256))
                        .orElse(""),
                result.statistics().seconds(),
                result.objects().orElse(-1),
                "",
                false,
                written.stream().map(Path::toString).toList(),
                result.provenance().notes()));
    }

    @Override
    public void kept(Path input, Path labels) {
        Optional<JsonObject> record =
                read(labels.resolveSibling(new InputFile(input, InputFile.TOP).stem() + ResultWriter.PROVENANCE));
        results.add(new FileResult(
                input.toString(),
                record.map(json -> text(json, ResultWriter.INPUT_SHA256)).orElse(""),
                record.map(json -> json.get(Provenance.SECONDS))
                        .map(JsonElement::getAsDouble)
                        .orElse(0.0),
                record.map(json -> json.get(LabelClasses.OBJECTS))
                        .map(JsonElement::getAsLong)
                        .orElse(-1L),
                "",
                true,
                List.of(labels.toString()),
                List.of()));
    }

    @Override
    public void failed(Path input, Throwable cause) {
        String told = words.apply(cause);
        results.add(FileResult.failed(input.toString(), told.isBlank() ? cause.toString() : told));
    }

    @Override
    public boolean isCanceled() {
        return canceled.getAsBoolean();
    }

    private static Optional<JsonObject> read(Path record) {
        try {
            return Optional.of(JsonParser.parseString(Files.readString(record)).getAsJsonObject());
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject json, String key) {
        return json.has(key) ? json.get(key).getAsString() : "";
    }
}
