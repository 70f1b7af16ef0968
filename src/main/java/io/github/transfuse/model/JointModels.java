package io.github.transfuse.model;

import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Models that answer together: {@code A+B+C}, or the folder of a training with folds, which holds one model for each. */
public final class JointModels {
    /** Written into the folder of a training with folds when all are done. */
    public static final String FOLDS = "folds.csv";

    private static final String FOLD = "fold-";
    private static final Pattern FOLD_NAME = Pattern.compile(FOLD + "[1-9][0-9]*");

    private JointModels() {}

    /** The folder of a fold, counted from 1. */
    public static Path fold(Path parent, int number) {
        return parent.resolve(FOLD + number);
    }

    /**
     * Finds models in the catalogue of this machine.
     *
     * @param text a name, folder or zip as in {@link ModelCatalogue#resolve}, also where it has a plus in it; or several
     *     with + between them; or a folder of folds
     * @return one or more, in the order in which they are named
     * @throws ModelFormatException if one of them is missing or cannot be used
     * @throws IOException if reading fails
     */
    public static List<ModelFolder> find(String text) throws IOException {
        List<String> words = List.of(text.strip().split("\\+", -1));
        List<ModelFolder> models = new ArrayList<>();
        int from = 0;
        while (from < words.size()) {
            // the longest text that is a folder: a plus may be a part of its name
            int to = words.size();
            while (to > from + 1 && !exists(String.join("+", words.subList(from, to)))) {
                to--;
            }
            models.addAll(one(String.join("+", words.subList(from, to)).strip()));
            from = to;
        }
        return models;
    }

    private static boolean exists(String text) {
        return path(text).filter(Files::exists).isPresent()
                || path(text)
                        .filter(name -> name.getNameCount() == 1)
                        .map(name -> ModelCatalogue.userFolder().resolve(name))
                        .filter(Files::isDirectory)
                        .isPresent();
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<ModelFolder> one(String name) throws IOException {
        Optional<Path> folder = path(name).filter(Files::isDirectory);
        if (folder.isEmpty() || Files.exists(folder.get().resolve(ModelFolder.SPEC))) {
            return List.of(ModelCatalogue.find(name));
        }
        List<Path> folds = folds(folder.get());
        if (folds.isEmpty()) {
            return List.of(ModelCatalogue.find(name));
        }
        if (!Files.exists(folder.get().resolve(FOLDS))) {
            throw new ModelFormatException(
                    folder.get(),
                    "the training of its folds has not come to its end",
                    "Train again with resume, or name the folds that are there: model=" + name + "/" + FOLD + "1+"
                            + name + "/" + FOLD + "2");
        }
        List<ModelFolder> models = new ArrayList<>();
        for (Path fold : folds) {
            models.add(ModelFolder.open(fold));
        }
        return models;
    }

    private static List<Path> folds(Path parent) throws IOException {
        List<Path> folds = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(
                parent,
                child -> FOLD_NAME.matcher(child.getFileName().toString()).matches() && Files.isDirectory(child))) {
            children.forEach(folds::add);
        }
        folds.sort(Comparator.comparingInt(
                fold -> Integer.parseInt(fold.getFileName().toString().substring(FOLD.length()))));
        return folds;
    }
}
