package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import qupath.lib.images.ImageData;
import qupath.lib.projects.Project;

/** Each call of the trainer sets its row of the table, and the manual names it. */
class TransFuseTrainerTest {
    private static TransFuseTrainer trainer() {
        return TransFuseTrainer.builder("a-name-that-is-free");
    }

    @Test
    void aCallSetsItsRow() {
        Map<SettingKey<?>, TransFuseTrainer> training = Map.of(
                Keys.START_FROM, trainer().startFrom("nuclei"),
                Keys.EPOCHS, trainer().epochs(3),
                Keys.BATCH_SIZE, trainer().batchSize(2),
                Keys.TILE_SIZE, trainer().tileSize(128),
                Keys.LEARNING_RATE, trainer().learningRate(0.001),
                Keys.AUGMENT, trainer().augment("flip,stain"),
                Keys.VARIANT, trainer().variant("S"),
                Keys.DEVICE, trainer().device("cpu"),
                Keys.MINUTES, trainer().minutes(12),
                Keys.SEED, trainer().with("seed", 5));
        Map<SettingKey<?>, String> expected = Map.of(
                Keys.START_FROM, "nuclei",
                Keys.EPOCHS, "3",
                Keys.BATCH_SIZE, "2",
                Keys.TILE_SIZE, "128x128",
                Keys.LEARNING_RATE, "0.001",
                Keys.AUGMENT, "flip,stain",
                Keys.VARIANT, "S",
                Keys.DEVICE, "cpu",
                Keys.MINUTES, "12",
                Keys.SEED, "5");
        training.forEach((key, trainer) -> assertEquals(
                Map.of(key.name(), expected.get(key)), trainer.request().asked().given()));
        assertEquals(
                "{patience=4}", trainer().patience(4).request().asked().given().toString());
        Map<String, TransFuseTrainer> export = Map.of(
                "{learn=objects}", trainer().objects(),
                "{learn=areas}", trainer().objects().areas(),
                "{detections=corrected}", trainer().detections("corrected"),
                "{sparse=true}", trainer().sparse(true),
                "{pixel_size=0.25}", trainer().pixelSize(0.25),
                "{validation_share=0.3}", trainer().validationShare(0.3));
        export.forEach((given, trainer) -> {
            assertEquals(given, trainer.request().export().given().toString());
            assertEquals(Map.of(), trainer.request().asked().given());
        });
        assertEquals(Task.EXPORT.specs().size(), 5, "a call for each row");
    }

    @Test
    void refusesWhatTheAnnotationsSayAndWhatCannotBe() {
        for (String key : new String[] {"masks", "images", "output", "mask_type", "validation"}) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> trainer().with(key, "x"))
                    .getMessage();
            assertTrue(message.contains("annotations"), message);
        }
        String message = assertThrows(
                        IllegalArgumentException.class, () -> trainer().learningRate(7))
                .getMessage();
        assertTrue(message.contains("learningRate"), message);
        assertThrows(IllegalArgumentException.class, () -> TransFuseTrainer.builder("a b")
                .request());
    }

    @Test
    void refusesNothingInWords() {
        for (Executable call : List.<Executable>of(
                () -> trainer().log(null),
                () -> trainer().with(null, 3),
                () -> TransFuseTrainer.builder(null).request(),
                () -> TransFuseBuilder.builder("nuclei").with(null, 3),
                () -> new TrainingSetExport(null, 0.5),
                () -> new TrainingSetExport("folder", 0.5).add(null),
                () -> trainer().train((ImageData<BufferedImage>) null),
                () -> trainer().train((Collection<ImageData<BufferedImage>>) null),
                () -> trainer().train(Collections.singletonList(null)),
                () -> trainer().train((Project<BufferedImage>) null))) {
            String message = assertThrows(RuntimeException.class, call).getMessage();
            assertTrue(message.endsWith(".") || message.endsWith("?"), message);
        }
    }

    @Test
    void theManualNamesEveryCall() throws IOException {
        String manual = Files.readString(Path.of("docs", "qupath.md"));
        for (Method method : TransFuseTrainer.class.getDeclaredMethods()) {
            if (method.getReturnType() == TransFuseTrainer.class && Modifier.isPublic(method.getModifiers())) {
                assertTrue(manual.matches("(?s).*[`.]" + method.getName() + "( \\{|\\().*"), method.getName());
            }
        }
    }

    @Test
    void devicesAreThoseOfTheSystem() {
        assertEquals(List.of("auto", "cpu", "mps"), SettingRows.devices("Mac OS X"));
        assertEquals(List.of("auto", "cpu", "cuda"), SettingRows.devices("Linux"));
    }

    /** In many languages 0.5 is written 0,5; what can be read in two ways is refused. */
    @Test
    void numbersMayHaveADecimalComma() {
        var row = Task.SLIDE.spec(Keys.MIN_AREA);
        assertEquals("12.5", SettingRows.number(row, "12,5"));
        assertEquals("0.125", SettingRows.number(row, "0,125"));
        assertEquals("1000", SettingRows.number(row, "1000"));
        assertEquals("1,2,3", SettingRows.number(row, "1,2,3"), "told by the table");
        String message = assertThrows(IllegalArgumentException.class, () -> SettingRows.number(row, "1,000"))
                .getMessage();
        assertTrue(message.contains("1000") && message.contains("1.000"), message);
    }
}
