package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import io.github.transfuse.Settings;
import io.github.transfuse.Task;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.MethodCallException;
import org.scijava.module.ModuleItem;

/** The buttons of the dialog in Fiji, called as its widgets call them. */
class TrainCommandTest {
    @TempDir
    Path folder;

    private Context context;
    private TrainCommand command;

    @BeforeEach
    void start() throws IOException {
        context = new Context(CommandService.class);
        command = new TrainCommand();
        context.inject(command);
        command.initialize();
        Settings data = Settings.parse(Task.TRAIN, Samples.write(folder).trainingData());
        command.setInput("images", new File(data.get("images")));
        command.setInput("masks", new File(data.get("masks")));
        command.setInput("validation", data.get("validation"));
        // Without windows there is no dialog to have them
        assertNull(command.getInfo().getInput(TrainCommand.PROPOSE));
        command.addButton(TrainCommand.PROPOSE, TrainingAssistant.PROPOSE);
        command.addButton(TrainCommand.SAMPLES, TrainingAssistant.SAMPLES);
    }

    @AfterEach
    void stop() {
        context.dispose();
    }

    private void press(String button) throws MethodCallException {
        ModuleItem<?> item = command.getInfo().getInput(button);
        item.callback(command);
    }

    @Test
    void proposedValuesAppearInTheFields() throws MethodCallException {
        command.setInput("epochs", "7");
        press(TrainCommand.PROPOSE);
        assertEquals("7", command.getInput("epochs"));
        assertEquals("256x192", command.getInput("input_size"));
        assertEquals("binary", command.getInput("mask_type"));
        assertEquals("1", command.getInput("batch_size"));
    }

    @Test
    void samplesAreShown() throws MethodCallException {
        Interpreter.batchMode = true;
        try {
            press(TrainCommand.SAMPLES);
            ImagePlus shown = WindowManager.getImage("Augmented samples");
            assertEquals(ImagePlus.COLOR_RGB, shown.getType());
            Interpreter.removeBatchModeImage(shown);
        } finally {
            Interpreter.batchMode = false;
        }
    }
}
