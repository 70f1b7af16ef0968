package io.github.transfuse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.samples.DrawnMasks;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoJsonTest {
    @TempDir
    Path folder;

    /** A frame of 5 x 5 with a hole of one pixel, and a block of 2 x 1 in each plane but the first. */
    private static CalibratedImage picture(long... size) {
        Img<FloatType> pixels = ArrayImgs.floats(size);
        pixels.forEach(pixel -> pixel.set(-1));
        var access = pixels.randomAccess();
        for (int plane = 0; plane < (size.length > 2 ? size[2] : 1); plane++) {
            for (int i = 0; i < 25; i++) {
                set(access, i == 12 ? -1 : 1, 3 + i % 5, 4 + i / 5, plane);
            }
            for (int x = 20; x < 22 && (size.length == 2 || plane > 0); x++) {
                set(access, 1, x, 10, plane);
            }
        }
        List<Axis> axes =
                new ArrayList<>(List.of(new Axis(Axis.Kind.X, 0.5, "micron"), new Axis(Axis.Kind.Y, 0.5, "micron")));
        if (size.length > 2) {
            axes.add(new Axis(Axis.Kind.Z, 2, "micron"));
        }
        return new CalibratedImage("cells.png", pixels, axes, false, List.of());
    }

    private static void set(RandomAccess<FloatType> access, float value, long... position) {
        for (int d = 0; d < access.numDimensions(); d++) {
            access.setPosition(position[d], d);
        }
        access.get().set(value);
    }

    private JsonArray features(CalibratedImage image, Kind kind, String settings) throws IOException {
        try (TransFuse model = FakeNetworks.open(
                        FakeNetworks.model(Rule.TILE, 1, kind, Optional.empty()), options -> new FakeNetworks.Times(2))
                .settings(Settings.parse("geojson " + settings))) {
            Segmentation result = model.segment(image);
            new ResultWriter(folder).write("cells.png", image, result);
        }
        JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("cells-objects.geojson")))
                .getAsJsonObject();
        assertEquals("FeatureCollection", json.get("type").getAsString());
        return json.getAsJsonArray("features");
    }

    private static JsonObject of(JsonElement feature, String key) {
        assertEquals("Feature", feature.getAsJsonObject().get("type").getAsString());
        return feature.getAsJsonObject().getAsJsonObject(key);
    }

    @Test
    void objectsAreDetectionsWithHolesClassAndMeasurements() throws IOException {
        JsonArray features = features(picture(32, 32), Kind.INSTANCES, "");
        assertEquals(2, features.size());
        JsonObject frame = of(features.get(0), "geometry");
        assertEquals("Polygon", frame.get("type").getAsString());
        assertEquals(
                "[[[8,4],[8,9],[3,9],[3,4],[8,4]],[[6,7],[6,6],[5,6],[5,7],[6,7]]]",
                frame.get("coordinates").toString());
        assertFalse(frame.has("plane"));
        JsonObject properties = of(features.get(0), "properties");
        assertEquals("detection", properties.get("objectType").getAsString());
        assertEquals("class0 1", properties.get("name").getAsString());
        assertEquals(
                "{\"name\":\"class0\",\"color\":[255,0,0]}",
                properties.get("classification").toString());
        JsonObject measured = properties.getAsJsonObject("measurements");
        assertEquals(24 * 0.25, measured.get("area_micron^2").getAsDouble());
        assertEquals(5.5 * 0.5, measured.get("x_micron").getAsDouble(), 1e-9);
        assertEquals(
                0.5,
                of(features.get(1), "properties")
                        .getAsJsonObject("measurements")
                        .get("area_micron^2")
                        .getAsDouble());
        assertFalse(measured.has("label") || measured.has("class") || measured.has("image"));
        assertFalse(Files.exists(folder.resolve("cells-objects.csv")), "the table was not asked for");
    }

    @Test
    void aClassIsOneAnnotationOfAllItsParts() throws IOException {
        JsonArray features = features(picture(32, 32), Kind.CLASSES, "");
        assertEquals(1, features.size());
        assertEquals("MultiPolygon", of(features.get(0), "geometry").get("type").getAsString());
        assertEquals(
                2, of(features.get(0), "geometry").getAsJsonArray("coordinates").size());
        JsonObject properties = of(features.get(0), "properties");
        assertEquals("annotation", properties.get("objectType").getAsString());
        assertEquals(
                26 * 0.25,
                properties.getAsJsonObject("measurements").get("area_micron^2").getAsDouble());
    }

    @Test
    void objectsOfStacksLieInTheirSlices() throws IOException {
        JsonArray features = features(picture(32, 32, 2), Kind.INSTANCES, "");
        assertEquals(3, features.size());
        assertEquals(
                "{\"c\":-1,\"z\":0,\"t\":0}",
                of(features.get(0), "geometry").get("plane").toString());
        assertEquals(
                "{\"c\":-1,\"z\":1,\"t\":0}",
                of(features.get(2), "geometry").get("plane").toString());
        double volume = 2 * 24 * 0.5;
        for (int i = 0; i < 2; i++) {
            JsonObject measured = of(features.get(i), "properties").getAsJsonObject("measurements");
            assertEquals(volume, measured.get("volume_micron^3").getAsDouble(), 1e-9, "both slices of one object");
        }
    }

    /** GeoJSON and ROIs of a result are masks again: the same objects with the same holes. */
    @Test
    void whatIsWrittenIsReadAsMasks() throws IOException {
        CalibratedImage image = picture(32, 32, 2);
        Path images = Files.createDirectories(folder.resolve("images"));
        ResultFiles.writeTiff(images.resolve("cells.tif"), image, Map.of());
        DrawnMasks.Rule rule = new DrawnMasks.Rule(RoiMeaning.CLASSES, Optional.empty(), List.of());
        for (String kind : List.of("geojson", "rois")) {
            features(image, Kind.CLASSES, "rois");
            Path masks = Files.createDirectories(folder.resolve(kind));
            String name = kind.equals("rois") ? "cells-rois.zip" : "cells-objects.geojson";
            Files.move(folder.resolve(name), masks.resolve(name));
            Path drawn = folder.resolve("drawn-" + kind);
            assertEquals(
                    1,
                    DrawnMasks.draw(Pairing.ofShapes(images, masks), rule, drawn)
                            .size());
            var expected = Views.flatIterable(ImageFiles.readLabels(folder.resolve("cells-labels.tif"))
                            .pixels())
                    .cursor();
            long found = 0;
            for (var pixel : Views.flatIterable(
                    ImageFiles.readLabels(drawn.resolve("cells.tif")).pixels())) {
                assertEquals(expected.next().getRealDouble(), pixel.getRealDouble(), kind);
                found += pixel.getRealDouble() > 0 ? 1 : 0;
            }
            assertEquals(24 + 26, found);
        }
    }

    @Test
    void inSlicesAloneEachHasItsOwnMeasurements() throws IOException {
        JsonArray features = features(picture(32, 32, 2), Kind.INSTANCES, "connectivity=8");
        assertEquals(3, features.size());
        List<Double> areas = new ArrayList<>();
        features.forEach(feature -> areas.add(of(feature, "properties")
                .getAsJsonObject("measurements")
                .get("area_micron^2")
                .getAsDouble()));
        assertEquals(List.of(6.0, 6.0, 0.5), areas);
    }
}
