package io.github.transfuse.imagej;

import ij.measure.ResultsTable;
import io.github.transfuse.batch.ObjectTable;
import java.util.List;

/** The sizes of objects as a table of ImageJ, in a window of its own: the user's Results table is left alone. */
final class ObjectResults {
    /** Title of the window, by which macros find the table. */
    static final String TITLE = "TransFuse objects";

    private ObjectResults() {}

    /** A table of the same columns and rows. */
    static ResultsTable of(ObjectTable objects) {
        ResultsTable table = new ResultsTable();
        List<String> columns = objects.columns();
        for (ObjectTable.Row row : objects.rows()) {
            table.incrementCounter();
            table.addValue(columns.get(0), (double) row.part());
            table.addValue(columns.get(1), (double) row.size().label());
            table.addValue(columns.get(2), row.className());
            table.addValue(columns.get(3), (double) row.size().pixels());
            table.addValue(columns.get(4), row.size().size());
            table.addValue(columns.get(5), row.size().border());
        }
        return table;
    }

    /** Shows the table in place of that of an earlier segmentation. */
    static void show(ResultsTable table) {
        table.show(TITLE);
    }
}
