package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model keeps of the one that it starts from. */
class StartedPlanTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void pictures() throws IOException {
        write(BufferedImage.TYPE_INT_RGB, 0, 255);
    }

    private void write(int type, int... values) throws IOException {
        for (String kind : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(kind));
            for (int n = 0; n < 4; n++) {
                boolean mask = kind.equals("masks");
                BufferedImage picture = new BufferedImage(64, 48, mask ? BufferedImage.TYPE_BYTE_GRAY : type);
                for (int i = 0; mask && i < 64 * 48; i++) {
                    picture.getRaster().setSample(i % 64, i / 64, 0, values[i / 8 % values.length]);
                }
                ImageIO.write(
                        picture, "png", folder.resolve(kind + "/i" + n + ".png").toFile());
            }
        }
    }

    private Settings settings(String text) {
        return Settings.parse(Task.TRAIN, text)
                .with(Keys.IMAGES, folder.resolve("images").toString())
                .with(Keys.MASKS, folder.resolve("masks").toString())
                .with(Keys.OUTPUT, folder.resolve("out"));
    }

    private ModelSpec plan(String text) throws IOException {
        return TrainingPlanner.plan(settings(text)).spec();
    }

    private static ModelSpec bundled(String name) throws IOException {
        return ModelCatalogue.find(name).spec();
    }

    private void name(String... classes) throws IOException {
        ClassList.write(folder.resolve("masks"), List.of(classes));
    }

    /** Masks as QuPath and ROIs have them, one value for all nuclei: the start tells them apart all the same. */
    @Test
    void aStartOfObjectsStaysOne() throws IOException {
        ModelSpec nuclei = bundled("nuclei");
        for (int largest : new int[] {1, 255}) {
            write(BufferedImage.TYPE_INT_RGB, 0, largest);
            ModelSpec tuned = plan("start_from=nuclei");
            assertEquals(nuclei.output(), tuned.output());
            assertEquals(nuclei.network(), tuned.network());
            assertEquals(nuclei.input(), tuned.input());
        }
        name("Nucleus");
        assertEquals(
                OutputSpec.Kind.BOUNDARY_INSTANCES,
                plan("start_from=nuclei").output().kind());
        assertEquals(
                "Nucleus", plan("start_from=nuclei").output().classes().get(0).name());
        name("Nuclei");
        assertEquals(
                OutputSpec.Kind.BOUNDARY_INSTANCES,
                plan("start_from=nuclei").output().kind());
        name("region");
        assertEquals(nuclei.output(), plan("start_from=nuclei").output());
    }

    @Test
    void otherClassesThanThoseOfTheStartAreNoObjects() throws IOException {
        name("Tumor");
        assertEquals(OutputSpec.Kind.CLASSES, plan("start_from=nuclei").output().kind());
        assertEquals(0, plan("start_from=nuclei").output().minSize());
        assertEquals(
                OutputSpec.Kind.CLASSES,
                plan("start_from=nuclei mask_type=binary").output().kind());
        write(BufferedImage.TYPE_INT_RGB, 0, 1, 2);
        name("Nucleus", "Tumor");
        assertEquals(3, plan("start_from=nuclei").network().classes());
        assertEquals(OutputSpec.Kind.CLASSES, plan("start_from=nuclei").output().kind());
    }

    @Test
    void normalizationScaleAndNamesAreThoseOfTheStart() throws IOException {
        ModelSpec vessels = bundled("retinal-vessels");
        ModelSpec tuned = plan("start_from=retinal-vessels");
        assertEquals(vessels.input(), tuned.input());
        assertEquals(vessels.output(), tuned.output());
        assertEquals(
                Optional.of(List.of(2.0, 2.0)),
                plan("start_from=retinal-vessels pixel_size=2")
                        .input()
                        .sampling()
                        .pixelSize());
        assertEquals(
                Normalization.Kind.ZSCORE,
                plan("start_from=nuclei normalization=zscore")
                        .input()
                        .normalization()
                        .kind());
        assertEquals(0.25, plan("start_from=nuclei overlap=0.25").input().overlap());
    }

    /** A start of colours sees grey images as it always did: then it is still worth what it was. */
    @Test
    void greyImagesAreSeenAsColours() throws IOException {
        write(BufferedImage.TYPE_BYTE_GRAY, 0, 255);
        ModelSpec lesion = bundled("skin-lesion");
        ModelSpec tuned = plan("start_from=skin-lesion");
        assertEquals(lesion.network(), tuned.network());
        assertEquals(lesion.input(), tuned.input());
        assertEquals(1, plan("start_from=imagenet").network().channels());
        TrainingProposal proposal = TrainingProposal.of(settings("start_from=skin-lesion"));
        assertEquals(Optional.of(List.of(1)), proposal.settings().get(Keys.CHANNELS));
        assertEquals(tuned, TrainingPlanner.plan(proposal.settings()).spec());
    }

    @Test
    void whatIsKeptIsToldBeforeTheStart() throws IOException {
        name("polyp");
        List<String> told =
                TrainingProposal.of(settings("start_from=skin-lesion")).sentences();
        assertTrue(
                told.stream().anyMatch(each -> each.startsWith("Kept from skin-lesion: the normalisation")), told + "");
        assertTrue(
                told.stream().anyMatch(each -> each.startsWith("Not kept from skin-lesion: the outputs for polyp")),
                told + "");
        List<String> own = TrainingProposal.of(settings("start_from=imagenet")).sentences();
        assertTrue(own.stream().noneMatch(each -> each.contains("ept from")), own + "");
    }
}
