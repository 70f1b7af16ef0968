package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.transfuse.image.FittedNormalization;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script gets wrong is told when the segmenter is built, before any work, by the name of the call. */
class TransFuseBuilderTest {
    private static Arguments wrong(String named, UnaryOperator<TransFuseBuilder> call) {
        return Arguments.of(named, call);
    }

    static Stream<Arguments> wrongCalls() {
        return Stream.of(
                wrong("nThreads", b -> b.nThreads(0)),
                wrong("pixelSize", b -> b.pixelSize(0)),
                wrong("pixelSize", b -> b.pixelSize(Double.NaN)),
                wrong("pixelSize", b -> b.pixelSize(Double.POSITIVE_INFINITY)),
                wrong("downsample", b -> b.downsample(-2)),
                wrong("minArea", b -> b.minArea(-1)),
                wrong("minArea", b -> b.minArea(Double.NaN)),
                wrong("threshold", b -> b.threshold(-0.1)),
                wrong("threshold", b -> b.threshold(1.5)),
                wrong("threshold", b -> b.threshold(Double.NaN)),
                wrong("overlap", b -> b.overlap(1)),
                wrong("tileSize", b -> b.tileSize(100)),
                wrong("batchSize", b -> b.batchSize(0)),
                wrong("precision", b -> b.precision("double")),
                wrong("device", b -> b.device("gpu")),
                wrong("channels", b -> b.channels()),
                wrong("channels", b -> b.channels(List.of("DAPI", " "))),
                wrong("colour", b -> b.with("colour", 1)),
                wrong("threshold", b -> b.threshold(0)),
                wrong("device", b -> b.device(null)),
                wrong("precision", b -> b.precision(null)),
                wrong("channels", b -> b.channels("")),
                wrong("channels", b -> b.channels((Object[]) null)),
                wrong("normalisation", b -> b.normalization(null)),
                wrong("normalisation", b -> b.normalization("numbers")),
                wrong("normalisation", b -> b.normalization("{}")),
                wrong("normalisation", b -> b.normalization("[]")));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("wrongCalls")
    void isToldByTheNameOfTheCall(String named, UnaryOperator<TransFuseBuilder> call) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> call.apply(TransFuseBuilder.builder("skin-lesion"))
                        .build());

        assertTrue(e.getMessage().contains(named), e.getMessage());
        assertTrue(e.getMessage().length() > named.length() + 15, "and what to do: " + e.getMessage());
    }

    @Test
    void nothingIsNoModel() {
        for (String model : new String[] {null, "", " ", "no such model", "/no/such/folder ü"}) {
            Exception e = assertThrows(
                    Exception.class, () -> TransFuseBuilder.builder(model).build());
            assertTrue(e instanceof IOException || e instanceof IllegalArgumentException, () -> model + " gives " + e);
            assertTrue(e.getMessage().contains("model"), e.getMessage());
        }
    }

    @Test
    void storedNumbersAreReadBack() throws IOException {
        FittedNormalization numbers = new FittedNormalization(List.of(1 / 255.0), List.of(0.5), List.of(0.25));
        String json = numbers.toJson().toString();

        assertEquals(
                numbers,
                FittedNormalization.fromJson(JsonParser.parseString(json).getAsJsonObject()));
        TransFuseBuilder.builder("skin-lesion").normalization(json).build().close();
    }
}
