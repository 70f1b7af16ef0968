package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The figures of README, of the cards and of {@code model.json} are the same, and say which images decided the epoch. */
class PublishedFiguresTest {
    private static final Path MODELS = Path.of("src", "main", "resources", "models");

    static List<String> models() throws IOException {
        return Files.readAllLines(MODELS.resolve("index.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theDefinitionSaysWhatTheImagesDecided(String model) throws IOException {
        String definition = metrics(model).get("definition").getAsString();
        assertTrue(
                definition.contains("chose") && definition.contains("epoch"),
                "which images chose the epoch? " + definition);
        assertTrue(definition.contains("decided nothing"), "what do the independent figures stand on? " + definition);
    }

    @ParameterizedTest
    @MethodSource("models")
    void readmeHasTheIndependentFigure(String model) throws IOException {
        String row = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `" + model + "`"))
                .findFirst()
                .orElseThrow();
        String independent = row.split("\\|", -1)[4];
        List<String> figures = metrics(model).entrySet().stream()
                .filter(entry -> entry.getKey().matches("independent_(dice|object_f1).*"))
                .map(entry -> rounded(entry.getValue().getAsBigDecimal()))
                .toList();
        assertEquals(
                List.of(),
                figures.stream().filter(figure -> !independent.contains(figure)).toList(),
                "README says" + independent);
        assertFalse(figures.isEmpty(), "no figure on images that decided nothing");
    }

    @ParameterizedTest
    @MethodSource("models")
    void theCardHasEveryFigure(String model) throws IOException {
        String card = Files.readString(MODELS.resolve(model).resolve("README.md"));
        metrics(model).keySet().forEach(key -> assertTrue(card.contains("- " + key + ": "), key));
        assertTrue(card.contains(metrics(model).get("definition").getAsString()));
    }

    @Test
    void readmeCitesThePaper() throws IOException {
        assertTrue(Files.readString(Path.of("README.md")).contains("arXiv:2102.08005"));
    }

    private static String rounded(BigDecimal figure) {
        return figure.setScale(3, RoundingMode.HALF_UP).toPlainString();
    }

    private static JsonObject metrics(String model) throws IOException {
        String json = Files.readString(MODELS.resolve(model).resolve("model.json"));
        return JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("metrics");
    }
}
