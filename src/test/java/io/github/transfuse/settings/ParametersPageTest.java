package io.github.transfuse.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page of all parameters is that of the table. After a change of the table, {@code -Dtransfuse.parameters=write} writes
 * it anew.
 */
class ParametersPageTest {
    private static final Path PAGE = Path.of("docs", "parameters.md");

    private static final String HEAD =
            """
            # Parameters

            Made from the table of settings by `ParametersPageTest`. The names are the same in macros, scripts and results; on the
            command line `tile_size` is `--tile-size`. What is not given has its default; `auto` is chosen to fit and told.
            """;

    @Test
    void everyParameterIsThereAsTheTableHasIt() throws IOException {
        if (System.getProperty("transfuse.parameters", "").equals("write")) {
            Files.writeString(PAGE, page());
        }
        assertEquals(page(), Files.readString(PAGE));
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Task task : Task.values()) {
            page.append("\n## ").append(capital(task.activity())).append("\n\n");
            page.append("| name | default | allowed | what it does |\n|---|---|---|---|\n");
            task.specs().forEach(row -> page.append(row(row)));
        }
        return page.toString();
    }

    private static String row(SettingSpec row) {
        ValueSpec.Kind kind = row.value().kind();
        String allowed = kind == ValueSpec.Kind.FLAG
                ? "true, false"
                : kind == ValueSpec.Kind.TEXT ? "text" : row.value().allowed();
        String usual = row.defaultValue().isEmpty() ? "" : "`" + row.defaultValue() + "`";
        return "| `" + row.name() + "` | " + usual + " | " + cell(allowed) + " | " + cell(row.help()) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
