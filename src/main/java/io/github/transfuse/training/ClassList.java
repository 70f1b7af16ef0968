package io.github.transfuse.training;

import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.TextLines;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.SamplesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and colours of classes, from {@value #FILE} beside the folder of masks. A line holds the value in masks (1, 2 and
 * so on), the name and the colour {@code 0xRRGGBB}, separated by tabs; sets exported from QuPath and masks drawn from ROIs
 * have it.
 */
public final class ClassList {
    static final String FILE = "classes.txt";

    private static final int[] COLORS = {0xff5050, 0x50c050, 0x5080ff, 0xffc040, 0xc060ff, 0x40d0d0};

    private static final Pattern LINE = Pattern.compile("([0-9]+)\\t([^\\t]+)\\t0x([0-9a-fA-F]{6})");

    private ClassList() {}

    /**
     * The classes that belong to masks.
     *
     * @param masks folder of masks
     * @return in the order of their values; empty if there is no list, and the masks do not name them as those of 3D Slicer do
     * @throws SamplesException if the list cannot be understood, or the masks contradict each other
     */
    public static Optional<List<OutputSpec.ClassSpec>> beside(Path masks) throws IOException {
        return Files.isRegularFile(file(masks)) ? Optional.of(read(file(masks))) : SegmentClasses.in(masks);
    }

    /**
     * The same, of masks that were found already.
     *
     * @param files the masks in the folder, or of scans within it
     * @param classes whether it matters which class is which
     */
    static Optional<List<OutputSpec.ClassSpec>> beside(Path masks, List<Path> files, boolean classes)
            throws IOException {
        return Files.isRegularFile(file(masks)) ? Optional.of(read(file(masks))) : SegmentClasses.of(files, classes);
    }

    private static List<OutputSpec.ClassSpec> read(Path file) throws IOException {
        List<OutputSpec.ClassSpec> classes = new ArrayList<>();
        for (String line : TextLines.of(file)) {
            if (!line.isBlank()) {
                classes.add(parse(line, classes.size() + 1, file));
            }
        }
        return classes;
    }

    private static Path file(Path masks) {
        return masks.toAbsolutePath().normalize().resolveSibling(FILE);
    }

    /** The colour of the class with this value, from 1 on, where there is none of its own. */
    static int color(int value) {
        return COLORS[(value - 1) % COLORS.length];
    }

    /**
     * Writes the list that belongs to masks.
     *
     * @param masks folder of masks, which need not exist
     * @param names of the classes in the order of their values in masks, from 1 on
     * @throws IOException if the list cannot be written
     */
    public static void write(Path masks, List<String> names) throws IOException {
        List<OutputSpec.ClassSpec> classes = new ArrayList<>();
        for (String name : names) {
            classes.add(new OutputSpec.ClassSpec(name, color(classes.size() + 1)));
        }
        writeColored(masks, classes);
    }

    /** Removes the list that belongs to masks, if there is one. */
    public static void remove(Path masks) throws IOException {
        FolderTree.deleteOne(file(masks));
    }

    /**
     * Writes the list that belongs to masks, with colours.
     *
     * @param masks folder of masks, which need not exist
     * @param classes in the order of their values in masks, from 1 on; blanks in names, and what breaks lines, become spaces
     * @throws IOException if the list cannot be written; an earlier one stays then
     */
    public static void writeColored(Path masks, List<OutputSpec.ClassSpec> classes) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < classes.size(); i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d\t%s\t0x%06x\n",
                    i + 1,
                    plain(classes.get(i).name()),
                    classes.get(i).color()));
        }
        Files.createDirectories(file(masks).getParent());
        ResultFiles.writeText(file(masks), text.toString());
    }

    /** A name as the list can hold it: without tabs, line breaks and other control characters. */
    public static String plain(String name) {
        return name.replaceAll("[\\s\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    private static OutputSpec.ClassSpec parse(String line, int value, Path file) {
        Matcher columns = LINE.matcher(line);
        if (!columns.matches() || !columns.group(1).equals(Integer.toString(value))) {
            throw new SamplesException("The class list " + file + " holds '" + line
                    + "' where it should have the value " + value
                    + ", a name and a colour such as 0xff0000, separated by tabs. Correct it, or remove the file.");
        }
        return new OutputSpec.ClassSpec(columns.group(2), Integer.parseInt(columns.group(3), 16));
    }
}
