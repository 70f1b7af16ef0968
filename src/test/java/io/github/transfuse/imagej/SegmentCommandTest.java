package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import io.github.transfuse.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;

/** The SciJava command without a display, as a script in Fiji runs it. Public, because a macro calls it. */
public class SegmentCommandTest {
    @TempDir
    static Path folder;

    private static Samples samples;
    private static Context context;
    private static SegmentCommand macroCommand;

    @BeforeAll
    static void start() throws IOException {
        samples = Samples.write(folder);
        context = new Context(CommandService.class);
    }

    @AfterAll
    static void stop() {
        context.dispose();
    }

    private static SegmentCommand run(Map<String, Object> inputs) throws InterruptedException, ExecutionException {
        CommandInfo command = context.service(CommandService.class).getCommand(SegmentCommand.class);
        return (SegmentCommand)
                context.service(ModuleService.class).run(command, true, inputs).get();
    }

    private static Map<String, Object> settings() {
        return new HashMap<>(Settings.parse(samples.settings()).given());
    }

    @Test
    void givesThePixelsOfTheFacade() throws Exception {
        ImagePlus stack = IJ.openImage(samples.path(Samples.STACK).toString());
        Map<String, Object> inputs = settings();
        inputs.put("input", stack);
        SegmentCommand done = run(inputs);
        assertFalse(done.isCanceled(), done.getCancelReason());
        ImagePlus labels = (ImagePlus) done.getOutput("labels");
        assertEquals("stack-labels", labels.getTitle());
        samples.assertSameAsFacade(Samples.STACK, labels);
        assertEquals(0.25, labels.getCalibration().pixelWidth);
        assertEquals("second", labels.getStack().getSliceLabel(2));
        assertEquals(0xff8000, labels.getProcessor().getLut().getRGB(1) & 0xffffff);
        assertNull(done.getOutput("probability_image"));
        assertNull(stack.getOverlay());
    }

    @Test
    void givesProbabilitiesOutlinesAndFilesOnRequest() throws Exception {
        ImagePlus image = IJ.openImage(samples.path(Samples.NAMES.get(0)).toString());
        Map<String, Object> inputs = settings();
        inputs.putAll(Map.of("input", image, "probabilities", true, "overlay", true));
        inputs.put("output", folder.resolve("files").toFile());
        SegmentCommand done = run(inputs);
        ImagePlus probabilities = (ImagePlus) done.getOutput("probability_image");
        assertEquals(32, probabilities.getBitDepth());
        assertEquals("one-probabilities", probabilities.getTitle());
        assertTrue(image.getOverlay().size() > 0);
        for (String end : new String[] {"labels.tif", "labels.json", "probabilities.tif", "overlay.png"}) {
            assertTrue(folder.resolve("files/one-" + end).toFile().length() > 0, end);
        }
    }

    @Test
    void tablesTheVolumesAndSurfacesOfAStack() throws Exception {
        ImagePlus stack = IJ.openImage(samples.path(Samples.STACK).toString());
        stack.getCalibration().pixelDepth = 2;
        Map<String, Object> inputs = settings();
        inputs.putAll(Map.of("input", stack, "table", true));
        SegmentCommand done = run(inputs);
        ResultsTable table = (ResultsTable) done.getOutput("object_table");
        assertEquals(
                "part label class voxels volume_micron^3 surface_micron^2",
                String.join(" ", table.getHeadings()).strip());
        assertEquals(1, table.size(), "one class");
        assertEquals("thing", table.getStringValue("class", 0));
        long voxels = 0;
        for (int slice = 1; slice <= 2; slice++) {
            for (byte label : (byte[]) done.labels.getStack().getPixels(slice)) {
                voxels += label;
            }
        }
        assertEquals((double) voxels, table.getValue("voxels", 0));
        assertEquals(voxels * 0.25 * 0.25 * 2, table.getValue("volume_micron^3", 0), 1e-6);
        assertTrue(table.getValue("surface_micron^2", 0) > 0);
        inputs.putAll(Map.of("table", true, "connectivity", "8"));
        ResultsTable planes = (ResultsTable) run(inputs).getOutput("object_table");
        assertEquals(2, planes.size(), "one class in each of two slices");
        assertEquals((double) voxels, planes.getValue("pixels", 0) + planes.getValue("pixels", 1));
        assertEquals(2, planes.getValue("part", 1));
        assertTrue(planes.columnExists("area_micron^2") && planes.columnExists("perimeter_micron"));
        inputs.put("table", false);
        assertNull(run(inputs).getOutput("object_table"));
    }

    @ParameterizedTest
    @CsvSource({
        "threshold, abc, threshold = 'abc' is not allowed",
        "device, bogus, device = 'bogus' is not allowed",
        "model, no-such-model, no-such-model",
    })
    void refusesAndSaysWhy(String key, String value, String message) throws Exception {
        Map<String, Object> inputs = settings();
        inputs.put("input", IJ.openImage(samples.path(Samples.NAMES.get(0)).toString()));
        inputs.put(key, value);
        SegmentCommand done = run(inputs);
        assertTrue(done.isCanceled());
        assertTrue(done.getCancelReason().contains(message), done.getCancelReason());
        assertNull(done.getOutput("labels"));
    }

    @Test
    void saysThatThereIsNoImage() throws Exception {
        SegmentCommand none = run(settings());
        assertTrue(none.getCancelReason().contains("There is no image given"), none.getCancelReason());
        Map<String, Object> inputs = settings();
        ImagePlus empty = new ImagePlus();
        empty.setTitle("hollow");
        inputs.put("input", empty);
        SegmentCommand hollow = run(inputs);
        assertTrue(hollow.getCancelReason().contains("'hollow' has no pixels"), hollow.getCancelReason());
    }

    /** Macros give bare keys, and their text counts, not what SciJava made of it; nothing is left open for a dialog. */
    @Test
    void readsTheMacrosOwnText() {
        String options = samples.settings() + " input=[" + samples.path(Samples.NAMES.get(1)) + "] probabilities";
        new Interpreter().run("call('" + SegmentCommandTest.class.getName() + ".inMacro', '" + options + "');", "");
        assertFalse(macroCommand.isCanceled(), macroCommand.getCancelReason());
        assertEquals("two three-labels", macroCommand.labels.getTitle());
        assertEquals("two three-probabilities", macroCommand.probability_image.getTitle());
        macroCommand
                .getInfo()
                .inputs()
                .forEach(item -> assertTrue(macroCommand.isInputResolved(item.getName()), item.getName()));
    }

    @Test
    void stopsTheMacro() {
        new Interpreter().run("call('" + SegmentCommandTest.class.getName() + ".inMacro', 'treshold=0.4');", "");
        assertTrue(macroCommand.isCanceled());
        assertTrue(macroCommand.getCancelReason().contains("Did you mean 'threshold'"), macroCommand.getCancelReason());
    }

    /** Runs the command where Fiji would, within a macro, on a thread with these options. */
    public static String inMacro(String options) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("Run$_" + name);
        Macro.setOptions(options);
        try {
            macroCommand = new SegmentCommand();
            context.inject(macroCommand);
            macroCommand.initialize();
            macroCommand.run();
        } finally {
            Macro.setOptions(null);
            thread.setName(name);
        }
        return "";
    }
}
