package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.HTMLDialog;
import ij.gui.ImageWindow;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JToggleButton;
import javax.swing.Timer;

/**
 * Asks how to segment an image: the model and what comes out first, everything else folded away, with a preview in the
 * image. The image's window stays usable meanwhile.
 */
final class SegmentDialog {
    private static final Map<SettingKey<?>, String> RESULTS = Map.of(
            Keys.OVERLAY, "Outlines over the image",
            Keys.PROBABILITIES, "Image of probabilities",
            Keys.TABLE, "Table of what was found",
            Keys.ROIS, "ROIs into the ROI Manager",
            Keys.OUTPUT, "Also save into");
    private static final Set<SettingKey<?>> OF_FILES = Set.of(Keys.INPUT, Keys.RECURSIVE, Keys.SKIP_EXISTING);
    private static final int LOOKS_EVERY_MS = 300;
    private static final int STATUS_WIDTH = 400;
    private final String title;
    private final ImagePlus image;
    private final Settings defaults = Settings.segmenting();
    private final List<SettingSpec> more;
    private final SettingsForm form = new SettingsForm(RESULTS, this::changed);
    private final JLabel status = new JLabel(" ");
    private final JScrollPane folded = new JScrollPane();
    private final SelectionLine selection;
    private final JCheckBox live = new JCheckBox("Preview");
    private final AskWindow asking;
    private final DialogMemory memory;
    private final SegmentPreview preview;
    private final Timer look = new Timer(LOOKS_EVERY_MS, event -> lookAgain());
    private String looked = "";
    private ModelPicker models;
    private JDialog window;

    /** A dialog about this image. */
    SegmentDialog(String title, ImagePlus image) {
        this.title = title;
        this.image = image;
        this.asking = new AskWindow(title, new Rows());
        this.selection = new SelectionLine(image);
        List<SettingSpec> rows = defaults.task().specs().stream()
                .filter(row -> !OF_FILES.contains(row.key()) && !row.key().equals(Keys.MODEL))
                .toList();
        this.more = rows.stream().filter(row -> !RESULTS.containsKey(row.key())).toList();
        this.memory = DialogMemory.ofSegmenting();
        this.preview = new SegmentPreview(image, this::tell);
    }

    /**
     * Asks, records the answer for a macro, and remembers it for the next time; empty if the user pressed Cancel.
     *
     * @throws IOException if the folders of models cannot be read
     */
    Optional<Settings> ask() throws IOException {
        return asking.ask();
    }

    private final class Rows implements AskWindow.Contents {
        @Override
        public void fill(JDialog dialog) throws IOException {
            window = dialog;
            models = new ModelPicker(
                    SegmentDialog.this::takesImage, SegmentDialog.this::chosen, SegmentDialog.this::tell);
            window.setContentPane(content());
            Settings recalled = memory.recall(defaults);
            if (recalled.isGiven(Keys.MODEL)) {
                models.recall(recalled.get(Keys.MODEL));
            }
            form.show(recalled);
        }

        @Override
        public void packed(JDialog dialog) {
            besideImage();
            pack();
            look.start();
        }

        @Override
        public void canceled() {
            close(Optional.empty());
        }
    }

    /** Where it does not cover what is previewed, if there is room. */
    private void besideImage() {
        ImageWindow shown = image.getWindow();
        if (shown != null) {
            int x = shown.getX() + shown.getWidth();
            if (x + window.getWidth() <= IJ.getScreenSize().width) {
                window.setLocation(x, shown.getY());
            }
        }
    }

    /** Whether a model takes images of this kind at all. */
    private boolean takesImage(ModelSpec spec) {
        boolean volume = spec.input().sampling().mode() == InputSpec.Mode.VOLUME;
        int wanted = spec.network().channels();
        boolean rgb = image.getType() == ImagePlus.COLOR_RGB
                || InputImages.lookup(image).isColors();
        int channels = rgb ? 3 : image.getNChannels();
        return volume == (volume && image.getNSlices() > 1) && (channels == wanted || channels == 1);
    }

