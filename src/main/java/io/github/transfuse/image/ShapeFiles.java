package io.github.transfuse.image;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads files of shapes: selections of ImageJ, one ({@code .roi}) or a set ({@code .zip}), and GeoJSON as QuPath writes it. */
public final class ShapeFiles {
    private static final String ROI = ".roi";
    private static final String SET = ".zip";
    private static final String GEOJSON = ".geojson";

    /** No selection has as many points. */
    private static final int MAX_BYTES = 1 << 26;

    private ShapeFiles() {}

    /** Whether a file is one, by its name. */
    public static boolean is(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && List.of(ROI, SET, GEOJSON).stream().anyMatch(name::endsWith);
    }

    /**
     * Reads all shapes that have an area; selections of ImageJ without an area, such as points and words, are passed over,
     * as in overlays.
     *
     * @throws UnsupportedImageException if the file is damaged, or holds shapes but none with an area
     */
    public static List<DrawnShape> read(Path file) throws UnsupportedImageException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            return name.endsWith(GEOJSON) ? GeoJsonShapes.read(file) : selections(file, name.endsWith(SET));
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ImageFiles.damaged(file, e);
        }
    }

    private static List<DrawnShape> selections(Path file, boolean set) throws IOException {
        List<DrawnShape> shapes = new ArrayList<>();
        if (set) {
            // Read by its list of contents: without that it is cut, and what follows is missing
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (entry.getName().toLowerCase(Locale.ROOT).endsWith(ROI)) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            add(shapes, in);
                        }
                    }
                }
            }
        } else {
            try (InputStream in = Files.newInputStream(file)) {
                add(shapes, in);
            }
        }
        if (shapes.isEmpty()) {
            throw new UnsupportedImageException(
                    file, "it holds no ROI with an area", "Save areas of ImageJ's ROI Manager, as .roi or .zip.");
        }
        return shapes;
    }

    private static void add(List<DrawnShape> shapes, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES);
        RoiBytes.check(bytes);
        if (RoiBytes.isPicture(bytes)) {
            return;
        }
        int group = takeGroup(bytes);
        Roi roi = RoiDecoder.openFromByteArray(bytes);
        if (roi == null) {
            throw new IOException("a ROI in it cannot be read");
        }
        if (RoiMasks.isOutline(roi)) {
            DrawnShape.Position position = roi.hasHyperStackPosition()
                    ? new DrawnShape.Position(0, roi.getZPosition(), roi.getTPosition())
                    : new DrawnShape.Position(Math.max(0, roi.getPosition()), 0, 0);
            RoiName name = RoiName.of(roi.getName() == null ? "" : roi.getName().strip(), group);
            shapes.add(new DrawnShape(name, position, image -> mask(roi, image)));
        }
    }

    /** ImageJ would look for colours of groups, and complain where it finds none. */
    private static int takeGroup(byte[] bytes) {
        int second = bytes.length < RoiDecoder.HEADER2_OFFSET + Integer.BYTES
                ? 0
                : ByteBuffer.wrap(bytes).getInt(RoiDecoder.HEADER2_OFFSET);
        if (second <= 0 || second > bytes.length - RoiDecoder.GROUP - 1) {
            return 0;
        }
        int group = bytes[second + RoiDecoder.GROUP] & 0xFF;
        bytes[second + RoiDecoder.GROUP] = 0;
        return group;
    }

    /** As ImageJ fills it. */
    private static DrawnShape.Mask mask(Roi roi, Rectangle image) {
        Rectangle bounds = roi.getBounds();
        if (bounds.isEmpty()) {
            return new DrawnShape.Mask(new Rectangle(), new byte[0]);
        }
        if ((double) bounds.width * bounds.height > 4.0 * image.width * image.height) {
            throw new IllegalArgumentException("A ROI of " + bounds.width + " x " + bounds.height
                    + " pixels does not belong to an image of " + image.width + " x " + image.height + ".");
        }
        ImageProcessor pixels = roi.getMask();
        if (pixels != null) {
            return new DrawnShape.Mask(bounds, (byte[]) pixels.getPixels());
        }
        byte[] full = new byte[bounds.width * bounds.height];
        Arrays.fill(full, (byte) 1);
        return new DrawnShape.Mask(bounds, full);
    }
}
