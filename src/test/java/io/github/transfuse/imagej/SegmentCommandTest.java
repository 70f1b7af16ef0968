package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.module.Module;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

/** The SciJava command without a display, as a script in Fiji runs it. */
class SegmentCommandTest {
    @TempDir
    static Path folder;

    private static Samples samples;
    private static Context context;

    @BeforeAll
    static void start() throws IOException {
        samples = Samples.write(folder);
        context = new Context(CommandService.class, PluginService.class, ConvertService.class);
    }

    @AfterAll
    static void stop() {
        context.dispose();
    }

    private static CommandModule run(Map<String, Object> inputs) throws InterruptedException, ExecutionException {
        return context.service(CommandService.class)
                .run(SegmentCommand.class, true, inputs)
                .get();
    }

    private static Map<String, Object> settings() {
        return new HashMap<>(Settings.parse(samples.settings()).given());
    }

    @Test
    void givesThePixelsOfTheFacade() throws Exception {
        ImagePlus stack = IJ.openImage(samples.path(Samples.STACK).toString());
        Map<String, Object> inputs = settings();
        inputs.put("input", stack);
        CommandModule done = run(inputs);
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
        CommandModule done = run(inputs);
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
        CommandModule done = run(inputs);
        ResultsTable table = (ResultsTable) done.getOutput("object_table");
        String headings = String.join(" ", table.getHeadings()).strip();
        assertTrue(headings.startsWith("part label class voxels volume_micron^3 surface_micron^2 "), headings);
        assertEquals(1, table.size(), "one class");
        assertEquals("thing", table.getStringValue("class", 0));
        long voxels = 0;
        for (int slice = 1; slice <= 2; slice++) {
            for (byte label :
                    (byte[]) ((ImagePlus) done.getOutput("labels")).getStack().getPixels(slice)) {
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
        CommandModule done = run(inputs);
        assertTrue(done.isCanceled());
        assertTrue(done.getCancelReason().contains(message), done.getCancelReason());
        assertNull(done.getOutput("labels"));
    }

    /** The active image of the pool's thread may be another than the caller's: it is never taken. */
    @Test
    void wantsAnImage() throws Exception {
        ImagePlus other = IJ.openImage(samples.path(Samples.NAMES.get(0)).toString());
        Map<String, Object> inputs = settings();
        for (Object nothing : new Object[] {null, new int[0]}) {
            inputs.put("input", nothing);
            CommandModule none = run(inputs);
            assertTrue(none.getCancelReason().contains("input is"), none.getCancelReason());
            assertNull(none.getOutput("labels"));
        }
        // Here the thread of the run has an active image
        CommandInfo command = context.service(CommandService.class).getCommand(SegmentCommand.class);
        CommandModule module = new CommandModule(command);
        context.inject(module.getCommand());
        module.setInput("model", settings().get("model"));
        WindowManager.setTempCurrentImage(other);
        try {
            module.run();
        } finally {
            WindowManager.setTempCurrentImage(null);
        }
        assertTrue(module.getCancelReason().contains("input is missing"), module.getCancelReason());
        ImagePlus empty = new ImagePlus();
        empty.setTitle("hollow");
        inputs.put("input", empty);
        CommandModule hollow = run(inputs);
        assertTrue(hollow.getCancelReason().contains("'hollow' has no pixels"), hollow.getCancelReason());
    }

    @Test
    void takesAnImageByItsPathAndValuesOfAnyType() throws Exception {
        Path file = samples.path(Samples.NAMES.get(1));
        Map<String, Object> inputs = settings();
        inputs.putAll(Map.of("input", file, "channels", List.of(1, 2, 3), "probabilities", "TRUE", "output", ""));
        CommandModule done = run(inputs);
        assertNull(done.getCancelReason());
        samples.assertSameAsFacade(Samples.NAMES.get(1), (ImagePlus) done.getOutput("labels"));
        assertEquals("two three-probabilities", ((ImagePlus) done.getOutput("probability_image")).getTitle());
        inputs.put("input", file.toString());
        assertNull(run(inputs).getCancelReason());
        inputs.put("probabilities", "yes");
        assertTrue(run(inputs).getCancelReason().contains("probabilities = 'yes' is not allowed"));
    }

    @Test
    void unknownKeysAreRefused() {
        Map<String, Object> inputs = settings();
        inputs.put("treshold", 0.4);
        assertThrows(IllegalArgumentException.class, () -> run(inputs));
    }

    /** Whatever a script leaves out has its default, so that SciJava's dialog has nothing to ask for. */
    @Test
    void asksNothing() throws Exception {
        Module module = context.service(CommandService.class)
                .getCommand(SegmentCommand.class)
                .createModule();
        context.service(PluginService.class)
                .createInstancesOfType(PreprocessorPlugin.class)
                .forEach(step -> step.process(module));
        module.getInfo().inputs().forEach(item -> assertTrue(module.isInputResolved(item.getName()), item.getName()));
    }
}
