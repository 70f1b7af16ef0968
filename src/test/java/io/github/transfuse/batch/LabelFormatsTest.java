package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels in every format are read back as they were, with their axes and lengths. */
class LabelFormatsTest {
    @TempDir
    Path folder;

    /** Squares of 6 pixels in every 12, some at the border. */
    private static CalibratedImage squares(Axis.Kind third, long... size) {
        Img<FloatType> pixels = ArrayImgs.floats(size);
        var cursor = pixels.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            boolean inside = cursor.getIntPosition(0) % 12 < 6 && cursor.getIntPosition(1) % 12 < 6;
            cursor.get().set(inside ? 1 : -1);
        }
        List<Axis> plane = List.of(new Axis(Axis.Kind.X, 0.25, "micron"), new Axis(Axis.Kind.Y, 500, "nm"));
        List<Axis> axes = size.length == 2
                ? plane
                : List.of(
                        plane.get(0),
                        plane.get(1),
                        third == Axis.Kind.Z ? new Axis(third, 0.002, "mm") : Axis.of(third));
        return new CalibratedImage("cells.png", pixels, axes, false, List.of());
    }

    private static Segmentation segment(CalibratedImage image, Kind kind, String settings) throws IOException {
        try (TransFuse model = FakeNetworks.open(
                        FakeNetworks.model(Rule.TILE, 1, kind, Optional.empty()), options -> new FakeNetworks.Times(2))
                .settings(Settings.parse(settings))) {
            return model.segment(image);
        }
    }

    private static void assertSame(RandomAccessibleInterval<? extends IntegerType<?>> expected, CalibratedImage read) {
        RandomAccessibleInterval<? extends RealType<?>> pixels =
                read.channelsLast().pixels();
        assertEquals(
                List.of(Intervals.toString((net.imglib2.Interval) Views.zeroMin(expected))),
                List.of(Intervals.toString((net.imglib2.Interval) Views.zeroMin(pixels))));
        RandomAccess<? extends IntegerType<?>> label = expected.randomAccess();
        var cursor = Views.flatIterable(pixels).localizingCursor();
        while (cursor.hasNext()) {
            double value = cursor.next().getRealDouble();
            assertEquals(label.setPositionAndGet(cursor).getIntegerLong(), (long) value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tiff, tif, INSTANCES, X",
        "png, png, INSTANCES, X",
        "png, png, CLASSES, X",
        "ome-tiff, ome.tif, INSTANCES, X",
        "ome-tiff, ome.tif, CLASSES, Z",
        "ome-tiff, ome.tif, INSTANCES, TIME",
        "ome-zarr, ome.zarr, INSTANCES, X",
        "ome-zarr, ome.zarr, CLASSES, Z",
        "ome-zarr, ome.zarr, INSTANCES, TIME"
    })
    void labelsAreReadBack(String format, String extension, Kind kind, Axis.Kind third) throws IOException {
        CalibratedImage image = third == Axis.Kind.X ? squares(third, 64, 48) : squares(third, 64, 48, 3);
        Segmentation result = segment(image, kind, "label_format=" + format);
        Path file = new ResultWriter(folder).write("cells.png", image, result).get(0);
        assertEquals("cells-labels." + extension, file.getFileName().toString());
        CalibratedImage read = ImageFiles.readLabels(file);
        assertSame(result.labels(), read);
        if (!format.equals("png")) {
            assertEquals(0.25, micron(read, Axis.Kind.X), 1e-9);
            assertEquals(0.5, micron(read, Axis.Kind.Y), 1e-9);
        }
        if (third == Axis.Kind.Z) {
            assertEquals(2, micron(read, Axis.Kind.Z), 1e-9);
        }
        assertEquals(image.axes().size(), read.axes().size());
        assertEquals(
                image.axes().get(image.axes().size() - 1).kind(),
                read.axes().get(read.axes().size() - 1).kind());
    }

    private static double micron(CalibratedImage image, Axis.Kind kind) {
        Axis axis = image.axes().get(image.dimension(kind).orElseThrow());
        return io.github.transfuse.image.Lengths.spacing(axis, "micron").orElseThrow();
    }

    @Test
    void largeImagesHaveSmallerLevelsOfTheSameLabels() throws IOException {
        CalibratedImage image = squares(Axis.Kind.X, 2500, 40);
        Segmentation result = segment(image, Kind.INSTANCES, "label_format=ome-zarr");
        Path file = new ResultWriter(folder).write("cells.png", image, result).get(0);
        assertSame(result.labels(), ImageFiles.readLabels(file));
        JsonObject attributes = json(file.resolve(".zattrs"));
        String datasets = attributes
                .getAsJsonArray("multiscales")
                .get(0)
                .getAsJsonObject()
                .get("datasets")
                .toString();
        assertEquals(
                "[{\"path\":\"0\",\"coordinateTransformations\":[{\"type\":\"scale\",\"scale\":[500.0,0.25]}]},"
                        + "{\"path\":\"1\",\"coordinateTransformations\":[{\"type\":\"scale\",\"scale\":[1000.0,0.5]}]},"
                        + "{\"path\":\"2\",\"coordinateTransformations\":[{\"type\":\"scale\",\"scale\":[2000.0,1.0]}]}]",
                datasets);
        assertEquals(
                "[{\"name\":\"y\",\"type\":\"space\",\"unit\":\"nanometer\"},"
                        + "{\"name\":\"x\",\"type\":\"space\",\"unit\":\"micrometer\"}]",
                attributes
                        .getAsJsonArray("multiscales")
                        .get(0)
                        .getAsJsonObject()
                        .get("axes")
                        .toString());
        assertEquals("[10,625]", json(file.resolve("2/.zarray")).get("shape").toString());
        // The smallest level alone is an image of every fourth pixel
        attributes
                .getAsJsonArray("multiscales")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("datasets")
                .remove(0);
        attributes
                .getAsJsonArray("multiscales")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("datasets")
                .remove(0);
        Files.writeString(file.resolve(".zattrs"), attributes.toString());
        assertSame(Views.subsample(result.labels(), 4, 4), ImageFiles.readLabels(file));
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @Test
    void classesHaveTheirColorsAndTheResultItsProvenance() throws IOException {
        CalibratedImage image = squares(Axis.Kind.X, 64, 48);
        Segmentation result = segment(image, Kind.CLASSES, "label_format=ome-zarr");
        Path file = new ResultWriter(folder).write("cells.png", image, result).get(0);
        JsonObject attributes = json(file.resolve(".zattrs"));
        assertEquals(
                "{\"version\":\"0.4\",\"colors\":[{\"label-value\":1,\"rgba\":[255,0,0,255]}]}",
                attributes.get("image-label").toString());
        assertEquals(
                "cells.png",
                attributes.getAsJsonObject("TransFuse").get("input").getAsString());
        assertEquals(
                List.of("class0"),
                LabelClasses.of(attributes.get("TransFuse").toString()).names());
    }

    /** A smaller image of the same name leaves no chunks of the larger one, and nothing else that somebody put there goes. */
    @Test
    void chunksOfAnEarlierImageGo() throws IOException {
        CalibratedImage large = squares(Axis.Kind.X, 1100, 20);
        new ResultWriter(folder).write("a", large, segment(large, Kind.INSTANCES, "label_format=ome-zarr"));
        Path zarr = folder.resolve("cells-labels.ome.zarr");
        assertTrue(Files.exists(zarr.resolve("0/0/1")) && Files.exists(zarr.resolve("1/.zarray")));
        Files.writeString(zarr.resolve("notes.txt"), "mine");
        CalibratedImage small = squares(Axis.Kind.X, 30, 20);
        Segmentation result = segment(small, Kind.INSTANCES, "label_format=ome-zarr");
        new ResultWriter(folder).write("a", small, result);
        assertFalse(Files.exists(zarr.resolve("0/0/1")) || Files.exists(zarr.resolve("1/.zarray")));
        assertTrue(Files.exists(zarr.resolve("notes.txt")));
        assertSame(result.labels(), ImageFiles.readLabels(zarr));
    }

    @Tag("faults")
    @Test
    void aFailureLeavesTheEarlierResult() throws Exception {
        CalibratedImage large = squares(Axis.Kind.X, 1100, 20);
        new ResultWriter(folder).write("a", large, segment(large, Kind.INSTANCES, "label_format=ome-zarr geojson"));
        CalibratedImage small = squares(Axis.Kind.X, 30, 20);
        Segmentation result = segment(small, Kind.INSTANCES, "label_format=ome-zarr geojson");
        EveryFault.of(folder, to -> new ResultWriter(to).write("a", small, result));
    }

    @Test
    void stacksDoNotFitPngAndNothingIsWritten() throws IOException {
        CalibratedImage image = squares(Axis.Kind.Z, 64, 48, 2);
        Settings settings = Settings.parse("label_format=png");
        String message = assertThrows(
                        UnsupportedImageException.class, () -> ResultWriter.requireFitting(image, settings))
                .getMessage();
        assertTrue(
                message.contains("label_format=png is for planes") && message.contains("label_format=tiff"), message);
        Segmentation result = segment(image, Kind.CLASSES, "label_format=png");
        assertThrows(UnsupportedImageException.class, () -> new ResultWriter(folder).write("cells.png", image, result));
        assertEquals(Map.of(), EveryFault.contents(folder));
        ResultWriter.requireFitting(squares(Axis.Kind.X, 64, 48), settings);
    }

    @Test
    void aResultIsNoInput() throws IOException {
        CalibratedImage image = squares(Axis.Kind.X, 64, 48);
        Path source = folder.resolve("cells.png");
        javax.imageio.ImageIO.write(
                new java.awt.image.BufferedImage(64, 48, java.awt.image.BufferedImage.TYPE_BYTE_GRAY),
                "png",
                source.toFile());
        for (String format : List.of("ome-zarr", "ome-tiff", "png")) {
            new ResultWriter(folder)
                    .write("cells.png", image, segment(image, Kind.INSTANCES, "label_format=" + format));
        }
        assertEquals(
                List.of(source),
                InputFiles.find(folder.toString(), false).files().stream()
                        .map(InputFile::path)
                        .toList());
    }
}
