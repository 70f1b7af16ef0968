package io.github.transfuse.cli;

import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.settings.ValueSpec;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that come from the table of settings. */
final class SettingOptions {
    private SettingOptions() {}

    static void add(CommandSpec spec, Task task) {
        for (SettingSpec row : task.specs()) {
            OptionSpec.Builder option = OptionSpec.builder(row.option())
                    .type(String.class)
                    .paramLabel(paramLabel(row))
                    .description(description(row).replace("%", "%%"));
            if (row.value().kind() == ValueSpec.Kind.FLAG) {
                option.arity("0..1").fallbackValue("true");
            } else {
                option.arity("1");
            }
            spec.addOption(option.build());
        }
    }

    private static String paramLabel(SettingSpec row) {
        return switch (row.value().kind()) {
            case INPUT_PATH -> "PATH";
            case OUTPUT_PATH -> "FOLDER";
            case CHOICE -> String.join("|", row.value().choices());
            case FLAG -> "true|false";
            case SIZE -> "WxH";
            case TEXT -> row.name().toUpperCase(Locale.ROOT);
            default -> row.value().kind().name();
        };
    }

    private static String description(SettingSpec row) {
        String allowed =
                switch (row.value().kind()) {
                    case INTEGER, NUMBER, NAMES -> " Allowed: " + row.value().allowed() + ".";
                    default -> "";
                };
        return row.help() + allowed + (row.defaultValue().isEmpty() ? "" : " Default: " + row.defaultValue() + ".");
    }

    /** The values that were given. */
    static Settings read(ParseResult parsed, Task task) {
        Settings settings = Settings.of(task);
        for (SettingSpec row : task.specs()) {
            if (parsed.hasMatchedOption(row.option())) {
                String value = parsed.matchedOptionValue(row.option(), "");
                settings = settings.with(row.name(), value);
            }
        }
        return settings;
    }
}
