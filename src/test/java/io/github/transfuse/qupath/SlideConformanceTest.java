package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The builder's calls are written by hand, because scripts name them; dialog and script are made from the table. */
class SlideConformanceTest {
    /** Rows for {@code with(key, value)} only, and the model, with which a builder begins. */
    private static final Set<SettingKey<?>> WITHOUT_CALL = Set.of(
            Keys.MODEL,
            Keys.CONNECTIVITY,
            Keys.FILL_HOLES,
            Keys.SPLIT_DEPTH,
            Keys.FLIPS,
            Keys.MODE,
            Keys.CREATE,
            Keys.BORDERS);

    /** What is no setting: any setting by its key, and numbers of an earlier run. */
    private static final Set<String> NO_ROW = Set.of("with", "normalization");

    private static final Pattern CALL = Pattern.compile("^    \\.(\\w+)\\((.*)\\)$", Pattern.MULTILINE);

    private static final Map<SettingKey<?>, List<String>> SAMPLES = Map.ofEntries(
            Map.entry(Keys.DEVICE, List.of("auto", "cpu", "cuda:1")),
            Map.entry(Keys.PRECISION, List.of("bf16")),
            Map.entry(Keys.SLIDE_CHANNELS, List.of("auto", "1,3,2", "DAPI", "Alexa 488,DAPI")),
            Map.entry(Keys.SLICES, List.of("all", "4-6")),
            Map.entry(Keys.FRAMES, List.of("all", "2")),
            Map.entry(Keys.CELL_EXPANSION, List.of("0", "2.5")),
            Map.entry(Keys.SHAPE_FEATURES, List.of("true", "false")),
            Map.entry(Keys.INTENSITY_FEATURES, List.of("true")),
            Map.entry(Keys.TILE_SIZE, List.of("256x256")),
            Map.entry(Keys.OVERLAP, List.of("0.25")),
            Map.entry(Keys.BATCH_SIZE, List.of("3")),
            Map.entry(Keys.THRESHOLD, List.of("auto", "0.4")),
            Map.entry(Keys.PIXEL_SIZE, List.of("auto", "0.25")),
            Map.entry(Keys.DOWNSAMPLE, List.of("4")),
            Map.entry(Keys.CREATE, List.of("auto", "annotations", "detections")),
            Map.entry(Keys.BORDERS, List.of("whole", "constrain_to_parent", "exclude_edges")),
            Map.entry(Keys.MIN_AREA, List.of("auto", "0", "12.5")),
            Map.entry(Keys.TISSUE_ONLY, List.of("true", "false")),
            Map.entry(Keys.MEASUREMENTS, List.of("true", "false")),
            Map.entry(Keys.N_THREADS, List.of("2")),
            Map.entry(Keys.SKIP_UNREADABLE, List.of("true")),
            Map.entry(Keys.FLIPS, List.of("true")),
            Map.entry(Keys.MODE, List.of("slices")));

    private static TransFuseBuilder builder() {
        return TransFuseBuilder.builder("skin-lesion");
    }

    private static List<Method> calls() {
        return Arrays.stream(TransFuseBuilder.class.getMethods())
                .filter(method -> method.getReturnType() == TransFuseBuilder.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !NO_ROW.contains(method.getName()))
                .toList();
    }

    private static Method method(String name) {
        return calls().stream()
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The builder has no call " + name + "."));
    }

