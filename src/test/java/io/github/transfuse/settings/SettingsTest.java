package io.github.transfuse.settings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String LETTERS = "ab[] =\t\n\"'/\\.äß-1,€";

    @Test
    void aDecimalCommaIsToldHowToWriteIt() {
        String told = assertThrows(SettingException.class, () -> Settings.parse("threshold=0,5"))
                .getMessage();
        assertTrue(told.endsWith(", or auto. Write 0.5, with a point."), told);
        for (String other : List.of("threshold=1,5", "threshold=0,5,5", "threshold=abc", "threshold=2.5")) {
            String plain = assertThrows(SettingException.class, () -> Settings.parse(other))
                    .getMessage();
            assertTrue(plain.endsWith(", or auto."), plain);
        }
    }

    @Test
    void keysAreThoseOfTheDesign() {
        assertEquals(
                "input output model device precision channels tile_size overlap batch_size threshold min_size"
                        + " connectivity fill_holes split_depth exclude_edges output_type label_format probabilities overlay table rois"
                        + " slices frames selection all_images geojson flips pixel_size normalization mode recursive"
                        + " skip_existing keep_paths",
                keys(Task.SEGMENT));
        assertEquals(
                Set.of(
                        ("images masks output validation folds resume epochs minutes batch_size learning_rate patience seed variant"
                                        + " start_from backbones input_size input_rule mask_type ignore_label augment tile_size"
                                        + " overlap channels pixel_size mode precision device rate_schedule averaging normalization window"
                                        + " context_slices keep_checkpoints keep_paths")
                                .split(" ")),
                Set.of(keys(Task.TRAIN).split(" ")));
        assertEquals(
                "model device precision channels tile_size overlap batch_size threshold connectivity fill_holes split_depth flips mode"
                        + " slices frames pixel_size downsample create borders min_area tissue_only measurements"
                        + " cell_expansion shape_features intensity_features n_threads skip_unreadable",
                keys(Task.SLIDE));
        assertEquals("learn detections sparse pixel_size validation_share", keys(Task.EXPORT));
    }

    @Test
    void valuesForSegmentingAreTakenFromThoseOfOtherTasks() {
        Settings slide = Settings.slides()
                .with(Keys.THRESHOLD, 0.4)
                .with(Keys.MIN_AREA, 50.0)
                .with(Keys.PIXEL_SIZE, 0.25);
        assertEquals(Settings.segmenting().with(Keys.THRESHOLD, 0.4), Settings.segmenting(slide, Keys.PIXEL_SIZE));
    }

    private static String keys(Task task) {
        return task.specs().stream().map(SettingSpec::name).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void textAndSettingsAreInverse(Task task) {
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            Settings settings = random(task, random);
            assertEquals(settings, Settings.parse(task, settings.toString()), settings.toString());
            assertEquals(
                    settings.toString(),
                    Settings.parse(task, settings.toString()).toString());
        }
    }

    private static Settings random(Task task, Random random) {
        Settings settings = Settings.of(task);
        for (SettingSpec spec : task.specs()) {
            if (random.nextBoolean()) {
                try {
                    settings = settings.with(spec.name(), value(spec.value(), random));
                } catch (SettingException e) {
                    assertTrue(e.getMessage().contains(spec.name()));
                }
            }
        }
        return settings;
    }

    private static String value(ValueSpec spec, Random random) {
        return switch (spec.kind()) {
            case TEXT, INPUT_PATH, OUTPUT_PATH ->
                random.ints(random.nextInt(9), 0, LETTERS.length())
                        .mapToObj(i -> LETTERS.substring(i, i + 1))
                        .collect(Collectors.joining());
            case CHOICE, NAMES ->
                spec.choices().get(random.nextInt(spec.choices().size()));
            case INTEGER -> Integer.toString(random.nextInt(3000) - 5);
            case NUMBER -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(9) - 6));
            case FLAG -> Boolean.toString(random.nextBoolean());
            case DEVICE -> List.of("CPU", "cuda:1", "cuda:0", "auto", "mps").get(random.nextInt(5));
            case VALUE_RANGE ->
                List.of("1-99.8", "range:-20..-3", "range:0-4095", "folder", "folder:0-100")
                        .get(random.nextInt(5));
            case CHANNELS -> (1 + random.nextInt(9)) + ", " + (1 + random.nextInt(9));
            case RANGES -> List.of("3", "all", "1,4-6", "9-", " 2 - 5 , 1").get(random.nextInt(5));
            case SIZE -> 16 * (1 + random.nextInt(40)) + "x" + 16 * (1 + random.nextInt(40));
        };
    }

    @Test
    void readsWhatImageJRecords() {
        Settings settings = Settings.parse(
                "input=[/a folder/b [1].tif] model=skin-lesion tile_size=256 overlap=0.50 flips probabilities=true");
        assertEquals("/a folder/b [1].tif", settings.written(Keys.INPUT));
        assertEquals("256x256", settings.written(Keys.TILE_SIZE));
        assertEquals("0.5", settings.written(Keys.OVERLAP));
        assertTrue(settings.get(Keys.FLIPS));
        assertFalse(settings.get(Keys.OVERLAY));
        assertEquals(
                "input=[/a folder/b [1].tif] model=skin-lesion tile_size=256x256 overlap=0.5 probabilities=true"
                        + " flips=true",
                settings.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "1-99.8, PERCENTILES, 1, 99.8, 1-99.8",
        "0.50 .. 100, PERCENTILES, 0.5, 100, 0.5-100",
        "Range: -1000-3000, RANGE, -1000, 3000, range:-1000-3000",
        "range:-20--3, RANGE, -20, -3, range:-20..-3",
        "folder, FOLDER, 1, 99.8, folder",
        "folder:1-99.80, FOLDER, 1, 99.8, folder",
        "FOLDER:5-95, FOLDER, 5, 95, folder:5-95"
    })
    void rangesOfValues(String text, ValueRange.Kind kind, double low, double high, String normal) {
        Settings settings = Settings.segmenting().with("normalization", text);
        assertEquals(new ValueRange(kind, low, high), settings.valueRange().orElseThrow());
        assertEquals(normal, settings.written(Keys.NORMALIZATION));
        assertTrue(Settings.segmenting().valueRange().isEmpty());
    }

    @Test
    void givenDefaultsAreKept() {
        assertEquals("threshold=auto", Settings.parse("threshold=AUTO").toString());
        assertEquals("", Settings.segmenting().toString());
        assertFalse(Settings.segmenting().isGiven(Keys.THRESHOLD));
        assertTrue(Settings.segmenting().get(Keys.THRESHOLD).isEmpty());
    }

    @Test
    void typedValues() {
        Settings settings = Settings.segmenting()
                .with(Map.of("channels", new int[] {3, 1}, "tile-size", "320x256", "threshold", 0.25f));
        assertEquals(List.of(3, 1), settings.get(Keys.CHANNELS).orElseThrow());
        assertArrayEquals(new int[] {320, 256}, settings.get(Keys.TILE_SIZE).orElseThrow());
        assertEquals(0.25, settings.get(Keys.THRESHOLD).orElseThrow());
        assertEquals(
                "flip,noise",
                Settings.training().with("augment", List.of("noise", "flip")).written(Keys.AUGMENT));
    }

    @Test
    void pathsAreWrittenAsPaths() {
        Path path = Path.of("a folder", "b.tif");
        assertEquals(path.toString(), Settings.segmenting().with("input", path).written(Keys.INPUT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threshold|1|above 0 and below 1",
                "threshold|0,5|a number",
                "threshold|0.5d|a number",
                "threshold|NaN|a number",
                "overlap|1|at least 0 and below 1",
                "batch_size|0|at least 1",
                "batch_size|2.5|whole number",
                "tile_size|100|multiples of 16",
                "device|gpu|cuda",
                "flips|yes|true or false",
                "channels|0,1|from 1",
                "channels|4-2|from 1",
                "channels|2-|from 1",
                "slices|0|ranges",
                "slices|6-4|ranges",
                "slices|1,,2|ranges",
                "frames|-3|ranges",
                "output|a]b[|balanced brackets",
                "normalization|99-1|percentiles such as 1-99.8",
                "normalization|0-101|range:0-4095",
                "normalization|range:5-5|folder",
                "normalization|folder:-1-50|folder:1-99.8",
                "normalization|imagenet|auto",
                "mode|3d|slices, context, triplanar, volume"
            })
    void refusesNamingKeyValueAndRange(String key, String value, String allowed) {
        String message = assertThrows(
                        SettingException.class, () -> Settings.segmenting().with(key, value))
                .getMessage();
        assertTrue(message.startsWith(key + " = '" + value + "'"), message);
        assertTrue(message.contains(allowed), message);
    }

    @ParameterizedTest
    @CsvSource({"treshold,threshold", "tilesize,tile_size", "min-siz,min_size", "inputs,input", "models,model"})
    void namesTheNearestKey(String wrong, String right) {
        String message = assertThrows(SettingException.class, () -> Settings.parse(wrong + "=1"))
                .getMessage();
        assertTrue(
                message.contains("'" + wrong.replace('-', '_') + "'") && message.contains("'" + right + "'"), message);
    }

    /** A far-fetched question would send people the wrong way. */
    @Test
    void listsAllKeysWhereNoneIsNear() {
        String message = assertThrows(SettingException.class, () -> Settings.parse("value_range=1"))
                .getMessage();
        assertTrue(message.startsWith("Unknown setting 'value_range'. Known are "), message);
        for (SettingSpec spec : Task.SEGMENT.specs()) {
            assertTrue(message.contains(spec.name()), spec.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"input=[a", "input=a input=b"})
    void refusesBrokenText(String text) {
        assertThrows(SettingException.class, () -> Settings.parse(text));
    }
}
