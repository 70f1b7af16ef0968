package io.github.transfuse.imagej;

import ij.gui.HTMLDialog;
import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JToggleButton;

/**
 * Asks how to train a model: the images and their truth, what to start from and where the model goes; everything else
 * folded away. Beside it stands what the program would choose, and what the network would see.
 */
final class TrainDialog {
    private static final Map<SettingKey<?>, String> NAMES = Map.of(Keys.OUTPUT, "Folder of the new model");
    /** Not folded away. */
    private static final Set<SettingKey<?>> FIRST =
            Set.of(Keys.IMAGES, Keys.MASKS, Keys.MASK_TYPE, Keys.START_FROM, Keys.OUTPUT, Keys.MINUTES, Keys.EPOCHS);
    /** Of these images: the next time they would be wrong. */
    private static final Set<SettingKey<?>> FORGOTTEN =
            Set.of(Keys.IMAGES, Keys.MASKS, Keys.MASK_TYPE, Keys.OUTPUT, Keys.RESUME, Keys.VALIDATION, Keys.CHANNELS);

    private static final List<ModelPicker.Choice> STARTS = List.of(
            new ModelPicker.Choice(
                    "auto",
                    "Automatic",
                    "The nearest model of the plugin, or its general one, which learned many kinds of images; Look at the"
                            + " images says which. Choose a model below if you know one that segments something similar."),
            new ModelPicker.Choice(
                    GeneralStart.NAME,
                    "General: many kinds of images",
                    "For things that no model below knows, and variants T and TFINE."),
            new ModelPicker.Choice(
                    "imagenet",
                    "ImageNet: photographs of things",
                    "Knows nothing of where things end. For volumes, and to compare with; variants T, TFINE and T3D."),
            new ModelPicker.Choice(
                    "random", "Random: from nothing", "Learns from your images only. It needs many of them."));
    private static final String TRY = "Try one minute";
    private static final int FOLDED_HEIGHT = 230;

    private final String title;
    private final AskWindow asking;
    private final Settings defaults = Settings.training();
    private final SettingsForm form = new SettingsForm(NAMES, this::changed);
    private final List<SettingSpec> more;
    private final DialogMemory memory;
    private final JLabel status = new JLabel(" ");
    private final JButton attempt = new JButton(TRY);
    private final JButton train = new JButton("Train");
    private Optional<TrainTrial> trial = Optional.empty();
    private TrainingSource source;
    private ModelPicker start;
    private ProposalPanel proposal;
    private JDialog window;

    TrainDialog(String title) {
        this.title = title;
        this.asking = new AskWindow(title, new Rows());
        List<SettingSpec> rows = defaults.task().specs();
        this.more = rows.stream().filter(row -> !FIRST.contains(row.key())).toList();
        this.memory = new DialogMemory(
                "train",
                rows.stream().filter(row -> !FORGOTTEN.contains(row.key())).toList());
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
            start = new ModelPicker(STARTS, spec -> true, TrainDialog.this::changed, TrainDialog.this::tell);
            proposal = new ProposalPanel(TrainDialog.this::settings);
            source = new TrainingSource(TrainDialog.this::changed);
            Settings recalled = memory.recall(defaults);
            window.setContentPane(content(more.stream().anyMatch(row -> recalled.isGiven(row.key()))));
            start.recall(recalled.written(Keys.START_FROM));
            form.show(recalled.with(Keys.OUTPUT, freeFolder()));
        }

        @Override
        public void packed(JDialog dialog) {
            dialog.setMinimumSize(dialog.getSize());
        }

