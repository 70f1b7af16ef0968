package io.github.transfuse.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LastNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /data/Mueller, Anna 1955/images/a.png | images/a.png
            /data/Mueller, Anna 1955/images       | images
            /data/Mueller, Anna 1955/images/      | images
            /data/Mueller/images/*.tif            | images/*.tif
            C:\\Users\\anna\\scans\\a.nii.gz      | scans/a.nii.gz
            C:\\a.png                            | a.png
            skin-lesion                           | skin-lesion
            a.png                                 | a.png
            """)
    void namesWithoutTheFoldersThatLeadThere(String path, String recorded) {
        assertEquals(recorded, LastNames.of(path));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void noRowThatTakesAPathRecordsItsFolders(Task task) {
        for (SettingSpec row : task.specs()) {
            if (takesText(row)) {
                Settings settings = Settings.of(task).with(Map.of(row.name(), "/home/anna/study/images"));
                assertFalse(settings.recorded().toString().contains("anna"), row.name());
                assertFalse(settings.recorded().commandLine().contains("anna"), row.name());
                if (task.specs().stream().anyMatch(other -> other.key().equals(Keys.KEEP_PATHS))) {
                    Settings kept = settings.with(Keys.KEEP_PATHS, true);
                    assertTrue(kept.recorded().toString().contains("anna"), row.name());
                }
            }
        }
    }

    private static boolean takesText(SettingSpec row) {
        return row.value().kind() == ValueSpec.Kind.TEXT
                || row.value().kind() == ValueSpec.Kind.INPUT_PATH
                || row.value().kind() == ValueSpec.Kind.OUTPUT_PATH;
    }

    @Test
    void otherValuesAreRecordedAsTheyWereGiven() {
        Settings settings = Settings.segmenting().with(Map.of("threshold", "0.4", "tile_size", "128x64"));
        assertEquals(settings.all(), settings.recorded().all());
    }

    @Test
    void aRecordedCommandIsWhatAShellTakes() {
        Settings settings = Settings.training().with(Map.of("images", "/x/it's here", "epochs", "7"));
        assertEquals(" --images 'it'\\''s here' --epochs 7", settings.recorded().commandLine());
    }
}
