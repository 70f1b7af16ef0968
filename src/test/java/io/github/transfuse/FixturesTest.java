package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes a system property")
class FixturesTest {
    @TempDir
    Path folder;

    @Test
    void thePropertyDecidesAndMustNameAFolder() {
        String before = System.getProperty(Fixtures.PROPERTY);
        try {
            System.setProperty(Fixtures.PROPERTY, folder.toString());
            assertEquals(folder, Fixtures.directory());
            System.setProperty(Fixtures.PROPERTY, folder.resolve("absent").toString());
            assertThrows(IllegalStateException.class, Fixtures::directory);
            System.setProperty(Fixtures.PROPERTY, "");
            assertThrows(IllegalStateException.class, Fixtures::directory);
        } finally {
            if (before == null) {
                System.clearProperty(Fixtures.PROPERTY);
            } else {
                System.setProperty(Fixtures.PROPERTY, before);
            }
        }
    }

    @Test
    void theSubsetHoldsWhatItsIndexLists() throws IOException, NoSuchAlgorithmException {
        JsonObject index = JsonParser.parseString(
                        Files.readString(Fixtures.subset().resolve("index.json")))
                .getAsJsonObject();
        List<JsonObject> listed = new ArrayList<>();
        for (Map.Entry<String, JsonElement> entry : index.entrySet()) {
            collectFiles(entry.getValue(), listed);
        }
        assertFalse(listed.isEmpty());
        for (JsonObject file : listed) {
            Path path = Fixtures.subset().resolve(file.get("file").getAsString());
            assertTrue(Files.isRegularFile(path), path.toString());
            if (file.has("sha256")) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
                assertEquals(file.get("sha256").getAsString(), HexFormat.of().formatHex(digest), path.toString());
            }
        }
    }

    private static void collectFiles(JsonElement element, List<JsonObject> into) {
        if (element instanceof JsonObject object) {
            if (object.has("file")) {
                into.add(object);
            }
            object.asMap().values().forEach(value -> collectFiles(value, into));
        }
    }
}
