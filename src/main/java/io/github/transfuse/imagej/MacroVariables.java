package io.github.transfuse.imagej;

import ij.macro.Interpreter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Macro variables in the options of a command: {@code run("TransFuse Segment...", "threshold=&t")}, as ImageJ has them. */
final class MacroVariables {
    private static final Pattern VARIABLE = Pattern.compile("(?<=\\s|^)(\\w+)=&(\\w+)(?=\\s|$)");

    private MacroVariables() {}

    /**
     * The options with the values of the running macro's variables in the places of their names.
     *
     * @throws IllegalArgumentException if the macro has no such variable
     */
    static String expand(String options) {
        return VARIABLE.matcher(options)
                .replaceAll(match ->
                        Matcher.quoteReplacement(match.group(1) + "=[" + value(match.group(1), match.group(2)) + "]"));
    }

    private static String value(String key, String name) {
        Interpreter macro = Interpreter.getInstance();
        String string = macro == null ? null : macro.getStringVariable(name);
        if (string != null) {
            return string;
        }
        double number = macro == null ? Double.NaN : macro.getVariable2(name);
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException(
                    "'" + key + "' names the macro variable '" + name + "', which does not exist.");
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
