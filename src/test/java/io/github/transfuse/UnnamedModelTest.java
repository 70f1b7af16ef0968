package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.engine.Device;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** Whoever names no model is told which one it was; whoever names it is not. */
class UnnamedModelTest {
    private static List<String> told(Settings settings) throws IOException {
        try (TransFuse model = TransFuse.load(settings.with(Keys.DEVICE, Device.CPU))) {
            // a network that is opened anew is told of as well
            return model
                    .with(Keys.PRECISION.name(), "float32")
                    .segment(ArrayImgs.unsignedBytes(8, 8, 3))
                    .provenance()
                    .notes()
                    .stream()
                    .filter(note -> note.contains("model is named"))
                    .toList();
        }
    }

    @Test
    void theResultSaysThatTheModelWasChosenForTheUser() throws IOException {
        Settings plain = Settings.segmenting();
        assertEquals(List.of("No model is named, so it is skin-lesion. The setting model names another."), told(plain));
        assertEquals(List.of(), told(plain.with(Keys.MODEL, ModelCatalogue.DEFAULT)));
    }
}
