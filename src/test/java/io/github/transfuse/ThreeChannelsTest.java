package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three channels are colours only if the image says so: one rule for files, ImageJ's images and ImgLib2. */
class ThreeChannelsTest {
    private static final String WORDS = "its 3 channels are red, green and blue";

    @TempDir
    Path folder;

    private static TransFuse model(int channels) {
        return TransFuse.with(
                FakeNetworks.model(Rule.TILE, channels, Kind.CLASSES, Optional.empty()),
                options -> new FakeNetworks.Times(2));
    }

    private static long told(Segmentation result) {
        return result.provenance().notes().stream()
                .filter(note -> note.contains(WORDS))
                .count();
    }

    private static ImagePlus composite() {
        ImageStack stack = new ImageStack(40, 40);
        for (int c = 0; c < 3; c++) {
            ByteProcessor plane = new ByteProcessor(40, 40);
            plane.set(c, c, 200);
            stack.addSlice(plane);
        }
        ImagePlus plain = new ImagePlus("composite", stack);
        plain.setDimensions(3, 1, 1);
        return new CompositeImage(plain, CompositeImage.COMPOSITE);
    }

    @Test
    void channelsOfFluorescenceAreToldWhereverTheyComeFrom() throws IOException {
        ImagePlus composite = composite();
        Path file = folder.resolve("a.tif");
        new FileSaver(composite).saveAsTiff(file.toString());
        try (TransFuse model = model(3)) {
            for (CalibratedImage image : List.of(ImageFiles.read(file), ImagePlusImages.wrap(composite))) {
                assertEquals(1, told(model.segment(image)), image.name());
            }
            assertEquals(1, told(model.segment(ArrayImgs.unsignedBytes(40, 40, 3))));
        }
    }

    @Test
    void coloursAndChosenChannelsAreNotTold() throws IOException {
        ColorProcessor colors = new ColorProcessor(40, 40);
        colors.set(3, 3, 0xff8040);
        try (TransFuse model = model(3);
                TransFuse chosen = model.with("channels", "1,2,3")) {
            assertEquals(0, told(model.segment(ImagePlusImages.wrap(new ImagePlus("colours", colors)))));
            assertEquals(0, told(chosen.segment(ImagePlusImages.wrap(composite()))));
        }
    }
}
