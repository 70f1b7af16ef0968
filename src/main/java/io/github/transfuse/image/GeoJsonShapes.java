package io.github.transfuse.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads GeoJSON as QuPath writes it: polygons in pixels, with the class and the plane of each. */
final class GeoJsonShapes {
    private final Path file;
    private final List<DrawnShape> shapes = new ArrayList<>();

    private GeoJsonShapes(Path file) {
        this.file = file;
    }

    static List<DrawnShape> read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            GeoJsonShapes read = new GeoJsonShapes(file);
            read.add(JsonParser.parseReader(text));
            return read.shapes;
        } catch (JsonParseException e) {
            throw new IOException("it is no JSON", e);
        } catch (IllegalStateException | UnsupportedOperationException | NullPointerException e) {
            throw new IOException("it is no GeoJSON", e);
        }
    }

    /** QuPath also writes a list of features without a collection. */
    private void add(JsonElement element) throws IOException {
        if (element instanceof JsonArray features) {
            for (JsonElement feature : features) {
                add(feature);
            }
            return;
        }
        JsonObject object = element.getAsJsonObject();
        String type = object.get("type").getAsString();
        if (type.equals("FeatureCollection")) {
            add(object.getAsJsonArray("features"));
        } else if (type.equals("Feature")) {
            feature(object);
        } else {
            throw new IOException("it holds no features, but " + type);
        }
    }

    private void feature(JsonObject feature) throws IOException {
        JsonObject geometry = feature.getAsJsonObject("geometry");
        JsonObject properties = feature.get("properties") instanceof JsonObject given ? given : new JsonObject();
        Path2D.Double path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        String type = geometry.get("type").getAsString();
        JsonArray coordinates = geometry.getAsJsonArray("coordinates");
        switch (type) {
            case "Polygon" -> polygon(path, coordinates);
            case "MultiPolygon" -> {
                for (JsonElement part : coordinates) {
                    polygon(path, part.getAsJsonArray());
                }
            }
            default ->
                throw new UnsupportedImageException(
                        file, "it holds a " + type + ", which has no area", "Export areas only.");
        }
        String called = className(properties);
        boolean object = properties.has("objectType")
                && Set.of("detection", "cell")
                        .contains(properties.get("objectType").getAsString());
        RoiName name = object ? RoiName.ofObject(called, shapes.size() + 1) : RoiName.ofArea(called);
        shapes.add(new DrawnShape(name, position(geometry), image -> mask(path, image)));
    }

    private static void polygon(Path2D.Double path, JsonArray rings) throws IOException {
        for (JsonElement ring : rings) {
            boolean first = true;
            for (JsonElement corner : ring.getAsJsonArray()) {
                double x = corner.getAsJsonArray().get(0).getAsDouble();
                double y = corner.getAsJsonArray().get(1).getAsDouble();
                if (!Double.isFinite(x) || !Double.isFinite(y)) {
                    throw new IOException("a corner in it is not finite");
                }
                if (first) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
                first = false;
            }
            if (!first) {
                path.closePath();
            }
        }
    }

    private static String className(JsonObject properties) {
        if (properties.get("classification") instanceof JsonObject given) {
            if (given.get("names") instanceof JsonArray names) {
                return names.asList().stream().map(JsonElement::getAsString).collect(Collectors.joining(": "));
            }
            if (given.has("name")) {
                return given.get("name").getAsString().strip();
            }
        }
        return "";
    }

    /** QuPath counts from 0, and leaves the first plane out. */
    private static DrawnShape.Position position(JsonObject geometry) {
        if (geometry.get("plane") instanceof JsonObject plane) {
            return new DrawnShape.Position(
                    0, 1 + plane.get("z").getAsInt(), 1 + plane.get("t").getAsInt());
        }
        return new DrawnShape.Position(0, 1, 1);
    }

    /** Pixels whose centre is inside. */
    private static DrawnShape.Mask mask(Path2D.Double path, Rectangle image) {
        Rectangle bounds = path.getBounds().intersection(image);
        if (bounds.isEmpty()) {
            return new DrawnShape.Mask(new Rectangle(), new byte[0]);
        }
        BufferedImage picture = new BufferedImage(bounds.width, bounds.height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.translate(-bounds.x, -bounds.y);
        graphics.setColor(Color.WHITE);
        graphics.fill(path);
        graphics.dispose();
        return new DrawnShape.Mask(bounds, ((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
    }
}
