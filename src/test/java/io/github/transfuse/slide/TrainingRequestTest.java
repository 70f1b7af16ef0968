package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.CheckpointFiles;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is entered in the dialog becomes the settings of a training. */
class TrainingRequestTest {
    @TempDir
    Path home;

    @BeforeEach
    void useAnEmptyFolderOfModels() {
        System.setProperty(
                ModelCatalogue.FOLDER_PROPERTY, home.resolve("models").toString());
    }

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(ModelCatalogue.FOLDER_PROPERTY);
    }

    private static TrainingRequest request(String name, String start, String epochs, boolean sparse) {
        Settings asked = Settings.training().with("epochs", epochs);
        return new TrainingRequest(
                name,
                start.isEmpty() ? asked : asked.with(Keys.START_FROM, start),
                Settings.exporting().with(Keys.SPARSE, sparse));
    }

    /** A new model must not take the place of another one in scripts, nor be unreachable. */
    @Test
    void refusesNamesThatMeanSomethingElse() {
        for (String name : List.of("nuclei", "skin-lesion", "auto", "imagenet", "random")) {
            String message = assertThrows(IllegalArgumentException.class, () -> request(name, "", "3", false), name)
                    .getMessage();
            assertTrue(message.contains("another name, such as my-" + name), message);
        }
        assertThrows(IllegalArgumentException.class, () -> request(null, "", "3", false));
    }

    /** A training that was killed leaves no model, so its name is free; what else lies there stays. */
    @Test
    void anInterruptedTrainingDoesNotKeepItsName() throws IOException {
        Path folder = Files.createDirectories(home.resolve("models/glands"));
        assertThrows(IllegalArgumentException.class, () -> request("glands", "", "3", false), "what is it?");
        Files.writeString(folder.resolve(CheckpointFiles.LAST), "");
        TrainingRequest request = request("glands", "", "3", false);
        assertEquals(
                Optional.of("An earlier training of glands did not end: its checkpoints are replaced."),
                request.aboutFolder());
        assertEquals(Optional.empty(), request("other", "", "3", false).aboutFolder());
        Files.writeString(folder.resolve(ModelFolder.SPEC), "{}");
        assertThrows(IllegalArgumentException.class, () -> request("glands", "", "3", false), "a model");
    }

    @Test
    void sparseAnnotationsIgnoreTheRest() {
        Settings settings = request("glands", "skin-lesion", "3", true).settings();

        assertEquals("255", settings.written(Keys.IGNORE_LABEL));
        assertEquals("skin-lesion", settings.written(Keys.START_FROM));
        assertEquals("3", settings.written(Keys.EPOCHS));
        assertEquals(home.resolve("models/glands").toString(), settings.written(Keys.OUTPUT));
        assertEquals(home.resolve("training-sets/glands/masks").toString(), settings.written(Keys.MASKS));
    }

    @Test
    void denseAnnotationsLearnTheRestAsBackground() {
        assertFalse(request("glands", "", "auto", false).settings().isGiven(Keys.IGNORE_LABEL));
    }

    @Test
    void newModelsStartFromWhatTheSettingsStartFromAndSeeTiles() {
        for (String start : new String[] {"", "auto", "random"}) {
            Settings settings = request("glands", start, "auto", false).settings();
            assertEquals(start.isEmpty() ? "auto" : start, settings.written(Keys.START_FROM));
            assertEquals("tile", settings.written(Keys.INPUT_RULE), start);
        }
        assertFalse(request("glands", "nuclei", "auto", false).settings().isGiven(Keys.INPUT_RULE));
    }

    private static TrainingCounts counts(int classes, double length) {
        Map<String, TrainingCounts.Count> all = new TreeMap<>();
        for (int i = 0; i < classes; i++) {
            all.put("kind " + i, new TrainingCounts.Count(3, 0, 0, 0));
        }
        return new TrainingCounts(all, 1, 1, List.of(length, length, length));
    }

    /** What the start knows is kept, for one class; otherwise small things of one class are objects. */
    @Test
    void drawingsAreWhatTheStartCanTellOrWhatFitsThem() {
        for (double length : new double[] {20, 500}) {
            assertEquals(
                    Learned.OBJECTS,
                    request("g", "nuclei", "auto", false).start().learned(counts(1, length)));
            assertEquals(
                    Learned.AREAS,
                    request("g", "skin-lesion", "auto", false).start().learned(counts(1, length)));
            for (String start : new String[] {"", "random", "imagenet", "nobody-has-this-model"}) {
                assertEquals(
                        length < 128 ? Learned.OBJECTS : Learned.AREAS,
                        request("g", start, "auto", false).start().learned(counts(1, length)),
                        start);
            }
            assertEquals(
                    Learned.AREAS, request("g", "nuclei", "auto", false).start().learned(counts(2, length)));
            Settings export = Settings.exporting().with(Keys.LEARN, "objects");
            assertEquals(Learned.OBJECTS, new TrainingStart(Settings.training(), export).learned(counts(2, length)));
        }
    }

    @Test
    void setsOfObjectsAreLearnedAsObjects() throws Exception {
        TrainingRequest request = request("cells", "", "auto", false);
        assertEquals("classes", request.settings().written(Keys.MASK_TYPE));
        Files.createDirectories(request.trainingSet());
        Files.writeString(request.trainingSet().resolve("objects.txt"), "");
        Files.writeString(request.trainingSet().resolve("ignored.txt"), "");

        assertEquals("instances", request.settings().written(Keys.MASK_TYPE));
        assertEquals("65535", request.settings().written(Keys.IGNORE_LABEL));
    }

    @Test
    void setsWithIgnoredPixelsLeaveThemOut() throws Exception {
        TrainingRequest request = request("glands", "", "auto", false);
        Files.createDirectories(request.trainingSet());
        Files.writeString(request.trainingSet().resolve("ignored.txt"), "");

        assertEquals("255", request.settings().written(Keys.IGNORE_LABEL));
    }

    @Test
    void refusesNamesThatCannotBeStoredOrAreTaken() throws Exception {
        Files.createDirectories(home.resolve("models/taken"));
        for (String name : new String[] {"", "../up", "a b", "taken"}) {
            assertThrows(IllegalArgumentException.class, () -> request(name, "", "auto", false), name);
        }
    }
}
