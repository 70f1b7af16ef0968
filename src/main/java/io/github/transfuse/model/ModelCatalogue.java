package io.github.transfuse.model;

import io.github.transfuse.weights.ModelFormatException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The models that have a name: those bundled with the plugin and those installed in a folder of models. Where an
 * installed model has the name of a bundled one, the installed one is meant.
 *
 * <p>System properties: {@value #FOLDER_PROPERTY} is the user's folder of models ({@code ~/.transfuse/models});
 * {@value #PATH_PROPERTY} lists more such folders, separated as in a class path; {@value #CACHE_PROPERTY} is where
 * bundled models are unpacked ({@code ~/.transfuse/cache}).
 */
public final class ModelCatalogue {
    /** Name of the model that every command uses unless told otherwise. */
    public static final String DEFAULT = "skin-lesion";

    /** System property: the user's folder of models. */
    public static final String FOLDER_PROPERTY = "transfuse.models";

    /** System property: more folders of models, separated by the platform's path separator. */
    public static final String PATH_PROPERTY = "transfuse.models.path";

    /** System property: where bundled models are unpacked. */
    public static final String CACHE_PROPERTY = "transfuse.cache";

    private static final long MAX_PICTURE_BYTES = 16L << 20;

    private final List<Path> folders;
    private final BundledModels bundled;
    private final ModelZip zips;

    ModelCatalogue(List<Path> folders, BundledModels bundled) {
        this.folders = List.copyOf(folders);
        this.bundled = bundled;
        this.zips = new ModelZip(bundled.cache().resolveSibling("zips"));
    }

    /** Where a model of the catalogue comes from. */
    public enum Source {
        /** Inside the plugin's jar. */
        BUNDLED,
        /** A folder in one of the folders of models. */
        INSTALLED
    }

    /**
     * A model that can be asked for by name.
     *
     * @param name the name to ask for
     * @param source where it comes from
     * @param spec what it says of itself
     */
    public record Entry(String name, Source source, ModelSpec spec) {}

    /** The catalogue of this machine, as the system properties say now. */
    public static ModelCatalogue standard() {
        List<Path> folders = new ArrayList<>();
        folders.add(userFolder());
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty(PATH_PROPERTY, ""))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder.strip()))
                .forEach(folders::add);
        return new ModelCatalogue(folders, new BundledModels("/models", cache().resolve("models")));
    }

    /** Where models of the plugin's jar are unpacked. */
    static Path cache() {
        String usual =
                Path.of(System.getProperty("user.home"), ".transfuse", "cache").toString();
        return Path.of(System.getProperty(CACHE_PROPERTY, usual));
    }

    /** The folder where a user's models are installed; it need not exist. */
    public static Path userFolder() {
        String folder = System.getProperty(FOLDER_PROPERTY, "");
        return folder.isBlank() ? Path.of(System.getProperty("user.home"), ".transfuse", "models") : Path.of(folder);
    }

    /**
     * Finds a model in the catalogue of this machine; see {@link #resolve}.
     *
     * @param nameOrFolder a name of the catalogue, or a model folder, or a zip of one
     */
    public static ModelFolder find(String nameOrFolder) throws IOException {
        return standard().resolve(nameOrFolder);
    }

    /**
     * Finds and opens a model. Text with a path separator is a folder or zip; any other text is a name first.
     *
     * @param nameOrFolder a name of the catalogue, a model folder, or a zip of one, which is unpacked first
     * @return the model, its checksum checked; a bundled one is unpacked first
     * @throws ModelFormatException if there is none, with the known names, or if it cannot be used
     * @throws IOException if reading or unpacking fails
     */
    public ModelFolder resolve(String nameOrFolder) throws IOException {
        String wanted = nameOrFolder.strip();
        Optional<Path> folder = existing(wanted);
        if (folder.isEmpty()) {
            // ImageJ's field for folders puts a separator behind whatever stands in it, names included
            wanted = wanted.replaceFirst("[/\\\\]+$", "");
        }
        if (!wanted.isEmpty() && !wanted.contains("/") && !wanted.contains("\\")) {
            Optional<Path> installed = installed(wanted);
            if (installed.isPresent()) {
                return ModelFolder.open(installed.get());
            }
            if (bundled.names().contains(wanted)) {
                return bundled.open(wanted);
            }
        }
        if (folder.isPresent()) {
            return ModelZip.is(folder.get()) ? zips.open(folder.get()) : ModelFolder.open(folder.get());
        }
        List<String> names = names();
        boolean path = wanted.contains("/") || wanted.contains("\\");
        throw new ModelFormatException((path ? "There is no folder or zip '" : "There is no model '") + wanted + "'. "
                + Spelling.likely(wanted, names)
                        .map(name -> "Did you mean " + name + "? ")
                        .orElse("")
                + "Known models: " + (names.isEmpty() ? "none" : String.join(", ", names))
                + ". Give one of these names, or the path of a model folder or of a zip of one.");
    }

    /** Whether a model is a copy of one inside the plugin or of a zip, which must stay as it was shipped. */
    public boolean isBundled(ModelFolder model) {
        return bundled.holds(model.path()) || zips.holds(model.path());
    }

    /**
     * A model beside which another of the same name lies in the current folder: the name means the first, and who gave it
     * may have meant the other.
     *
     * @return a sentence that tells both; empty if there is no other, or the model is none of the catalogue
     */
    public Optional<String> namesake(ModelFolder model) {
        return namesake(model, Path.of(""));
    }

    Optional<String> namesake(ModelFolder model, Path current) {
        boolean unpacked = bundled.holds(model.path());
        if (!unpacked && !folders.contains(model.path().toAbsolutePath().getParent())) {
            return Optional.empty();
        }
        String name = unpacked ? model.spec().identity().name() : nameOf(model.path());
        Path other = current.resolve(name).toAbsolutePath();
        if (!Files.exists(other.resolve(ModelFolder.SPEC))
                || other.equals(model.path().toAbsolutePath())) {
            return Optional.empty();
        }
        return Optional.of("This is the model " + name + (unpacked ? " of the plugin" : " that is installed")
                + ", not the folder " + name + " that lies here. To use that, write ./" + name + ".");
    }

    /** All models whose specification can be read, installed ones first. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path folder : modelFolders()) {
            readable(folder).ifPresent(spec -> entries.add(new Entry(nameOf(folder), Source.INSTALLED, spec)));
        }
        for (String name : bundled.names()) {
            if (entries.stream().noneMatch(entry -> entry.name().equals(name))) {
                entries.add(
                        new Entry(name, Source.BUNDLED, bundled.describe(name).spec()));
            }
        }
        return entries;
    }

    /** What is wrong with installed folders that {@link #entries} leaves out, one message each. */
    public List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path folder : modelFolders()) {
            try {
                ModelFolder.describe(folder);
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }

    /**
     * A picture of what a model does: examples with what it found. Bundled models have one, and trainings write one.
     *
     * @return an encoded JPEG or PNG; empty if there is none, or it cannot be read
     */
    public Optional<byte[]> picture(Entry entry) {
        try {
            if (entry.source() == Source.BUNDLED) {
                return bundled.picture(entry.name());
            }
            Optional<Path> folder = installed(entry.name());
            return folder.isPresent() ? pictureIn(folder.get()) : Optional.empty();
        } catch (IOException e) {
            // A model can be chosen without its picture
            return Optional.empty();
        }
    }

    private static Optional<byte[]> pictureIn(Path folder) throws IOException {
        for (String name : ModelFolder.PICTURES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_PICTURE_BYTES) {
                return Optional.of(Files.readAllBytes(file));
            }
        }
        return Optional.empty();
    }

    private Optional<Path> installed(String name) throws IOException {
        return modelFolders().stream()
                .filter(folder -> nameOf(folder).equals(name))
                .findFirst();
    }

    /** Folders with a {@code model.json}, directly below the folders of models, sorted within each. */
    private List<Path> modelFolders() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path parent : folders) {
            if (!Files.isDirectory(parent)) {
                continue;
            }
            try (DirectoryStream<Path> children =
                    Files.newDirectoryStream(parent, child -> Files.isRegularFile(child.resolve(ModelFolder.SPEC)))) {
                List<Path> sorted = new ArrayList<>();
                children.forEach(sorted::add);
                sorted.stream().sorted().forEach(found::add);
            }
        }
        return found;
    }

    private static String nameOf(Path folder) {
        return folder.toAbsolutePath().getFileName().toString();
    }

    private static Optional<ModelSpec> readable(Path folder) {
        try {
            return Optional.of(ModelFolder.describe(folder).spec());
        } catch (IOException e) {
            // Told by problems(): one broken folder does not hide the others
            return Optional.empty();
        }
    }

    private static Optional<Path> existing(String text) {
        try {
            Path path = Path.of(text);
            return !text.isEmpty() && Files.exists(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private List<String> names() throws IOException {
        return entries().stream().map(Entry::name).distinct().toList();
    }
}
