package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public, because a macro calls it. */
public class MacroVariablesTest {
    private static String expanded;

    @Test
    void takesTheValuesOfTheRunningMacro() {
        String macro = "t = 0.25; size = 12; folder = '/a b';"
                + "call('" + MacroVariablesTest.class.getName() + ".expand',"
                + " 'threshold=&t min_size=&size output=&folder model=a&t overlay');";
        new Interpreter().run(macro, "");
        assertEquals("threshold=[0.25] min_size=[12] output=[/a b] model=a&t overlay", expanded);
    }

    @Test
    void refusesVariablesThatDoNotExist() {
        assertThrows(IllegalArgumentException.class, () -> MacroVariables.expand("threshold=&nowhere"));
    }

    /** ImageJ writes what is recorded between quotes as it is given: {@code \n} in a path of Windows would be a line's end. */
    @ParameterizedTest
    @ValueSource(strings = {"C:\\Users\\my name\\new", "/data/a \"b\" c", "\\\\server\\transfuse", "/data/it's", "a\\"})
    void recordedPathsAreReadAgainByMacros(String path) {
        Recorder.record = true;
        try {
            Recorder.setCommand(SegmentPlugIn.COMMAND);
            SettingsDialog.record(Settings.segmenting().with("output", path));
            String read = new Interpreter().run("return \"" + Recorder.getCommandOptions() + "\";", "");
            assertEquals(path, Settings.parse(read).written(Keys.OUTPUT));
        } finally {
            Recorder.record = false;
        }
    }

    /** Called by the macro. */
    public static String expand(String options) {
        expanded = MacroVariables.expand(options);
        return expanded;
    }
}
