package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.macro.Interpreter;
import org.junit.jupiter.api.Test;

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

    /** Called by the macro. */
    public static String expand(String options) {
        expanded = MacroVariables.expand(options);
        return expanded;
    }
}
