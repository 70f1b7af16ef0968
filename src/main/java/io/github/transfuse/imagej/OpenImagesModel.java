package io.github.transfuse.imagej;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.table.AbstractTableModel;

/** The open images as rows: whether to learn from it, the image, its truth, and what was found in that. */
final class OpenImagesModel extends AbstractTableModel {
    /** Column of the boxes. */
    static final int USED = 0;

    /** Column of the truth. */
    static final int TRUTH = 2;

    private static final long serialVersionUID = 1L;
    private static final int IMAGE = 1;
    private static final List<String> NAMES = List.of("Use", "Image", "What is right", "Found");

    private final transient List<Row> rows = new ArrayList<>();

    /** One image. */
    private static final class Row {
        private final ImagePlus image;
        private final List<OpenTruth> choices;
        private boolean used;
        private Optional<OpenTruth> truth;
        private String found = "";

        Row(ImagePlus image, List<OpenTruth> choices) {
            this.image = image;
            this.choices = choices;
            this.truth = choices.stream().findFirst().filter(first -> first.isLikely(image));
            this.used = truth.isPresent();
        }
    }

    /** Lists these images. Those that are the labels of others have no row; boxes stay as the user set them. */
    void list(List<ImagePlus> open) {
        List<Row> before = List.copyOf(rows);
        rows.clear();
        for (ImagePlus image : open) {
            if (open.stream().noneMatch(other -> other != image && OpenTruth.isNamedFor(other, image))) {
                Row row = new Row(image, OpenTruth.of(image, open));
                before.stream()
                        .filter(old -> old.image == image && old.truth.equals(row.truth))
                        .findFirst()
                        .ifPresent(old -> row.used = old.used);
                rows.add(row);
            }
        }
        fireTableDataChanged();
    }

    /** What the truth of a row can be. */
    List<OpenTruth> choices(int row) {
        return rows.get(row).choices;
    }

    /** The image of a row. */
    ImagePlus image(int row) {
        return rows.get(row).image;
    }

    /** The truth of a row, if one was chosen. */
    Optional<OpenTruth> truth(int row) {
        return rows.get(row).truth;
    }

    /** Whether the user wants to learn from a row. */
    boolean isUsed(int row) {
        return rows.get(row).used;
    }

    /** Tells what was found in a truth. */
    void tell(OpenTruth truth, String found) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).truth.filter(truth::equals).isPresent()) {
                rows.get(i).found = found;
                fireTableCellUpdated(i, NAMES.size() - 1);
            }
        }
    }

    @Override
    public int getRowCount() {
        return rows.size();
    }

    @Override
    public int getColumnCount() {
        return NAMES.size();
    }

    @Override
    public String getColumnName(int column) {
        return NAMES.get(column);
    }

    @Override
    public Class<?> getColumnClass(int column) {
        return column == USED ? Boolean.class : Object.class;
    }

    @Override
    public boolean isCellEditable(int row, int column) {
        return column == USED || (column == TRUTH && !rows.get(row).choices.isEmpty());
    }

    @Override
    public Object getValueAt(int row, int column) {
        Row shown = rows.get(row);
        return switch (column) {
            case USED -> shown.used;
            case IMAGE -> shown.image.getTitle();
            case TRUTH ->
                shown.truth.map(OpenTruth::line).orElse(shown.choices.isEmpty() ? "no labels, no ROIs" : "choose ...");
            default -> shown.found;
        };
    }

    @Override
    public void setValueAt(Object value, int row, int column) {
        Row changed = rows.get(row);
        if (column == USED) {
            changed.used = Boolean.TRUE.equals(value);
        } else if (value instanceof OpenTruth truth) {
            changed.truth = Optional.of(truth.onImage());
            changed.used = true;
            changed.found = "";
        }
        fireTableRowsUpdated(row, row);
    }
}
