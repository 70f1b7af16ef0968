package io.github.transfuse.qupath;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import qupath.lib.images.ImageData;
import qupath.lib.objects.PathObject;
import qupath.lib.regions.ImagePlane;

/**
 * Writes annotated regions to a folder that {@code transfuse train} reads. Regions have the class {@code Training} or
 * {@code Validation}; annotations of other classes within them are what is to be learned. The folder receives
 * {@code images} and {@code masks} with equal names, {@code validation.txt} with the stems of the validation regions, and
 * {@code classes.txt} with the mask value, name and colour of each class.
 */
public final class TrainingSetExport {
    private static final String TRAINING = "Training";
    private static final String VALIDATION = "Validation";

    /** The class of what is to be learned as background in regions that are not annotated everywhere. */
    private static final String BACKGROUND = "Background";

    /** Value in masks that training is to ignore. */
    static final int IGNORED = 255;

    private final Path folder;
    private final double pixelSize;
    private final boolean sparse;

    /**
     * An export.
     *
     * @param folder made if missing
     * @param pixelSize at which the regions are written, in microns; images without calibration are written as they are
     */
    public TrainingSetExport(String folder, double pixelSize) {
        this(folder, pixelSize, false);
    }

    /**
     * An export of regions that need not be annotated everywhere.
     *
     * @param folder made if missing
     * @param pixelSize as above
     * @param sparse whether everything that is not annotated is ignored (255) in training, which needs annotations of the
     *     class {@code Background} too; otherwise it is background
     */
    public TrainingSetExport(String folder, double pixelSize, boolean sparse) {
        this.sparse = sparse;
        SlideOptions.requirePositive("pixelSize", pixelSize);
        this.folder = Path.of(folder);
        this.pixelSize = pixelSize;
    }

    /**
     * Adds the regions of an image.
     *
     * @return how many regions were written
     * @throws SlideException if the image has no region of the class Training or Validation, or nothing in it
     */
    public int add(ImageData<BufferedImage> image) throws IOException {
        Collection<PathObject> annotations = image.getHierarchy().getAnnotationObjects();
        List<PathObject> regions =
                annotations.stream().filter(a -> isRegion(className(a))).toList();
        List<PathObject> drawn = annotations.stream()
                .filter(a -> !className(a).isEmpty() && !isRegion(className(a)))
                .toList();
        if (regions.isEmpty() || drawn.isEmpty()) {
            throw new SlideException(
                    "There is nothing to export: draw at least one annotation of the class Training, and"
                            + " within it annotations of the classes that are to be learned.");
        }
        Map<String, MaskClass> classes = classes(drawn);
        ServerRegions server = new ServerRegions(image.getServer());
        List<String> validation = new ArrayList<>(existing("validation.txt"));
        for (PathObject region : regions) {
            String stem = write(server, region, drawn, classes);
            if (className(region).equals(VALIDATION) && !validation.contains(stem)) {
                validation.add(stem);
            }
        }
        Files.write(folder.resolve("validation.txt"), validation, StandardCharsets.UTF_8);
        return regions.size();
    }

    /** Whether an image has regions to export. */
    static boolean hasRegions(ImageData<BufferedImage> image) {
        return image.getHierarchy().getAnnotationObjects().stream().anyMatch(a -> isRegion(className(a)));
    }

    /** Removes a set of an earlier attempt, whose regions may have been moved since; other files stay. */
    static void discard(Path folder) throws IOException {
        for (String part : List.of("images", "masks")) {
            if (Files.isDirectory(folder.resolve(part))) {
                try (DirectoryStream<Path> pictures = Files.newDirectoryStream(folder.resolve(part), "*.png")) {
                    for (Path picture : pictures) {
                        Files.delete(picture);
                    }
                }
            }
        }
        Files.deleteIfExists(folder.resolve("validation.txt"));
        Files.deleteIfExists(folder.resolve("classes.txt"));
    }

    private boolean isBackground(PathObject object) {
        return sparse && className(object).equals(BACKGROUND);
    }