    private JPanel content() {
        JPanel content = new JPanel();
        content.setLayout(new BoxLayout(content, BoxLayout.Y_AXIS));
        content.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
        content.add(left(new JLabel(ImageFacts.of(image))));
        content.add(left(selection.label()));
        content.add(Box.createVerticalStrut(6));
        models.setBorder(BorderFactory.createTitledBorder("Model"));
        content.add(left(models));
        JPanel results = form.panel(rows(RESULTS.keySet()));
        results.setBorder(BorderFactory.createTitledBorder("Besides the label image"));
        content.add(left(results));
        folded.setViewportView(form.panel(more));
        folded.setVisible(unusual());
        JToggleButton fold = new JToggleButton("More ...", folded.isVisible());
        fold.addActionListener(event -> {
            folded.setVisible(fold.isSelected());
            pack();
        });
        content.add(left(fold));
        content.add(left(folded));
        status.setText(wrapped("Choose a model. Preview shows what it finds."));
        content.add(left(status));
        content.add(left(buttons()));
        return content;
    }

    /** Values that are folded away change results, so they are shown if they are not the defaults. */
    private boolean unusual() {
        Map<String, String> given = memory.recall(defaults).given();
        return more.stream().anyMatch(row -> given.containsKey(row.name()));
    }

    private List<SettingSpec> rows(Set<SettingKey<?>> keys) {
        return defaults.task().specs().stream()
                .filter(row -> keys.contains(row.key()))
                .toList();
    }

    static JComponent left(JComponent part) {
        part.setAlignmentX(0);
        return part;
    }

    private JPanel buttons() {
        live.setToolTipText("Outlines of what is found in the part of the image that is shown.");
        live.addItemListener(event -> changed());
        JButton reset = new JButton("Defaults");
        reset.addActionListener(event -> form.show(defaults));
        JButton help = new JButton("Help");
        help.addActionListener(event ->
                new HTMLDialog(title, SettingsDialog.help(title, defaults.task().specs()), false));
        JButton cancel = new JButton("Cancel");
        cancel.addActionListener(event -> close(Optional.empty()));
        JButton segment = new JButton("Segment");
        segment.addActionListener(event -> accept());
        window.getRootPane().setDefaultButton(segment);
        JPanel right = new JPanel(new FlowLayout(FlowLayout.RIGHT));
        List.of(help, reset, cancel, segment).forEach(right::add);
        JPanel buttons = new JPanel(new BorderLayout());
        buttons.add(live, BorderLayout.WEST);
        buttons.add(right, BorderLayout.EAST);
        return buttons;
    }

    private Settings settings() {
        Settings settings = form.over(defaults);
        Optional<String> model = models.model();
        return model.isPresent() ? settings.with(Keys.MODEL, model.get()) : settings;
    }

    private void accept() {
        if (models.model().isEmpty()) {
            tell("Choose a model first: each segments one kind of thing.");
            return;
        }
        try {
            Settings settings = settings();
            memory.keep(settings);
            close(Optional.of(settings));
        } catch (SettingException e) {
            tell(Failures.message(e));
        }
    }

    /** Descriptions of models have different lengths. */
    private void chosen() {
        changed();
        pack();
    }

    /** Something was chosen or typed: the preview is made anew at the next look. */
    private void changed() {
        looked = "";
    }

    /** What is shown may have been changed, moved or zoomed. */
    private void lookAgain() {
        if (selection.look(form.isChecked(Keys.SELECTION))) {
            pack();
        }
        if (!live.isSelected() || models.model().isEmpty()) {
            if (!looked.isEmpty()) {
                return;
            }
            preview.clear();
            looked = "-";
            return;
        }
        String seen = image.getCurrentSlice() + " "
                + (image.getCanvas() == null ? "" : image.getCanvas().getSrcRect()) + selection.told();
        if (!seen.equals(looked)) {
            looked = seen;
            try {
                preview.ask(settings());
            } catch (SettingException e) {
                tell(Failures.message(e));
            }
        }
    }

    private void pack() {
        ScreenFit.pack(window, folded);
    }

    private void tell(String line) {
        status.setText(wrapped(line));
        pack();
    }

    static String wrapped(String line) {
        return "<html><div style='width:" + STATUS_WIDTH + "px'>" + line.replace("<", "&lt;") + "</div></html>";
    }

    private void close(Optional<Settings> chosen) {
        look.stop();
        preview.close();
        window.dispose();
        asking.answer(chosen);
    }
}
