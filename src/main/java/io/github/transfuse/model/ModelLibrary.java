package io.github.transfuse.model;

import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.StagedFiles;
import io.github.transfuse.files.TemporaryFolder;
import io.github.transfuse.files.WholeFile;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A user's folder of models: what lies in it can be asked for by name. Installs models into it, removes them, and packs models
 * into one zip to be passed on.
 *
 * @param folder of the models; made when the first one is installed
 * @param catalogue finds what is to be installed or packed
 */
public record ModelLibrary(Path folder, ModelCatalogue catalogue) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** That of this machine, as the system properties say now. */
    public static ModelLibrary standard() {
        return new ModelLibrary(ModelCatalogue.userFolder(), ModelCatalogue.standard());
    }

    /**
     * Installs a model.
     *
     * @param source a model folder, or a zip of one
     * @param name to ask for it by; empty: that of the folder or zip
     * @return the model where it is now; as it was there if the same one has that name already
     * @throws ModelFormatException if the source holds no usable model, the name cannot be one, or another model has it
     * @throws IOException if it cannot be copied; nothing is left then
     */
    public ModelFolder install(Path source, Optional<String> name) throws IOException {
        ModelFolder model = catalogue.resolve(source.toAbsolutePath().toString());
        String wanted =
                name.orElseGet(() -> model.path().toAbsolutePath().getFileName().toString());
        requireName(wanted);
        Path place = folder.resolve(wanted);
        if (Files.exists(place)) {
            return requireSame(model, place, wanted);
        }
        Files.createDirectories(folder);
        try (StagedFiles staging = ModelFolder.stage(place)) {
            for (Path file : files(model)) {
                WholeFile.write(staging.file(file.getFileName().toString()), out -> Files.copy(file, out));
            }
            staging.publishAs(place);
        }
        return ModelFolder.open(place);
    }

    /**
     * Installs a model from wherever it is.
     *
     * @param source a model folder, a zip of one, the address of such a zip, or a name in the index that the user has set
     * @param name as in {@link #install(Path, Optional)}; empty for a name of the index: that name
     * @param sha256 that a fetched zip must have; empty: that of the index, if it is from there
     * @param canceled asked often while it is fetched
     */
    public ModelFolder install(String source, Optional<String> name, Optional<String> sha256, BooleanSupplier canceled)
            throws IOException {
        Optional<ModelIndex.Entry> indexed =
                ModelSource.isAddress(source) || Files.exists(Path.of(source)) ? Optional.empty() : indexed(source);
        if (indexed.isEmpty() && !ModelSource.isAddress(source)) {
            return install(Path.of(source), name);
        }
        ModelSource from = indexed.isPresent()
                ? new ModelSource(
                        indexed.get().address(), Optional.of(indexed.get().sha256()))
                : new ModelSource(ModelSource.address(source), sha256.map(text -> text.toLowerCase(Locale.ROOT)));
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            return install(from.fetch(folder.path(), canceled), name.or(() -> indexed.map(ModelIndex.Entry::name)));
        }
    }

    private static Optional<ModelIndex.Entry> indexed(String name) throws IOException {
        Optional<ModelIndex> index = ModelIndex.standard();
        return index.isPresent() ? index.get().find(name) : Optional.empty();
    }

    private static void requireName(String name) throws ModelFormatException {
        if (!NAME.matcher(name).matches()) {
            throw new ModelFormatException(
                    "'" + name + "' cannot be the name of a model. Names begin with a letter or digit"
                            + " and have letters, digits, '.', '_' and '-'. Give another one by --name.");
        }
    }

    private static ModelFolder requireSame(ModelFolder model, Path place, String name) throws IOException {
        ModelFolder there = ModelFolder.open(place);
        if (!there.sha256().equals(model.sha256()) || !there.specSha256().equals(model.specSha256())) {
            throw new ModelFormatException("There is another model '" + name + "' in " + place.getParent()
                    + ". Remove it, or give the new one another name by --name.");
        }
        return there;
    }

    /**
     * Removes an installed model.
     *
     * @return where it was
     * @throws ModelFormatException if there is none of this name in the folder; nothing else is ever removed
     */
    public Path remove(String name) throws IOException {
        Path place = folder.resolve(name);
        boolean installed = NAME.matcher(name).matches() && Files.isRegularFile(place.resolve(ModelFolder.SPEC));
        if (!installed) {
            boolean bundled = catalogue.entries().stream()
                    .anyMatch(entry -> entry.name().equals(name) && entry.source() == ModelCatalogue.Source.BUNDLED);
            throw new ModelFormatException(
                    bundled
                            ? "The model '" + name + "' is a part of the plugin and cannot be removed."
                            : "There is no model '" + name + "' in " + folder + ".");
        }
        FolderTree.delete(place);
        return place;
    }

    /**
     * Packs a model into a zip that {@link #install} takes, and every command in place of a model folder.
     *
     * @param model name, folder or zip
     * @param zip its folder exists
     * @throws IOException if the model cannot be read, or the zip cannot be written: what was there stays
     */
    public void pack(String model, Path zip) throws IOException {
        ModelFolder packed = catalogue.resolve(model);
        String name = packed.path().toAbsolutePath().getFileName().toString();
        WholeFile.write(zip, out -> {
            ZipOutputStream zipped = new ZipOutputStream(out);
            for (Path file : files(packed)) {
                zipped.putNextEntry(new ZipEntry(name + "/" + file.getFileName()));
                Files.copy(file, zipped);
                zipped.closeEntry();
            }
            zipped.finish();
        });
    }

    /** What belongs to a model; a training's checkpoints and pictures of its progress stay where they are. */
    private static List<Path> files(ModelFolder model) {
        List<String> names = new ArrayList<>(List.of(ModelFolder.SPEC, ModelFolder.WEIGHTS, ModelFolder.CARD));
        names.addAll(ModelFolder.PICTURES);
        return names.stream()
                .map(model.path()::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }
}
