package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Gson of 2.11 and newer takes as strict JSON, and nothing else, whichever Gson is there. */
class StrictJsonTest {
    private static JsonElement read(JsonReader reader) throws IOException {
        return new Gson().getAdapter(JsonElement.class).read(reader);
    }

    private static JsonReader strictGson(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        return reader;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, -2.5E+3, 1e5, true, false, null], \"T\": {}}",
                " {\"True\": \"True 'x' é /\", \"q\\\"A\": \"\\\\\", \"u\": \"\\u00e9\\n\\/\"}\n",
            })
    void takesJson(String text) throws IOException {
        assertEquals(read(strictGson(text)), read(StrictJson.reader(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": True}",
                "[NULL]",
                "[fALSE]",
                "{\"a\": \"line\nbreak\"}",
                "[\"tab\t\"]",
                "[\"\\'\"]",
                "[\"\\\n\"]",
                "[\"\\x\"]",
                "[NaN]",
                "[\"open\\",
                "{'a': 1}",
                "[1; 2]",
                "[1,]",
                "// note\n[1]",
            })
    void refusesWhatStrictGsonRefuses(String text) {
        assertThrows(IOException.class, () -> read(strictGson(text)));
        assertThrows(IOException.class, () -> read(StrictJson.reader(text)));
    }

    @Test
    void saysWhere() {
        MalformedJsonException refused =
                assertThrows(MalformedJsonException.class, () -> StrictJson.reader("{\"a\": True}"));
        assertTrue(refused.getMessage().contains("'True' at character 7"), refused.getMessage());
    }
}
