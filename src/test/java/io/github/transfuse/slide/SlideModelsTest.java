package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeModels;
import io.github.transfuse.RandomModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelCatalogue;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that cannot make sense of a slide are not offered, and refused in words. */
class SlideModelsTest {
    private static final SlideInfo GRAY = new SlideInfo("gray.tif", 500, 400, 1, false, SlideInfo.Pixel.square(2));
    private static final SlideInfo FLUORESCENCE =
            new SlideInfo("cells.tif", 500, 400, 3, false, SlideInfo.Pixel.square(2));

    private static final SlideChannels CHANNELS = new SlideChannels(List.of("DAPI", "FITC"), List.of());

    @TempDir
    private Path home;

    private final TransFuse colour = FakeModels.dark(2);

    @BeforeEach
    void useAnEmptyFolderOfModels() {
        System.setProperty(ModelCatalogue.FOLDER_PROPERTY, home.toString());
    }

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(ModelCatalogue.FOLDER_PROPERTY);
    }

    private static String refusal(TransFuse model, SlideInfo slide) {
        return assertThrows(SlideException.class, () -> SlideModels.require(model, slide, CHANNELS))
                .getMessage();
    }

    @Test
    void tooFewChannelsAreToldWithTheWayOut() {
        String message = refusal(colour, GRAY);

        assertTrue(message.contains("gray.tif has 1 channel(s), but the model dark needs 3"), message);
        assertTrue(message.contains("channels(\"DAPI\")") && message.contains("DAPI, FITC (numbers 1 to 2)"), message);
    }

    @Test
    void fluorescenceIsNotTakenForColours() {
        String message = refusal(colour, FLUORESCENCE);

        assertTrue(message.contains("dark is for colour images") && message.contains("as in fluorescence"), message);
    }

    @Test
    void whoNamesTheChannelsMeansThem() {
        assertDoesNotThrow(() -> SlideModels.require(colour.with("channels", "1,2,3"), FLUORESCENCE, CHANNELS));
        assertDoesNotThrow(() -> SlideModels.require(colour.with("channels", "1,1,1"), GRAY, CHANNELS));
    }

    /** What a model is made for comes first; volumes are for none. */
    @Test
    void modelsFitImagesOfTheirKind() throws IOException {
        SlideInfo colours = new SlideInfo("he.svs", 500, 400, 3, true, SlideInfo.Pixel.square(0.25));
        SlideInfo five = new SlideInfo("if.tif", 500, 400, 5, false, SlideInfo.Pixel.square(0.25));
        for (ModelCatalogue.Entry entry : TransFuse.models().entries()) {
            boolean volumes = entry.spec().input().sampling().mode().axes() == 3;
            boolean percentiles = entry.spec().input().normalization().mean().isEmpty();
            assertEquals(!volumes, SlideModels.fits(entry.spec(), colours), entry.name());
            assertEquals(!volumes && percentiles, SlideModels.fits(entry.spec(), five), entry.name());
            assertEquals(!volumes, SlideModels.fits(entry.spec(), GRAY), entry.name());
        }
    }

    /** Planes across three axes need a stack as well. */
    @Test
    void triplanarModelsAreForVolumes() {
        try (TransFuse triplanar = FakeModels.inMode(colour, InputSpec.Mode.TRIPLANAR)) {
            assertTrue(refusal(triplanar, GRAY).contains("dark is for volumes"));
        }
        assertEquals(
                List.of(2, 2, 3, 3),
                Arrays.stream(InputSpec.Mode.values()).map(InputSpec.Mode::axes).toList());
    }

    @Test
    void modelsOfVolumesAreNeitherOfferedNorUsed() throws IOException {
        List<ModelCatalogue.Entry> volumes = TransFuse.models().entries().stream()
                .filter(entry -> entry.spec().input().sampling().mode() == InputSpec.Mode.VOLUME)
                .toList();
        List<String> offered =
                SlideModels.list().stream().map(ModelCatalogue.Entry::name).toList();

        assertEquals(List.of("skin-lesion", "nuclei", "nuclei-he", "retinal-vessels"), offered);
        assertEquals("hippocampus", volumes.get(0).name());
        try (TransFuse model = TransFuse.load("hippocampus")) {
            assertTrue(refusal(model, GRAY).contains("hippocampus is for volumes"));
        }
    }

    @Test
    void bundledModelsShowWhatTheyDo() throws IOException {
        for (ModelCatalogue.Entry entry : SlideModels.list()) {
            BufferedImage picture = SlideModels.picture(entry).orElseThrow();
            assertTrue(picture.getWidth() > 4 * picture.getHeight(), entry.name() + ": four examples in a row");
            assertTrue(SlideModels.describe(entry)
                    .startsWith(entry.spec().identity().title()));
        }
    }

    @Test
    void installedModelsShowThePictureOfTheirTraining() throws IOException {
        RandomModels.write(home.resolve("mine"), InputSpec.Rule.TILE, 1);
        ModelCatalogue.Entry mine = SlideModels.list().get(0);
        assertEquals("mine", mine.name());
        assertTrue(SlideModels.picture(mine).isEmpty(), "no picture");

        Path picture = home.resolve("mine/preview.png");
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        assertEquals(30, SlideModels.picture(mine).orElseThrow().getWidth());

        Files.writeString(picture, "damaged");
        assertTrue(SlideModels.picture(mine).isEmpty(), "a damaged picture keeps nobody from the model");
    }
}