    private static TransFuseBuilder call(TransFuseBuilder builder, String name, String text) {
        try {
            Method method = method(name);
            return (TransFuseBuilder)
                    (method.getParameterCount() == 0
                            ? method.invoke(builder)
                            : method.invoke(builder, argument(method.getParameterTypes()[0], text)));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name + "(" + text + ")", e);
        }
    }

    private static Object argument(Class<?> type, String text) {
        if (type == Object[].class) {
            return new Object[] {text};
        }
        return type == int.class
                ? Integer.valueOf(text)
                : type == double.class
                        ? Double.valueOf(text)
                        : type == boolean.class ? (Object) Boolean.valueOf(text) : text;
    }

    @Test
    void everyCallIsARowAndEveryRowACall() {
        Set<String> rows = Task.SLIDE.specs().stream()
                .filter(row -> !WITHOUT_CALL.contains(row.key()))
                .map(row -> SegmentRequest.camelCase(row.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        rows.addAll(List.of("createAnnotations", "createDetections", "constrainToParent", "excludeEdges"));
        assertEquals(rows, calls().stream().map(Method::getName).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                List.of("auto", "annotations", "detections"),
                Task.SLIDE.spec(Keys.CREATE).value().choices());
        assertEquals(
                List.of("whole", "constrain_to_parent", "exclude_edges"),
                Task.SLIDE.spec(Keys.BORDERS).value().choices());
    }

    @Test
    void aCallSetsItsRowAndNothingElse() {
        for (SettingSpec row : Task.SLIDE.specs()) {
            if (!WITHOUT_CALL.contains(row.key())) {
                String value = SAMPLES.get(row.key()).get(SAMPLES.get(row.key()).size() - 1);
                String argument = row.key().equals(Keys.TILE_SIZE) ? "256" : value;
                Settings set = call(builder(), SegmentRequest.camelCase(row.name()), argument)
                        .settings();
                assertEquals(builder().settings().with(row.name(), value), set, row.name());
            }
        }
        assertEquals("annotations", builder().createAnnotations().settings().written(Keys.CREATE));
        assertEquals("detections", builder().createDetections().settings().written(Keys.CREATE));
    }

    @Test
    void theScriptSaysWhatTheDialogSaid() {
        Random random = new Random(3);
        Set<SettingKey<?>> told = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Settings asked = Settings.slides().with(Keys.MODEL, "nuclei");
            for (SettingKey<?> key : SAMPLES.keySet()) {
                if (random.nextBoolean() && !key.equals(Keys.DOWNSAMPLE)) {
                    asked = asked.with(
                            key.name(),
                            SAMPLES.get(key).get(random.nextInt(SAMPLES.get(key).size())));
                }
            }
            Settings again = replayed(new SegmentRequest(asked, SegmentRequest.Scope.WHOLE_IMAGE).script(List.of()));
            assertEquals(asked.all(), again.all());
            Task.SLIDE.specs().stream()
                    .map(SettingSpec::key)
                    .filter(again::isGiven)
                    .forEach(told::add);
        }
        assertTrue(told.containsAll(SegmentRequest.SHOWN), () -> "only " + told);
    }

    /** What Groovy would do. */
    private static Settings replayed(String script) {
        TransFuseBuilder builder = TransFuseBuilder.builder("nuclei");
        for (MatchResult line : CALL.matcher(script).results().toList()) {
            String argument = line.group(2).replace("'", "");
            if (line.group(1).equals("with")) {
                int comma = argument.indexOf(", ");
                builder = builder.with(argument.substring(0, comma), argument.substring(comma + 2));
            } else if (!line.group(1).equals("build")) {
                builder = call(builder, line.group(1), argument);
            }
        }
        return builder.settings();
    }

    /** One default for dialogs and scripts, that of the table. */
    @Test
    void theDialogBeginsWithTheDefaults() {
        assertEquals(Settings.slides(), SegmentRequest.FIRST.settings());
        assertEquals(
                Settings.slides().all(),
                SegmentRequest.FIRST.builder().settings().all());
    }

    @Test
    void theManualNamesEveryCallWithItsDefault() throws Exception {
        String manual = Files.readString(Path.of("docs", "qupath.md"));
        for (Method method : calls()) {
            boolean common = Task.SEGMENT.specs().stream()
                    .anyMatch(row -> SegmentRequest.camelCase(row.name()).equals(method.getName()));
            assertTrue(common || manual.contains("`" + method.getName() + "("), method.getName());
        }
    }
}