    private static boolean isRegion(String name) {
        return name.equals(TRAINING) || name.equals(VALIDATION);
    }

    private static String className(PathObject object) {
        return object.getPathClass() == null ? "" : object.getPathClass().toString();
    }

    /** The value of a class in masks, and its colour 0xRRGGBB. */
    private record MaskClass(int value, int color) {}

    private List<String> existing(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    }

    /** Classes keep the value that an earlier image of this folder gave them. */
    private Map<String, MaskClass> classes(List<PathObject> drawn) throws IOException {
        Map<String, MaskClass> classes = new LinkedHashMap<>();
        for (String line : existing("classes.txt")) {
            String[] columns = line.split("\t", -1);
            classes.put(columns[1], new MaskClass(Integer.parseInt(columns[0]), Integer.decode(columns[2])));
        }
        Map<String, Integer> colors = new TreeMap<>();
        drawn.stream()
                .filter(a -> !isBackground(a))
                .forEach(a -> colors.put(className(a), a.getPathClass().getColor()));
        colors.forEach((name, color) ->
                classes.putIfAbsent(name, new MaskClass(classes.size() + 1, (color == null ? 0 : color) & 0xffffff)));
        Files.createDirectories(folder);
        List<String> lines = classes.entrySet().stream()
                .map(e -> e.getValue().value() + "\t" + e.getKey() + "\t"
                        + String.format(Locale.ROOT, "0x%06x", e.getValue().color()))
                .collect(Collectors.toList());
        Files.write(folder.resolve("classes.txt"), lines, StandardCharsets.UTF_8);
        return classes;
    }

    private String write(
            ServerRegions server, PathObject region, List<PathObject> drawn, Map<String, MaskClass> classes)
            throws IOException {
        SlideInfo slide = server.info();
        ImagePlane imagePlane = region.getROI().getImagePlane();
        RegionReader.Plane plane = new RegionReader.Plane(imagePlane.getZ(), imagePlane.getT());
        SlideRegion box = SlideRegion.around(region.getROI().getGeometry().getEnvelopeInternal(), slide, plane);
        double downsample = slide.micronsPerPixel().isPresent()
                ? pixelSize / slide.micronsPerPixel().getAsDouble()
                : 1;
        BufferedImage pixels = server.read(
                        new RegionReader.Request(downsample, box.x(), box.y(), box.width(), box.height(), plane))
                .orElseThrow(() -> new SlideException("The image " + slide.name() + " has no pixels in a region of the"
                        + " class " + className(region) + ". Draw it where the image is."));
        MaskPainter mask = new MaskPainter(box, pixels.getWidth(), pixels.getHeight(), sparse ? IGNORED : 0);
        drawn.stream()
                .filter(a -> a.getROI().getImagePlane().getZ() == plane.z()
                        && a.getROI().getImagePlane().getT() == plane.t())
                .forEach(a -> mask.paint(
                        a.getROI().getGeometry(),
                        isBackground(a) ? 0 : classes.get(className(a)).value()));
        String stem = stem(slide, box);
        save(pixels, "images", stem);
        save(mask.image(), "masks", stem);
        return stem;
    }

    /** Names of one region are always the same, so that exporting again replaces it. */
    private static String stem(SlideInfo slide, SlideRegion box) {
        return slide.name().replaceAll("[^A-Za-z0-9._-]+", "_") + "_x" + box.x() + "_y" + box.y() + "_z"
                + box.plane().z() + "_t" + box.plane().t();
    }

    private void save(BufferedImage image, String sub, String stem) throws IOException {
        Path target = Files.createDirectories(folder.resolve(sub)).resolve(stem + ".png");
        Path temporary = Files.createTempFile(target.getParent(), stem, ".part");
        try {
            if (!ImageIO.write(image, "png", temporary.toFile())) {
                throw new SlideException("Images with " + image.getRaster().getNumBands()
                        + " channels cannot be written as PNG. Export colour or single-channel images.");
            }
            Files.move(temporary, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