        @Override
        public void canceled() {
            close(Optional.empty());
        }
    }

    /** In the user's folder of models, where the dialog for segmenting lists it. */
    private static Path freeFolder() {
        Path folder = ModelCatalogue.userFolder().resolve("my-model");
        for (int i = 2; Files.exists(folder); i++) {
            folder = folder.resolveSibling("my-model-" + i);
        }
        return folder;
    }

    private JPanel content(boolean unfolded) {
        JPanel below = new JPanel();
        below.setLayout(new BoxLayout(below, BoxLayout.Y_AXIS));
        below.add(named("Start from", start));
        below.add(named("Result", form.panel(rows(List.of(Keys.OUTPUT, Keys.MINUTES, Keys.EPOCHS)))));
        JScrollPane folded = new JScrollPane(form.panel(more));
        folded.setPreferredSize(new Dimension(0, FOLDED_HEIGHT));
        folded.getVerticalScrollBar().setUnitIncrement(16);
        folded.setVisible(unfolded);
        JToggleButton fold = new JToggleButton("More ...", unfolded);
        fold.addActionListener(event -> {
            folded.setVisible(fold.isSelected());
            window.setMinimumSize(null);
            window.pack();
        });
        below.add(SegmentDialog.left(fold));
        below.add(SegmentDialog.left(folded));
        JPanel left = new JPanel(new BorderLayout());
        left.add(named("Images to learn from", source), BorderLayout.CENTER);
        left.add(below, BorderLayout.SOUTH);
        JPanel bottom = new JPanel(new BorderLayout(4, 4));
        bottom.add(status, BorderLayout.NORTH);
        bottom.add(buttons(), BorderLayout.SOUTH);
        JPanel content = new JPanel(new BorderLayout(8, 4));
        content.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
        content.add(left, BorderLayout.CENTER);
        content.add(named("What the training will do", proposal), BorderLayout.EAST);
        content.add(bottom, BorderLayout.SOUTH);
        return content;
    }

    private static JComponent named(String name, JPanel part) {
        part.setBorder(BorderFactory.createTitledBorder(name));
        return SegmentDialog.left(part);
    }

    private List<SettingSpec> rows(List<SettingKey<?>> keys) {
        return keys.stream().map(defaults.task()::spec).toList();
    }

    private JPanel buttons() {
        attempt.setToolTipText("Trains for one minute and shows what was learned. Nothing of it is kept.");
        attempt.addActionListener(event -> attempt());
        JButton reset = new JButton("Defaults");
        reset.addActionListener(event -> {
            form.show(defaults.with(Keys.OUTPUT, freeFolder()));
            start.recall(defaults.written(Keys.START_FROM));
        });
        JButton help = new JButton("Help");
        help.addActionListener(event ->
                new HTMLDialog(title, SettingsDialog.help(title, defaults.task().specs()), false));
        JButton cancel = new JButton("Cancel");
        cancel.addActionListener(event -> close(Optional.empty()));
        train.addActionListener(event -> accept());
        window.getRootPane().setDefaultButton(train);
        JPanel right = new JPanel(new FlowLayout(FlowLayout.RIGHT));
        List.of(help, reset, cancel, train).forEach(right::add);
        JPanel buttons = new JPanel(new BorderLayout());
        buttons.add(attempt, BorderLayout.WEST);
        buttons.add(right, BorderLayout.EAST);
        return buttons;
    }

    private Settings settings() {
        Settings settings = source.over(form.over(defaults));
        String from = start.model().orElseThrow();
        return from.equals(settings.written(Keys.START_FROM)) ? settings : settings.with(Keys.START_FROM, from);
    }

    private void accept() {
        try {
            Settings settings = settings();
            if (!settings.has(Keys.OUTPUT)) {
                throw new SettingException("Choose the folder of the new model.");
            }
            memory.keep(settings);
            close(Optional.of(settings));
        } catch (IllegalArgumentException e) {
            tell(Failures.message(e));
        }
    }

    private void attempt() {
        if (trial.isPresent()) {
            trial.get().stop();
            return;
        }
        try {
            Settings settings = settings();
            TrainTrial begun = new TrainTrial();
            trial = Optional.of(begun);
            attempt.setText("Stop the trial");
            train.setEnabled(false);
            tell("A trial goes on in a window of its own.");
            Background.start(() -> begun.run(settings), this::tried, this::tried);
        } catch (IllegalArgumentException e) {
            tell(Failures.message(e));
        }
    }

    private void tried(String told) {
        trial = Optional.empty();
        if (!window.isDisplayable()) {
            return;
        }
        attempt.setText(TRY);
        train.setEnabled(true);
        tell(told);
    }

    private void changed() {
        if (proposal != null) {
            proposal.outdated();
        }
    }

    private void tell(String line) {
        status.setText(SegmentDialog.wrapped(line));
        window.pack();
    }

    private void close(Optional<Settings> chosen) {
        trial.ifPresent(TrainTrial::stop);
        window.dispose();
        asking.answer(chosen);
    }
}
