package io.github.transfuse.qupath;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Ranges;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a user asked for in the dialog; becomes a builder and the script that repeats it.
 *
 * @param settings for slides
 * @param scope what is segmented
 */
record SegmentRequest(Settings settings, Scope scope) {
    /** The rows of the dialog that everybody looks at, below the model. */
    static final List<SettingKey<?>> FIRST_ROWS = List.of(
            Keys.SLIDE_CHANNELS,
            Keys.THRESHOLD,
            Keys.MIN_AREA,
            Keys.CELL_EXPANSION,
            Keys.MEASUREMENTS,
            Keys.SHAPE_FEATURES,
            Keys.INTENSITY_FEATURES);

    /** Those behind More. */
    static final List<SettingKey<?>> MORE_ROWS = List.of(
            Keys.CREATE,
            Keys.BORDERS,
            Keys.PIXEL_SIZE,
            Keys.TISSUE_ONLY,
            Keys.DEVICE,
            Keys.PRECISION,
            Keys.TILE_SIZE,
            Keys.OVERLAP,
            Keys.BATCH_SIZE);

    /** All of them; the builder has a call for each. */
    static final List<SettingKey<?>> SHOWN =
            Stream.concat(FIRST_ROWS.stream(), MORE_ROWS.stream()).toList();

    private static final Pattern NEXT_WORD = Pattern.compile("_(.)");
    private static final Pattern SQUARE = Pattern.compile("(\\d+)x\\1");

    /** What is segmented. */
    enum Scope {
        /** The objects that are selected. */
        SELECTED("selected annotations"),
        /** The plane that is shown. */
        PLANE("whole image, the plane that is shown"),
        /** All planes of the image. */
        WHOLE_IMAGE("whole image, all planes");

        private final String label;

        Scope(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** What is proposed first. */
    static final SegmentRequest FIRST = new SegmentRequest(Settings.slides(), Scope.SELECTED);

    /** The same for all of the image. */
    SegmentRequest ofWholeImage() {
        return new SegmentRequest(settings, Scope.WHOLE_IMAGE);
    }

    /**
     * The same with the plane that is shown, where that is meant.
     *
     * @param slice along z, from 0
     * @param frame in time, from 0
     */
    SegmentRequest at(int slice, int frame) {
        return scope == Scope.PLANE
                ? new SegmentRequest(
                        settings.with(Keys.SLICES, only(slice + 1)).with(Keys.FRAMES, only(frame + 1)), scope)
                : this;
    }

    private static Ranges only(int number) {
        return new Ranges(List.of(new Ranges.Span(number, number)));
    }

    TransFuseBuilder builder() {
        return TransFuseBuilder.of(settings);
    }

    /**
     * A Groovy script that does the same again, with this or another image: it takes the numbers for normalisation from the
     * image, as the run did.
     *
     * @param selection lines that select what is segmented, if it is not the whole image
     */
    String script(List<String> selection) {
        List<String> lines = new ArrayList<>();
        lines.add("import io.github.transfuse.qupath.TransFuseBuilder");
        lines.add("");
        lines.add("def transfuse = TransFuseBuilder.builder(" + quoted(settings.get(Keys.MODEL)) + ")");
        calls().forEach(call -> lines.add("    ." + call));
        lines.add("    .build()");
        lines.add("try {");
        if (scope == Scope.SELECTED) {
            selection.forEach(line -> lines.add("    " + line));
        }
        lines.add("    println transfuse.segment(" + (scope == Scope.SELECTED ? "" : "getCurrentImageData()") + ")");
        lines.add("} finally {");
        lines.add("    transfuse.close()");
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    /** What QuPath lists of a step: the model, what is segmented, and all that was chosen, in the words of the dialog. */
    Map<String, String> parameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("Model", settings.get(Keys.MODEL));
        chosen.put("Segment", scope.toString());
        for (SettingSpec row : Task.SLIDE.specs()) {
            if (!row.key().equals(Keys.MODEL) && (settings.isGiven(row.key()) || SHOWN.contains(row.key()))) {
                chosen.put(row.title(), settings.written(row.key()));
            }
        }
        return chosen;
    }

    /** What is auto is as fits the model, and needs no word. */
    private List<String> calls() {
        return Task.SLIDE.specs().stream()
                .filter(row -> !row.key().equals(Keys.MODEL))
                .filter(row -> settings.isGiven(row.key()) && settings.has(row.key()))
                .filter(row -> !row.key().equals(Keys.BORDERS)
                        || !settings.written(row.key()).equals(row.defaultValue()))
                .map(row -> call(row, settings.written(row.key())))
                .toList();
    }

    private static String call(SettingSpec row, String value) {
        if (row.key().equals(Keys.CREATE)) {
            return camelCase("create_" + value) + "()";
        }
        if (row.key().equals(Keys.BORDERS)) {
            return camelCase(value) + "()";
        }
        Matcher square = SQUARE.matcher(value);
        if (row.key().equals(Keys.TILE_SIZE) && square.matches()) {
            return camelCase(row.name()) + "(" + square.group(1) + ")";
        }
        String literal =
                switch (row.value().kind()) {
                    case INTEGER, NUMBER, FLAG -> value;
                    default -> quoted(value);
                };
        return SHOWN.contains(row.key()) && !row.key().equals(Keys.TILE_SIZE)
                ? camelCase(row.name()) + "(" + literal + ")"
                : "with('" + row.name() + "', " + literal + ")";
    }

    /** The builder's name for a key: {@code minArea} for {@code min_area}. */
    static String camelCase(String key) {
        return NEXT_WORD.matcher(key).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    /** A Groovy string: nothing in a path may end it or be replaced. Windows paths work with slashes too. */
    static String quoted(String text) {
        return "'" + text.replace('\\', '/').replace("'", "\\'") + "'";
    }
}
