package io.github.transfuse.imagej;

import ij.IJ;
import ij.macro.Interpreter;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchRun;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.OptionalKey;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Entries for macros in plain ImageJ without a display, where {@code run} cannot start plugins:
 *
 * <pre>{@code
 * call("io.github.transfuse.imagej.MacroApi.segment", "model=skin-lesion input=[/data/images] output=[/data/results]");
 * }</pre>
 *
 * <p>The text has the keys and the form of the options of {@code run}. What goes wrong stops the macro with a message;
 * outside of macros it is thrown.
 */
public final class MacroApi {
    private MacroApi() {}

    /**
     * Segments files.
     *
     * @param options settings for segmenting; {@code input} (a file, a folder or a pattern) and {@code output} (a
     *     folder) are needed
     * @return paths of the written labels, one a line; images that failed are told in the log and left out
     * @throws IllegalArgumentException outside of macros, if something is wrong with the options, or no image could be
     *     segmented
     */
    public static String segment(String options) {
        return guarded(() -> segment(settings(Task.SEGMENT, options, Keys.INPUT, Keys.OUTPUT)));
    }

    private static String segment(Settings settings) throws IOException {
        try (TransFuse model = TransFuse.load(settings);
                StatusProgress progress = new StatusProgress(settings.get(Keys.KEEP_PATHS))) {
            BatchRun.of(model).run(progress);
            if (progress.labels().isEmpty()) {
                throw new IOException(
                        "No image could be segmented. " + progress.failures().get(0));
            }
            return progress.labels().stream().map(Path::toString).collect(Collectors.joining("\n"));
        }
    }

    /**
     * Trains a model; lines for its epochs go to the log.
     *
     * @param options settings for training; {@code images}, {@code masks} and {@code output} are needed
     * @return path of the model
     * @throws IllegalArgumentException outside of macros, if the options or the data are not usable
     */
    public static String train(String options) {
        return guarded(() -> {
            Settings settings = settings(Task.TRAIN, options, Keys.IMAGES, Keys.MASKS, Keys.OUTPUT);
            return TrainJob.run(settings).toString();
        });
    }

    /**
     * Evaluates a model; its figures go to the log.
     *
     * @param options settings for evaluating; {@code images}, {@code masks} and {@code output} are needed
     * @return path of the report page
     * @throws IllegalArgumentException outside of macros, if something is wrong with the options, or no image could be
     *     evaluated
     */
    public static String evaluate(String options) {
        return guarded(() -> EvaluateJob.run(settings(Task.EVALUATE, options, Keys.IMAGES, Keys.MASKS, Keys.OUTPUT))
                .toString());
    }

    private static Settings settings(Task task, String options, OptionalKey<?>... needed) {
        Settings settings = Settings.parse(task, MacroVariables.expand(options));
        for (OptionalKey<?> key : needed) {
            if (!settings.has(key)) {
                throw new SettingException("The options lack " + key.name() + "=: "
                        + task.spec(key).help() + " Given was: " + options);
            }
        }
        return settings;
    }

    /** Work that may fail. */
    @FunctionalInterface
    private interface Work {
        String run() throws IOException;
    }

    /** An exception would only be printed by {@code call}, and the macro would go on. */
    private static String guarded(Work work) {
        try {
            return work.run();
        } catch (IOException | RuntimeException e) {
            Interpreter macro = Interpreter.getInstance();
            if (macro == null) {
                throw new IllegalArgumentException(Failures.message(e), e);
            }
            stop(macro, Failures.message(e));
            return "";
        }
    }

    private static void stop(Interpreter macro, String message) {
        if (GraphicsEnvironment.isHeadless()) {
            // ImageJ's own message would be a dialog
            IJ.log("Macro Error: " + message);
            macro.abort((String) null);
            return;
        }
        try {
            macro.abort(message);
        } catch (RuntimeException e) {
            if (!Failures.isMacroStop(e)) {
                throw e;
            }
        }
    }
}
