package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.Device;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ResultStore;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.segmentation.NetworkHolder;
import io.github.transfuse.segmentation.OutOfMemoryException;
import io.github.transfuse.settings.SettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransFuseTest {

    private static TransFuse fake(Rule rule, int channels, Kind kind, FakeNetworks.Times network) {
        return TransFuse.with(FakeNetworks.model(rule, channels, kind, Optional.empty()), options -> network);
    }

    private static Img<FloatType> noise(long... size) {
        Img<FloatType> image = ArrayImgs.floats(size);
        Random random = new Random(3);
        image.forEach(pixel -> pixel.set((float) random.nextGaussian()));
        return image;
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    /** Labels and probabilities must be those of logits = 2 x pixels. */
    private static void assertTimesTwo(RandomAccessibleInterval<FloatType> image, Segmentation result) {
        assertArrayEquals(image.dimensionsAsLongArray(), result.labels().dimensionsAsLongArray());
        RandomAccess<? extends IntegerType<?>> labels = result.labels().randomAccess();
        RandomAccess<FloatType> p = Views.hyperSlice(result.probabilities().orElseThrow(), image.numDimensions(), 0)
                .randomAccess();
        Cursor<FloatType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            float value = cursor.next().get();
            labels.setPosition(cursor);
            p.setPosition(cursor);
            assertEquals(sigmoid(2 * value), p.get().get(), 1e-5);
            if (Math.abs(value) > 1e-5) {
                assertEquals(value > 0 ? 1 : 0, labels.get().getIntegerLong());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "48,32", "5,90", "131,67", "49,33"})
    void tilesReachEveryPixel(long width, long height) throws IOException {
        Img<FloatType> image = noise(width, height);
        TransFuse model = fake(Rule.TILE, 1, Kind.CLASSES, new FakeNetworks.Times(2));
        Segmentation result = model.with("probabilities", true).segment(image);
        assertTimesTwo(image, result);
        assertEquals(Kind.CLASSES, result.kind());
        assertTrue(result.objects().isEmpty());
    }

    @Test
    void whatIsDecidedOfValuesIsToldWithTheNumbers() throws IOException {
        var image = ArrayImgs.unsignedShorts(new short[] {0, 3000, 7, 7}, 2, 2);
        List<String> notes = new ArrayList<>();
        TransFuse model = fake(Rule.TILE, 1, Kind.CLASSES, new FakeNetworks.Times(2));
        CalibratedImage plane = CalibratedImage.of("plane", image, Axis.Kind.X, Axis.Kind.Y);
        assertEquals(
                List.of(1 / 4095.0), model.fitNormalization(plane, notes::add).scale());
        assertEquals(
                List.of("4095 is taken for white, because no value is above. If that is wrong, give a normalization."),
                notes);
        assertEquals(notes.get(0), model.segment(plane).provenance().notes().get(0));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void constantStaysConstant(Rule rule) throws IOException {
        Img<FloatType> image = ArrayImgs.floats(101, 77);
        image.forEach(pixel -> pixel.set(0.3f));
        Segmentation result = fake(rule, 1, Kind.CLASSES, new FakeNetworks.Times(2))
                .with("probabilities", true)
                .segment(image);
        result.probabilities().orElseThrow().forEach(p -> assertEquals(sigmoid(0.6), p.get(), 1e-5));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void aDiscStaysInItsPlace(Rule rule) throws IOException {
        Img<FloatType> image = disc(150, 90, 100, 30, 18);
        Segmentation result =
                fake(rule, 1, Kind.CLASSES, new FakeNetworks.Times(2)).segment(image);
        long wrong = 0;
        RandomAccess<FloatType> truth = image.randomAccess();
        Cursor<? extends IntegerType<?>> labels = result.labels().localizingCursor();
        while (labels.hasNext()) {
            long label = labels.next().getIntegerLong();
            truth.setPosition(labels);
            wrong += label == (truth.get().get() > 0 ? 1 : 0) ? 0 : 1;
        }
        assertTrue(wrong < 60, rule + ": " + wrong + " pixels moved");
    }

    private static Img<FloatType> disc(long width, long height, double x, double y, double radius) {
        Img<FloatType> image = ArrayImgs.floats(width, height);
        Cursor<FloatType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            double distance = Math.hypot(cursor.getDoublePosition(0) - x, cursor.getDoublePosition(1) - y);
            cursor.get().set(distance < radius ? 1 : -1);
        }
        return image;
    }

    @Test
    void planesOfStacksAreSegmentedAlone() throws IOException {
        Img<FloatType> image = noise(60, 40, 3, 2);
        FakeNetworks.Times network = new FakeNetworks.Times(2);
        Segmentation result = fake(Rule.TILE, 1, Kind.CLASSES, network)
                .with("probabilities", true)
                .segment(image);
        assertTimesTwo(image, result);
        assertEquals(
                List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME),
                result.axes().stream().map(Axis::kind).toList());
    }

    @Test
    void severalChannelsMakeSeveralClasses() throws IOException {
        Img<FloatType> image = noise(70, 40, 3);
        Segmentation result =
                fake(Rule.TILE, 3, Kind.CLASSES, new FakeNetworks.Times(2)).segment(image);
        RandomAccess<FloatType> values = image.randomAccess();
        Cursor<? extends IntegerType<?>> labels = result.labels().localizingCursor();
        while (labels.hasNext()) {
            int label = (int) labels.next().getIntegerLong();
            for (int k = 0; k < 3; k++) {
                values.setPosition(new long[] {labels.getLongPosition(0), labels.getLongPosition(1), k});
                float other = values.get().get();
                values.setPosition(label, 2);
                assertTrue(values.get().get() >= other - 1e-5);
            }
        }
    }

    @Test
    void chosenChannelsAreUsedInTheirOrder() throws IOException {
        Img<FloatType> image = noise(30, 20, 3);
        CalibratedImage calibrated = CalibratedImage.of("noise", image, Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL);
        Segmentation result = fake(Rule.TILE, 1, Kind.CLASSES, new FakeNetworks.Times(2))
                .settings("channels=2 probabilities")
                .segment(calibrated);
        assertTimesTwo(Views.hyperSlice(image, 2, 1), result);
    }

    @Test
    void refusesWrongNumbersOfChannels() {
        TransFuse model = fake(Rule.TILE, 3, Kind.CLASSES, new FakeNetworks.Times(2));
        String message = assertThrows(UnsupportedImageException.class, () -> model.segment(noise(20, 20, 2)))
                .getMessage();
        assertTrue(message.contains("3") && message.contains("2") && message.contains("channels="), message);
    }

    @Test
    void refusesPixelsThatAreNoNumbers() {
        Img<FloatType> image = noise(20, 20);
        image.randomAccess().setPositionAndGet(7, 3).set(Float.NaN);
        TransFuse model = fake(Rule.TILE, 1, Kind.CLASSES, new FakeNetworks.Times(2));
        String message = assertThrows(UnsupportedImageException.class, () -> model.segment(image))
                .getMessage();
        assertTrue(message.contains("7") && message.contains("NaN"), message);
    }

    @Test
    void countsCleansAndFillsObjects() throws IOException {
        Img<FloatType> image = disc(120, 80, 30, 30, 12);
        RandomAccess<FloatType> access = image.randomAccess();
        access.setPositionAndGet(30, 30).set(-1); // a hole
        access.setPositionAndGet(100, 60).set(1); // a speck
        TransFuse model =
                fake(Rule.TILE, 1, Kind.INSTANCES, new FakeNetworks.Times(9)).settings("overlap=0 tile_size=48x32");
        assertEquals(2, model.segment(image).objects().orElseThrow());
        Segmentation clean = model.settings(model.settings().with("min_size", 5).with("fill_holes", true))
                .segment(image);
        assertEquals(1, clean.objects().orElseThrow());
        assertEquals(1, value(clean.labels(), 30, 30));
        assertEquals(0, value(clean.labels(), 100, 60));
        Segmentation classes = model.settings("output_type=classes min_size=5 fill_holes overlap=0")
                .segment(image);
        assertEquals(Kind.CLASSES, classes.kind());
        assertEquals(1, value(classes.labels(), 30, 30));
        assertEquals(0, value(classes.labels(), 100, 60));
    }

    private static long value(RandomAccessibleInterval<? extends IntegerType<?>> image, long... at) {
        return image.getAt(at).getIntegerLong();
    }

    @Test
    void calibratedImagesAreResampledToThePixelSizeOfTheModel() throws IOException {
        FakeNetworks.Times network = new FakeNetworks.Times(2);
        TransFuse model =
                TransFuse.with(FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.of(1.0)), options -> network);
        Img<FloatType> pixels = disc(192, 128, 96, 64, 40);
        List<Axis> axes = List.of(new Axis(Axis.Kind.X, 500, "nm"), new Axis(Axis.Kind.Y, 0.5, "\u00b5m"));
        Segmentation result = model.segment(new CalibratedImage("disc", pixels, axes, false, List.of()));
        assertEquals(9, result.statistics().tiles()); // 96 x 64 model pixels, tiles of 48 x 32, half overlapping
        assertArrayEquals(new long[] {192, 128}, result.labels().dimensionsAsLongArray());
        assertEquals(1, value(result.labels(), 96, 30));
        assertEquals(0, value(result.labels(), 96, 18));
        Segmentation given = model.with("pixel_size", 1).segment(pixels);
        assertEquals(49, given.statistics().tiles());
        Segmentation unknown = model.segment(pixels);
        assertTrue(unknown.provenance().notes().get(0).contains("pixel_size"));
    }

    @Test
    void flipsAverageToTheSame() throws IOException {
        Img<FloatType> image = noise(70, 50);
        FakeNetworks.Times network = new FakeNetworks.Times(2);
        Segmentation result = fake(Rule.TILE, 1, Kind.CLASSES, network)
                .settings("flips probabilities batch_size=3")
                .segment(image);
        assertTimesTwo(image, result);
        assertEquals(0, network.shapes.size() % 4);
    }

    @Test
    void goesOnWithSmallerBatches() throws IOException {
        Img<FloatType> image = noise(150, 90);
        FakeNetworks.Times network = new FakeNetworks.Times(2, 3, Device.CPU);
        Segmentation result = fake(Rule.TILE, 1, Kind.CLASSES, network)
                .settings("batch_size=11 probabilities")
                .segment(image);
        assertTimesTwo(image, result);
        assertTrue(network.shapes.stream().allMatch(shape -> shape[0] <= 3));
        assertEquals(3, result.statistics().batchSize());
        assertEquals(2, result.provenance().notes().size());
    }

    @Test
    void goesOnWithTheCpuWhereTheGpuIsTooSmall() throws IOException {
        FakeNetworks.Times gpu = new FakeNetworks.Times(2, 0, new Device(Device.Kind.CUDA, 0));
        FakeNetworks.Times cpu = new FakeNetworks.Times(2);
        NetworkHolder.Opener opener = options -> options.device().kind() == Device.Kind.CPU ? cpu : gpu;
        TransFuse model = TransFuse.with(FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty()), opener);
        Img<FloatType> image = noise(60, 50);
        Segmentation result = model.settings("batch_size=2 probabilities").segment(image);
        assertTimesTwo(image, result);
        assertEquals(Device.CPU, result.statistics().device());
        assertFalse(gpu.isOpen());
        assertTrue(result.provenance().notes().stream().anyMatch(note -> note.contains("CPU")));
    }

    @Test
    void aDeviceThatWasNamedIsNotReplaced() {
        FakeNetworks.Times gpu = new FakeNetworks.Times(2, 0, new Device(Device.Kind.CUDA, 0));
        TransFuse model = fake(Rule.TILE, 1, Kind.CLASSES, gpu).device("cuda");
        String message = assertThrows(OutOfMemoryException.class, () -> model.segment(noise(20, 20)))
                .getMessage();
        assertTrue(message.contains("cuda:0") && message.contains("tile_size"), message);
    }

    @Test
    void cancelStopsWithinABatch() {
        FakeNetworks.Times network = new FakeNetworks.Times(2);
        Progress impatient = new Progress() {
            @Override
            public void report(long done, long total, String step) {
                // only cancels
            }

            @Override
            public boolean isCanceled() {
                return !network.shapes.isEmpty();
            }
        };
        TransFuse model =
                fake(Rule.TILE, 1, Kind.CLASSES, network).with("batch_size", 2).progress(impatient);
        assertThrows(CancellationException.class, () -> model.segment(noise(300, 200)));
        assertTrue(network.shapes.size() <= 2);
    }

    @Test
    void copiesShareTheNetworkUnlessTheDeviceChanges() throws IOException {
        int[] opened = new int[1];
        TransFuse model = TransFuse.with(FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty()), options -> {
            opened[0]++;
            return new FakeNetworks.Times(2);
        });
        model.segment(noise(20, 20));
        model.with("threshold", 0.4).segment(noise(20, 20));
        assertEquals(1, opened[0]);
        model.device("cpu").segment(noise(20, 20));
        assertEquals(2, opened[0]);
        assertSame(model.model(), model.device("cpu").model());
    }

    @Test
    void refusesModesThatTheModelDoesNotKnow() {
        TransFuse model =
                fake(Rule.TILE, 1, Kind.CLASSES, new FakeNetworks.Times(2)).with("mode", "volume");
        assertTrue(assertThrows(SettingException.class, () -> model.segment(noise(20, 20)))
                .getMessage()
                .contains("mode=slices"));
    }

    @Test
    void resultsTellHowTheyCameAbout() throws IOException {
        Segmentation result = fake(Rule.RESIZE, 1, Kind.CLASSES, new FakeNetworks.Times(2))
                .with("threshold", 0.4)
                .segment(noise(20, 20));
        String json = result.provenance().toString();
        for (String part : List.of("\"model\": \"fake\"", "\"threshold\": \"0.4\"", "model_sha256", "normalization")) {
            assertTrue(json.contains(part), json);
        }
    }

    @Test
    void largeResultsAreKeptInAFile() throws IOException {
        List<String> notes = new ArrayList<>();
        ResultStore store = new ResultStore(0, notes::add);
        assertKeeps(store.bytes(5000, 4000, 2), 4999, 3999, 1);
        assertKeeps(store.ints(5000, 4000), 4999, 3999);
        assertKeeps(store.floats(5000, 4000, 1), 4999, 3999, 0);
        assertEquals(3, notes.size());
    }

    private static void assertKeeps(RandomAccessibleInterval<? extends RealType<?>> image, long... at) {
        image.getAt(at).setReal(7);
        assertEquals(7, image.getAt(at).getRealDouble());
        at[0] = 0;
        assertEquals(0, image.getAt(at).getRealDouble());
    }
}
