package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.RandomModels;
import io.github.transfuse.SampleImage;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.InputSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real network, with random weights, from the shell to the file. */
class SegmentEndToEndTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(InputSpec.Rule.class)
    void theCommandLineGivesThePixelsOfTheProgrammingInterface(InputSpec.Rule rule) throws IOException {
        Path model = folder.resolve("model");
        RandomModels.write(model, rule, 7);
        Path image = SampleImage.MOLE.copyTo(folder);
        Path output = folder.resolve("out");
        StringWriter err = new StringWriter();
        String[] args = {
            "segment",
            image.toString(),
            "--model",
            model.toString(),
            "--output",
            output.toString(),
            "--overlap",
            "0",
            "--device",
            "cpu",
            "--precision",
            "float32",
            "--overlay",
            "--probabilities"
        };
        assertEquals(0, Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args), err.toString());
        try (TransFuse direct = TransFuse.load(model.toString()).settings("overlap=0 device=cpu precision=float32")) {
            Segmentation result = direct.segment(ImageFiles.read(image));
            assertSamePixels(result, ImageFiles.readLabels(output.resolve("mole-labels.tif")));
            JsonObject json = JsonParser.parseString(Files.readString(output.resolve("mole-labels.json")))
                    .getAsJsonObject();
            assertEquals(direct.model().sha256(), json.get("model_sha256").getAsString());
            assertEquals("float32", json.get("precision").getAsString());
            assertTrue(json.has("libtorch"), json.toString());
        }
        assertTrue(Files.exists(output.resolve("mole-overlay.png")));
        assertTrue(Files.exists(output.resolve("mole-probabilities.tif")));
    }

    private static void assertSamePixels(Segmentation expected, CalibratedImage stored) {
        RandomAccess<? extends RealType<?>> other = stored.pixels().randomAccess();
        Cursor<? extends IntegerType<?>> cursor = expected.labels().localizingCursor();
        while (cursor.hasNext()) {
            long label = cursor.next().getIntegerLong();
            other.setPosition(cursor);
            assertEquals(label, (long) other.get().getRealDouble());
        }
    }
}
