package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import io.github.transfuse.TransFuse;
import io.github.transfuse.cli.Main;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/**
 * An image has the same labels whichever way it goes: the shell, a macro's {@code call}, the SciJava command of Fiji, the
 * code that the plug-in of plain ImageJ runs, and ImgLib2 pixels given to the facade.
 */
class SamePixelsTest {
    @TempDir
    Path folder;

    @Test
    void allWaysGiveTheSamePixels() throws Exception {
        Samples samples = Samples.write(folder);
        Path image = samples.path(Samples.NAMES.get(0));
        Settings settings = Settings.parse(samples.settings());
        int[] expected = throughImgLib2(settings, image);
        long foreground = IntStream.of(expected).filter(label -> label > 0).count();
        assertEquals(0.5, (double) foreground / expected.length, 0.1, "half of the pixels are above the threshold");
        assertArrayEquals(expected, throughShell(settings, image), "command line");
        assertArrayEquals(expected, throughCall(samples, image), "macro call");
        assertArrayEquals(expected, throughSciJava(settings, image), "SciJava command");
        samples.assertSameAsFacade(
                Samples.NAMES.get(0),
                IJ.openImage(labels(folder.resolve("shell")).toString()));
    }

    private static int[] throughImgLib2(Settings settings, Path image) throws IOException {
        CalibratedImage opened = ImagePlusImages.wrap(IJ.openImage(image.toString()));
        try (TransFuse model = TransFuse.load(settings)) {
            return numbers(model.segment(copy(opened.pixels())).labels());
        }
    }

    /** Plain pixels that know nothing of files and calibration. */
    private static RandomAccessibleInterval<? extends RealType<?>> copy(
            RandomAccessibleInterval<? extends RealType<?>> pixels) {
        var copy = ArrayImgs.unsignedBytes(pixels.dimensionsAsLongArray());
        var target = copy.cursor();
        var source = Views.flatIterable(pixels).cursor();
        while (target.hasNext()) {
            target.next().set((int) source.next().getRealDouble());
        }
        return copy;
    }

    private int[] throughShell(Settings settings, Path image) {
        List<String> args = new ArrayList<>(List.of("segment", image.toString()));
        settings.given().forEach((key, value) -> args.add("--" + key + "=" + value));
        Path output = folder.resolve("shell");
        args.add("--output=" + output);
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args.toArray(new String[0]));
        assertEquals(0, code, err.toString());
        return numbers(IJ.openImage(labels(output).toString()));
    }

    private int[] throughCall(Samples samples, Path image) {
        Path output = folder.resolve("call");
        String written = MacroApi.segment(samples.settings() + " input=[" + image + "] output=[" + output + "]");
        assertEquals(labels(output).toString(), written);
        return numbers(IJ.openImage(written));
    }

    private static int[] throughSciJava(Settings settings, Path image) throws Exception {
        Map<String, Object> inputs = new HashMap<>(settings.given());
        inputs.put("input", IJ.openImage(image.toString()));
        try (Context context = new Context(CommandService.class)) {
            CommandModule done = context.service(CommandService.class)
                    .run(SegmentCommand.class, true, inputs)
                    .get();
            return numbers((ImagePlus) done.getOutput("labels"));
        }
    }

    private static Path labels(Path output) {
        return output.resolve("one-labels.tif");
    }

    private static int[] numbers(ImagePlus labels) {
        return IntStream.range(0, labels.getWidth() * labels.getHeight())
                .map(i -> labels.getProcessor().get(i))
                .toArray();
    }

    private static int[] numbers(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        int[] numbers = new int[(int) (labels.dimension(0) * labels.dimension(1))];
        Cursor<? extends IntegerType<?>> cursor = Views.flatIterable(labels).cursor();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = cursor.next().getInteger();
        }
        return numbers;
    }
}
