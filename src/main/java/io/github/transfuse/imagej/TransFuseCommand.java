package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.scijava.command.ContextCommand;
import org.scijava.convert.ConvertService;
import org.scijava.util.ClassUtils;
import org.scijava.util.Types;

/**
 * What our SciJava commands have in common: where their settings come from, and how they fail.
 *
 * <p>They are for scripts: menu and macros start the {@link TransFusePlugIn}s, in Fiji too. SciJava runs a command on a
 * thread of its pool, where ImageJ's active image may be another than its caller's; so it takes no image of its own accord
 * and asks nothing ({@link QuietInputsCommand}).
 *
 * <p>SciJava finds the parameters of a command in its fields, so the fields have the keys of settings as names. They take
 * any object, as {@link Settings#with(String, Object)} does: SciJava would turn into 0 or false what it cannot convert.
 */
abstract class TransFuseCommand extends ContextCommand {
    private final Task task;

    /**
     * Made by SciJava.
     *
     * @param task whose settings the fields are
     */
    TransFuseCommand(Task task) {
        this.task = task;
    }

    /** The settings that are fields. */
    final List<SettingSpec> rows() {
        return task.specs();
    }

    @Override
    public final void run() {
        try {
            execute(settings());
        } catch (CancellationException e) {
            cancel("");
        } catch (IOException | RuntimeException e) {
            cancel(Failures.message(e));
        }
    }

    /** Does the work that these settings ask for. */
    abstract void execute(Settings settings) throws IOException;

    /** Whether the field of this key is a setting for {@link #execute}, or something that the command reads itself. */
    boolean isSetting(String key, Object value) {
        return true;
    }

    /** Whether this names an image: its title, its ID or its file. */
    static boolean isName(Object value) {
        return value instanceof CharSequence
                || value instanceof Number
                || value instanceof File
                || value instanceof Path;
    }

    /**
     * The image itself, if it was not named.
     *
     * @param key of the field
     * @param given its value
     * @throws SettingException if there is none: the active image of this thread may be another than the caller's
     */
    final Optional<ImagePlus> image(String key, Object given) {
        if (given == null) {
            throw new SettingException(key + " is missing: give the image, such as \"" + key + "\", IJ.getImage().");
        }
        if (isName(given)) {
            return Optional.empty();
        }
        // Fiji knows how to make one of its other kinds of images, such as a Dataset
        ImagePlus image = given instanceof ImagePlus itself
                ? itself
                : context().service(ConvertService.class).convert(given, ImagePlus.class);
        if (image == null) {
            throw new SettingException(key + " is of type " + given.getClass().getName()
                    + ": give an ImagePlus, the title or ID of an open image, or the path of a file.");
        }
        return Optional.of(image);
    }

    private Settings settings() {
        Settings settings = Settings.of(task);
        for (SettingSpec row : rows()) {
            Field field = Types.field(getClass(), row.name());
            Object value = ClassUtils.getValue(field, this);
            if (value != null && !value.toString().isBlank() && isSetting(row.name(), value)) {
                settings = settings.with(row.name(), value);
            }
        }
        return settings;
    }
}
