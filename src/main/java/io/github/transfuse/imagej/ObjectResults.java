package io.github.transfuse.imagej;

import ij.IJ;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import io.github.transfuse.Segmentation;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measurements as a table of ImageJ. It has a window of its own: the user's Results table is left alone. Without a display
 * there are no such windows, so the rows are added to the Results table, which macros can read and save.
 */
final class ObjectResults {
    /** Title of the window, by which macros find the table. */
    static final String TITLE = "TransFuse objects";

    /** Settings that change no object. */
    private static final Set<String> UNTOLD = Set.of(
            Keys.MODEL.name(),
            Keys.INPUT.name(),
            Keys.OUTPUT.name(),
            Keys.OVERLAY.name(),
            Keys.PROBABILITIES.name(),
            Keys.TABLE.name(),
            Keys.KEEP_PATHS.name());

    private ObjectResults() {}

    /** A table of the same columns and rows. */
    static ResultsTable of(MeasureTable objects) {
        ResultsTable table = new ResultsTable();
        addTo(table, objects);
        return table;
    }

    private static void addTo(ResultsTable table, MeasureTable objects) {
        List<String> columns = objects.columns();
        for (MeasureTable.Row row : objects.rows()) {
            table.incrementCounter();
            List<Object> cells = objects.cells(row);
            for (int i = 0; i < cells.size(); i++) {
                if (cells.get(i) instanceof Number number) {
                    table.addValue(columns.get(i), number.doubleValue());
                } else {
                    table.addValue(columns.get(i), cells.get(i).toString());
                }
            }
        }
    }

    /** Shows the table in place of that of an earlier run; without a display, adds its rows to the Results table. */
    static void show(MeasureTable objects) {
        show(List.of(objects));
    }

    /** The same for the tables of several images, one below the other. */
    static void show(List<MeasureTable> objects) {
        if (GraphicsEnvironment.isHeadless()) {
            objects.forEach(table -> addTo(Analyzer.getResultsTable(), table));
        } else if (!objects.isEmpty()) {
            ResultsTable shown = new ResultsTable();
            objects.forEach(table -> addTo(shown, table));
            shown.show(TITLE);
        }
    }

    /** Says in the status bar, or without a display in the log, how many were found, how large they are and with what. */
    static void tell(MeasureTable objects, Segmentation result) {
        boolean classes = result.kind() == OutputSpec.Kind.CLASSES;
        String found = classes ? objects.summary("class", "classes") : objects.summary("object", "objects");
        Settings settings = result.provenance().settings();
        String given = settings.given().entrySet().stream()
                .filter(setting -> !UNTOLD.contains(setting.getKey()))
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ", ", ", ""));
        String notes = String.join(" ", result.provenance().notes());
        tell(found + " (model " + result.provenance().model().spec().identity().name() + given + "). " + notes);
    }

    /** The log would open its window in front of the results. */
    static void tell(String line) {
        if (IJ.getInstance() == null) {
            IJ.log("TransFuse: " + line.strip());
        } else {
            IJ.showStatus("TransFuse: " + line.strip());
        }
    }
}
