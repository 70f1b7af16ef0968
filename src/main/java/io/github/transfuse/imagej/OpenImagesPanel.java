package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.swing.DefaultCellEditor;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.table.TableCellEditor;

/** A list of the open images to learn from, each with its label image or ROIs, and what was found in them. */
final class OpenImagesPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int[] WIDTHS = {36, 150, 140, 150};
    private static final int HEIGHT = 100;

    private final OpenImagesModel model = new OpenImagesModel();
    private final transient Map<OpenTruth, TruthFacts> facts = new HashMap<>();

    /**
     * Lists the images that are open now.
     *
     * @param changed runs when another image or truth is chosen, or was looked at
     */
    OpenImagesPanel(Runnable changed) {
        super(new BorderLayout(4, 4));
        JTable table = new Rows(model);
        table.setName("open images");
        table.getAccessibleContext().setAccessibleName("Open images to learn from");
        table.setRowHeight(table.getRowHeight() + 4);
        for (int i = 0; i < WIDTHS.length; i++) {
            table.getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
        }
        table.getColumnModel().getColumn(OpenImagesModel.USED).setMaxWidth(2 * WIDTHS[0]);
        JScrollPane scroll = new JScrollPane(table);
        scroll.setPreferredSize(new Dimension(0, HEIGHT));
        add(scroll, BorderLayout.CENTER);
        JButton again = new JButton("List again");
        again.setToolTipText("After images were opened or ROIs were drawn.");
        again.addActionListener(event -> refresh());
        JPanel line = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 0));
        line.add(again);
        add(line, BorderLayout.SOUTH);
        model.addTableModelListener(event -> {
            look();
            changed.run();
        });
        refresh();
    }

    /** Lists the images that are open now; what was found in them before may have changed. */
    void refresh() {
        facts.clear();
        model.list(OpenTruth.images());
    }

    /** Whether no image is checked. */
    boolean isEmpty() {
        return used().isEmpty();
    }

    private List<Integer> used() {
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < model.getRowCount(); i++) {
            if (model.isUsed(i)) {
                used.add(i);
            }
        }
        return used;
    }

    /** All pixels are looked at, which takes a while in large stacks. */
    private void look() {
        for (int i = 0; i < model.getRowCount(); i++) {
            model.truth(i).filter(truth -> !facts.containsKey(truth)).ifPresent(truth -> {
                facts.put(truth, new TruthFacts("...", TruthFacts.UNKNOWN));
                Background.start(
                        () -> TruthFacts.of(truth),
                        found -> tell(truth, found),
                        message -> tell(truth, new TruthFacts(message, TruthFacts.UNKNOWN)));
            });
        }
    }

    private void tell(OpenTruth truth, TruthFacts found) {
        facts.put(truth, found);
        model.tell(truth, found.line());
    }

    /** What the values of the masks mean, as far as they say; {@code auto} if they differ. */
    String meaning() {
        List<String> meanings = used().stream()
                .flatMap(row -> model.truth(row).stream())
                .map(truth -> facts.getOrDefault(truth, new TruthFacts("", TruthFacts.UNKNOWN))
                        .meaning())
                .distinct()
                .toList();
        return meanings.size() == 1 ? meanings.get(0) : TruthFacts.UNKNOWN;
    }

    /**
     * The settings with the checked images and their truth.
     *
     * @throws SettingException if none is checked, or one has no truth
     * @throws IllegalArgumentException if an image cannot be named
     */
    Settings over(Settings settings) {
        List<ImagePlus> images = new ArrayList<>();
        List<String> masks = new ArrayList<>();
        for (int row : used()) {
            ImagePlus image = model.image(row);
            images.add(image);
            masks.add(model.truth(row)
                    .orElseThrow(() -> new SettingException("Choose what is right for '" + image.getTitle()
                            + "': an open label image, or draw ROIs on it."))
                    .written());
        }
        if (images.isEmpty()) {
            throw new SettingException(
                    "Choose the images to learn from: open them with their label images, or draw ROIs"
                            + " on them. Or name two folders.");
        }
        return settings.with(Keys.IMAGES, OpenTitles.of(images)).with(Keys.MASKS, OpenTitles.join(masks));
    }

    /** A table whose truths are chosen from a list of their own. */
    private static final class Rows extends JTable {
        private static final long serialVersionUID = 1L;
        private final OpenImagesModel rows;

        Rows(OpenImagesModel rows) {
            super(rows);
            this.rows = rows;
            putClientProperty("terminateEditOnFocusLost", true);
        }

        @Override
        public TableCellEditor getCellEditor(int row, int column) {
            if (column != OpenImagesModel.TRUTH) {
                return super.getCellEditor(row, column);
            }
            JComboBox<OpenTruth> choice = new JComboBox<>(rows.choices(row).toArray(OpenTruth[]::new));
            // Else the first would be taken when the list loses the focus
            choice.setSelectedIndex(-1);
            rows.truth(row).ifPresent(choice::setSelectedItem);
            return new DefaultCellEditor(choice);
        }

        @Override
        public String getToolTipText(MouseEvent event) {
            int row = rowAtPoint(event.getPoint());
            int column = columnAtPoint(event.getPoint());
            return row < 0 || column <= 0 ? super.getToolTipText(event) : String.valueOf(getValueAt(row, column));
        }
    }
}
