package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.samples.SamplesException;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training data that cannot be used is refused before a network is made, with a message that says what to do. */
class BadTrainingDataTest {
    @TempDir
    Path folder;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
    }

    private void write(String name, int side, int... values) throws IOException {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < side * side; i++) {
            picture.getRaster().setSample(i % side, i / side, 0, values[i % values.length]);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
    }

    private void pair(String stem, int side, int... values) throws IOException {
        write("images/" + stem + ".png", side, 40, 90);
        write("masks/" + stem + ".png", side, values);
    }

    /** Trains as a user does. */
    private String refused(String validation) {
        Settings settings = Settings.parse(Task.TRAIN, "")
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("validation", validation)
                .with("output", folder.resolve("model"));
        SamplesException refused =
                assertThrows(SamplesException.class, () -> Training.run(settings, TrainingListener.NONE));
        assertFalse(Files.exists(folder.resolve("model")), "nothing is written");
        return refused.getMessage();
    }

    private static void assertSays(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    /** The pictures of a training would be images of the next one. */
    @Test
    void aModelHasAFolderOfItsOwn() throws IOException {
        pair("a", 40, 0, 1);
        for (String other : new String[] {"images", "masks"}) {
            Settings settings = Settings.parse(Task.TRAIN, "")
                    .with("images", folder.resolve("images"))
                    .with("masks", folder.resolve("masks"))
                    .with("output", folder.resolve("masks/../" + other));
            String run = assertThrows(SettingException.class, () -> Training.run(settings, TrainingListener.NONE))
                    .getMessage();
            assertSays(run, "is the folder of the " + other, "Choose another folder");
            String rehearsed = assertThrows(SettingException.class, () -> Training.rehearse(settings))
                    .getMessage();
            assertSays(rehearsed, run);
            assertTrue(Files.exists(folder.resolve(other + "/a.png")));
        }
    }

    @Test
    void emptyFolders() {
        assertSays(refused("auto"), "No image files in the folder of images", folder.toString());
    }

    @Test
    void noPairs() throws IOException {
        write("images/a.png", 40, 1);
        write("masks/b.png", 40, 0, 1);
        assertSays(refused("auto"), "no mask for image a.png", "no image for mask b.png", "same name");
    }

    @Test
    void sizesThatDiffer() throws IOException {
        pair("a", 40, 0, 1);
        pair("c", 40, 0, 1);
        write("images/b.png", 40, 1);
        write("masks/b.png", 48, 0, 1);
        assertSays(refused("auto"), "b.png has 1 plane(s) of 40 x 40, but its mask b.png has 1 of 48 x 48");
    }

    @Test
    void masksWithoutAnyForeground() throws IOException {
        pair("a", 40, 0);
        pair("b", 40, 0);
        assertSays(refused("auto"), "no foreground", "Check that these are the masks");
    }

    @Test
    void oneImageOnly() throws IOException {
        pair("a", 40, 0, 1);
        assertSays(refused("auto"), "only one example", "Add at least one more image");
    }

    @Test
    void imagesSmallerThan32Pixels() throws IOException {
        pair("a", 40, 0, 1);
        pair("tiny", 31, 0, 1);
        assertSays(refused("auto"), "tiny.png is only 31 x 31", "32 x 32");
    }

    @Test
    void aClassThatOnlyValidates() throws IOException {
        pair("a", 40, 0, 1, 2);
        pair("b", 40, 0, 1, 2, 3);
        Path names = Files.writeString(folder.resolve("validation.txt"), "b\n");
        assertSays(refused(names.toString()), "validation masks hold the class(es) [3]", "every class is in both");
    }
}
