package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which start a training has of which nobody said anything. */
class NearestModelTest {
    private static final int SIDE = 192;

    @TempDir
    private Path folder;

    private void write(int type, int side, IntBinaryOperator mask) throws IOException {
        for (String kind : List.of("images", "masks")) {
            Files.createDirectories(folder.resolve(kind));
            boolean isMask = kind.equals("masks");
            for (int n = 0; n < 4; n++) {
                BufferedImage picture = new BufferedImage(side, side, isMask ? BufferedImage.TYPE_BYTE_GRAY : type);
                for (int i = 0; isMask && i < side * side; i++) {
                    picture.getRaster().setSample(i % side, i / side, 0, mask.applyAsInt(i % side, i / side));
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

    private TrainingPlan plan(String text) throws IOException {
        return TrainingPlanner.plan(settings(text));
    }

    private Origin origin(String text) throws IOException {
        return plan(text).start().origin();
    }

    private static Path bundled(String name) throws IOException {
        return ModelCatalogue.find(name).path();
    }

    private static int disk(int x, int y) {
        return Math.hypot(x - 90, y - 80) < 40 ? 255 : 0;
    }

    private static int lines(int x, int y) {
        return x % 48 < 3 ? 255 : 0;
    }

    @Test
    void oneAreaStartsFromLesionsInColourAndInGrey() throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
            write(type, SIDE, NearestModelTest::disk);
            TrainingPlan plan = plan("");
            assertEquals(Origin.NEAREST, plan.start().origin());
            assertEquals(bundled("skin-lesion"), plan.start().path().orElseThrow());
            assertEquals(
                    ModelCatalogue.find("skin-lesion").spec().input(),
                    plan.spec().input());
            assertEquals(3, plan.spec().network().channels());
            assertEquals(
                    "foreground", plan.spec().output().classes().get(0).name(), "the start's name is not the task's");
            String told = plan.start().sentence(plan.spec().network().variant());
            assertTrue(told.startsWith("The training starts from the model skin-lesion of the plugin"), told);
        }
    }

    @Test
    void whatIsThinOrLargeOrOfSeveralKindsStartsFromTheGeneralModel() throws IOException {
        write(BufferedImage.TYPE_INT_RGB, SIDE, NearestModelTest::lines);
        assertEquals(Origin.GENERAL, origin(""));
        write(BufferedImage.TYPE_INT_RGB, SIDE, (x, y) -> 255 - lines(x, y));
        assertEquals(Origin.GENERAL, origin(""), "membranes between cells");
        write(BufferedImage.TYPE_INT_RGB, SIDE, (x, y) -> disk(x, y) == 0 ? 0 : x < 90 ? 1 : 2);
        assertEquals(Origin.GENERAL, origin(""), "two classes");
        write(BufferedImage.TYPE_USHORT_GRAY, SIDE, NearestModelTest::disk);
        assertEquals(Origin.GENERAL, origin(""), "16 bits");
        write(BufferedImage.TYPE_INT_RGB, 1040, NearestModelTest::disk);
        assertEquals(Origin.GENERAL, origin(""), "not seen whole");
        // wide enough in the file, but not as the model sees it
        write(BufferedImage.TYPE_INT_RGB, 960, (x, y) -> Math.hypot(x - 90, y - 80) < 35 ? 255 : 0);
        assertEquals(Origin.GENERAL, origin(""), "small in a large image");
    }

    @Test
    void objectsStartFromNuclei() throws IOException {
        write(BufferedImage.TYPE_BYTE_GRAY, SIDE, (x, y) -> x / 24 % 2 == 0 && y / 24 % 2 == 0 ? 1 + x / 24 : 0);
        TrainingPlan plan = plan("mask_type=instances");
        assertEquals(Origin.NEAREST, plan.start().origin());
        assertEquals(bundled("nuclei"), plan.start().path().orElseThrow());
        assertEquals("object", plan.spec().output().classes().get(0).name());
        assertEquals(Origin.GENERAL, origin("mask_type=instances tile_size=64x64"));
    }

    @Test
    void whoSaysSomethingElseGetsSomethingElse() throws IOException {
        write(BufferedImage.TYPE_INT_RGB, SIDE, NearestModelTest::disk);
        for (String text : List.of("start_from=imagenet", "start_from=ImageNet", "mode=volume", "variant=T3D")) {
            assertEquals(Origin.IMAGENET, origin(text), text);
        }
        for (String text : List.of(
                "start_from=general",
                "start_from=General",
                "input_size=96x96",
                "input_rule=tile",
                "normalization=zscore",
                "mode=context")) {
            assertEquals(Origin.GENERAL, origin(text), text);
        }
        assertEquals(Origin.RANDOM, origin("start_from=random"));
        assertEquals(Origin.RANDOM, origin("variant=S"));
        assertEquals(Origin.FOLDER, origin("backbones=mine"));
        assertEquals(Origin.MODEL, origin("start_from=skin-lesion"));
        String refused = assertThrows(SettingException.class, () -> plan("variant=S start_from=imagenet"))
                .getMessage();
        assertTrue(refused.contains("T, TFINE and T3D, not for S"), refused);
        for (String other : List.of("variant=S", "variant=T3D", "mode=volume")) {
            String general = assertThrows(SettingException.class, () -> plan(other + " start_from=general"))
                    .getMessage();
            assertTrue(general.contains("is for the variants T and TFINE, not for "), general);
        }
    }

    /** It knows no task, so nothing but its weights is taken over: not its scale, its class, its threshold. */
    @Test
    void theGeneralModelGivesItsWeightsAlone() throws IOException {
        write(BufferedImage.TYPE_INT_RGB, SIDE, NearestModelTest::lines);
        TrainingPlan plan = plan("");
        assertEquals(GeneralStart.open().path(), plan.start().path().orElseThrow());
        ModelSpec without = plan("start_from=imagenet").spec();
        assertEquals(without, plan.spec());
        assertEquals(without, plan("start_from=general").spec());
        assertEquals(InputSpec.Rule.TILE, without.input().rule());
        assertEquals("foreground", without.output().classes().get(0).name());
        String told = plan.start().sentence(plan.spec().network().variant());
        assertTrue(told.startsWith("The training starts from the general model of the plugin"), told);
        TrainingProposal proposal = TrainingProposal.of(settings(""));
        assertTrue(
                proposal.sentences().stream().noneMatch(sentence -> sentence.contains("ept from")),
                proposal.sentences() + "");
    }

    /** It saw grey pictures as colours, and nothing but bytes. */
    @Test
    void greyBytesAreSeenAsColoursAndOtherGreyValuesAreNot() throws IOException {
        write(BufferedImage.TYPE_BYTE_GRAY, SIDE, NearestModelTest::lines);
        assertEquals(3, plan("").spec().network().channels());
        assertEquals(Normalization.IMAGENET, plan("").spec().input().normalization());
        assertEquals(1, plan("start_from=imagenet").spec().network().channels());
        assertEquals(1, plan("mode=context").spec().imageChannels(), "planes amid their neighbours");
        write(BufferedImage.TYPE_USHORT_GRAY, SIDE, NearestModelTest::lines);
        assertEquals(1, plan("").spec().network().channels());
        assertEquals(
                Normalization.Kind.PERCENTILE,
                plan("").spec().input().normalization().kind());
    }

    /** What a dialog proposes and then runs is what runs without it. */
    @Test
    void aProposalStartsAsItSays() throws IOException {
        write(BufferedImage.TYPE_BYTE_GRAY, SIDE, NearestModelTest::disk);
        TrainingProposal proposal = TrainingProposal.of(settings(""));
        assertTrue(
                proposal.sentences().toString().contains("Kept from skin-lesion: what it knows of foreground"),
                proposal.sentences() + "");
        assertEquals(plan("").spec(), TrainingPlanner.plan(proposal.settings()).spec());
        assertEquals(plan("").start(), TrainingPlanner.plan(proposal.settings()).start());
    }
}
