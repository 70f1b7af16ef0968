package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What values of masks mean is kept with the model. */
class MaskValuesTest {
    @TempDir
    Path folder;

    private ModelFolder write(MaskValues values) throws IOException {
        ModelSpec spec = Models.spec("lesion");
        values.addTo(spec.history().training());
        return ModelFolder.write(folder, spec, Models.TENSORS, DType.F32);
    }

    @Test
    void valuesAndColoursComeBackAndAreOnTheCard() throws IOException {
        MaskValues numbers = new MaskValues(List.of(0, 5), false);
        write(numbers);
        assertEquals(
                Optional.of(numbers), ModelFolder.open(folder).spec().history().maskValues());
        String card = Files.readString(folder.resolve(ModelFolder.CARD));
        assertTrue(card.contains("Values in masks: 0 = background, 5 = lesion."), card);

        MaskValues colors = new MaskValues(List.of(0, 0xff8000), true);
        write(colors);
        assertTrue(Files.readString(folder.resolve(ModelFolder.SPEC)).contains("\"#ff8000\""));
        assertEquals(
                Optional.of(colors), ModelFolder.open(folder).spec().history().maskValues());
    }

    @Test
    void modelsWithoutThemAreReadAsBefore() throws IOException {
        ModelFolder.write(folder, Models.spec("lesion"), Models.TENSORS, DType.F32);
        assertEquals(Optional.empty(), ModelFolder.open(folder).spec().history().maskValues());
        assertTrue(!Files.readString(folder.resolve(ModelFolder.CARD)).contains("Values in masks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "[0]",
                "[5, 0]",
                "[0, 2, 5]",
                "[0, -1]",
                "[0, 1.5]",
                "[0, null]",
                "[0, [1]]",
                "[0, '#ff0000']"
            })
    void othersAreRefusedByName(String values) throws IOException {
        write(new MaskValues(List.of(0, 5), false));
        Path file = folder.resolve(ModelFolder.SPEC);
        var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        json.getAsJsonObject("training").add(MaskValues.KEY, JsonParser.parseString(values));
        Files.writeString(file, json.toString());
        String message = assertThrows(ModelFormatException.class, () -> ModelFolder.open(folder))
                .getMessage();
        assertTrue(message.contains("model.json") && message.contains("training.mask_values"), message);
    }
}
