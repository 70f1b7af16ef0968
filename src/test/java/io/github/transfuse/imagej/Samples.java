package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.image.Placement;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Images, a model with random weights, and what the facade makes of them.
 *
 * @param folder where all of it lies
 * @param settings model and threshold; the threshold is the median of the probabilities of the first image, so that the
 *     random weights give labels of both values
 */
record Samples(Path folder, String settings) {
    /** RGB images that are files of the folder {@link #images}. */
    static final List<String> NAMES = List.of("one.png", "two three.tif");

    /** A calibrated RGB stack with slice labels. */
    static final String STACK = "stack.tif";

    /** Of a volume. */
    static final int SLICES = 5;

    /** Writes a volume of 40 x 36 x 5 voxels of 1 x 1 x 2.5 mm, with a bright ball in it. */
    static Path writeVolume(Path file, int seed) throws IOException {
        Img<FloatType> pixels = ArrayImgs.floats(40, 36, SLICES);
        Cursor<FloatType> cursor = pixels.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            double x = cursor.getIntPosition(0) - 15 - seed;
            double y = cursor.getIntPosition(1) - 18;
            double z = 2.5 * (cursor.getIntPosition(2) - 2);
            cursor.get().set(x * x + y * y + z * z < 64 ? 200 : cursor.getIntPosition(0));
        }
        List<Axis> axes = List.of(
                new Axis(Axis.Kind.X, 1, "mm"), new Axis(Axis.Kind.Y, 1, "mm"), new Axis(Axis.Kind.Z, 2.5, "mm"));
        CalibratedImage image = new CalibratedImage("volume", pixels, axes, false, List.of());
        List<Double> affine = List.of(-1.0, 0.0, 0.0, 20.0, 0.0, 1.0, 0.0, -7.0, 0.0, 0.0, 2.5, 3.0);
        ResultFiles.writeVolume(file, image, new Placement(Placement.Format.DICOM, affine, new byte[0]));
        return file;
    }

    static Samples write(Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        new FileSaver(new ImagePlus("one", picture(1)))
                .saveAsPng(images.resolve(NAMES.get(0)).toString());
        new FileSaver(new ImagePlus("two", picture(2)))
                .saveAsTiff(images.resolve(NAMES.get(1)).toString());
        ImageStack planes = new ImageStack();
        planes.addSlice("first", picture(3));
        planes.addSlice("second", picture(4));
        ImagePlus stack = new ImagePlus("stack", planes);
        stack.getCalibration().pixelWidth = 0.25;
        stack.getCalibration().pixelHeight = 0.25;
        stack.getCalibration().setUnit("micron");
        new FileSaver(stack).saveAsTiffStack(folder.resolve(STACK).toString());
        String model = "model=[" + RandomModel.write(folder.resolve("model")) + "]";
        return new Samples(folder, model + " threshold=" + median(model, images.resolve(NAMES.get(0))));
    }

    /** Writes pictures and masks to train on, and returns the settings that name them. */
    String trainingData() throws IOException {
        Path data = folder.resolve("training");
        for (String part : List.of("data", "validation")) {
            for (int i = 1; i <= 2; i++) {
                ColorProcessor picture = picture(i);
                String name = part + i + ".png";
                save(picture, data.resolve(part).resolve("images"), name);
                ImageProcessor mask = picture.convertToByteProcessor();
                mask.threshold(120);
                save(mask, data.resolve(part).resolve("masks"), name);
            }
        }
        return "images=[%1$s/data/images] masks=[%1$s/data/masks] validation=[%1$s/validation]".formatted(data);
    }

    /** Writes a mask for every image of {@link #images}, and returns the settings that name both. */
    String truth() throws IOException {
        for (String name : NAMES) {
            ImageProcessor mask =
                    IJ.openImage(path(name).toString()).getProcessor().convertToByteProcessor();
            mask.threshold(120);
            save(mask, folder.resolve("truth"), stem(name) + ".png");
        }
        return "images=[%1$s/images] masks=[%1$s/truth]".formatted(folder);
    }

    private static void save(ImageProcessor pixels, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        new FileSaver(new ImagePlus(name, pixels))
                .saveAsPng(folder.resolve(name).toString());
    }

    /** Coloured discs on a gradient. */
    private static ColorProcessor picture(long seed) {
        ColorProcessor picture = new ColorProcessor(90, 70);
        for (int y = 0; y < 70; y++) {
            for (int x = 0; x < 90; x++) {
                picture.putPixel(x, y, new int[] {x * 2, y * 3, 60});
            }
        }
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            picture.setColor(random.nextInt(1 << 24));
            picture.fillOval(random.nextInt(70), random.nextInt(50), 20, 20);
        }
        return picture;
    }

    private static float median(String model, Path image) throws IOException {
        Segmentation result = facade(model + " probabilities", image);
        float[] values = new float[90 * 70];
        int i = 0;
        for (FloatType value : result.probabilities().orElseThrow()) {
            values[i++] = value.get();
        }
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Segmentation facade(String settings, Path image) throws IOException {
        try (TransFuse model = TransFuse.load(Settings.parse(settings))) {
            return model.segment(ImagePlusImages.wrap(IJ.openImage(image.toString())));
        }
    }

    Path images() {
        return folder.resolve("images");
    }

    Path path(String name) {
        return name.equals(STACK) ? folder.resolve(name) : images().resolve(name);
    }

    static String stem(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Compares labels with what the facade gives for a sample; and makes sure that they are not all the same. */
    void assertSameAsFacade(String name, ImagePlus labels) throws IOException {
        Segmentation result = facade(settings, path(name));
        ImagePlus expected = ImagePlusImages.toImagePlus(result.labelImage(name));
        assertEquals(expected.getStackSize(), labels.getStackSize(), name);
        for (int i = 1; i <= expected.getStackSize(); i++) {
            byte[] pixels = (byte[]) expected.getStack().getPixels(i);
            assertArrayEquals(pixels, (byte[]) labels.getStack().getPixels(i), name + " plane " + i);
        }
        byte[] first = (byte[]) expected.getStack().getPixels(1);
        boolean mixed = contains(first, (byte) 0) && contains(first, (byte) 1);
        assertTrue(mixed, "random weights gave a label image of one value for " + name);
    }

    private static boolean contains(byte[] pixels, byte wanted) {
        for (byte pixel : pixels) {
            if (pixel == wanted) {
                return true;
            }
        }
        return false;
    }
}
