package io.github.transfuse.imagej;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.List;
import java.util.Map;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTabbedPane;

/** Where the images to learn from are, open or in folders, and what the values of their masks mean. */
final class TrainingSource extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final List<SettingKey<?>> FOLDERS = List.of(Keys.IMAGES, Keys.MASKS);
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(TruthFacts.OBJECTS, "Objects: every number is one object"),
            new Meaning(TruthFacts.CLASSES, "Classes: every number is one kind of thing"),
            new Meaning("binary", "Foreground: all that is not background"),
            new Meaning(TruthFacts.UNKNOWN, "To be found out from the masks"));

    private final transient SettingsForm folders;
    private final OpenImagesPanel open;
    private final JTabbedPane tabs = new JTabbedPane();
    private final JComboBox<Meaning> meaning = new JComboBox<>(MEANINGS.toArray(Meaning[]::new));
    private final transient Runnable changed;
    /** What the program chose; a user's choice stays. */
    private Meaning proposed;

    /** A value of {@code mask_type} in words. */
    private record Meaning(String value, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Shows the open images, or the folders if none is open that can be learned from.
     *
     * @param changed runs when something else is chosen or typed
     */
    TrainingSource(Runnable changed) {
        super(new BorderLayout(4, 4));
        this.changed = changed;
        this.folders = new SettingsForm(
                Map.of(Keys.IMAGES, "Folder of images", Keys.MASKS, "Folder of masks or label images"), changed);
        this.proposed = MEANINGS.get(MEANINGS.size() - 1);
        meaning.setSelectedItem(proposed);
        meaning.setName("mask_type");
        meaning.getAccessibleContext().setAccessibleName("What masks show");
        meaning.setToolTipText(SettingsForm.tooltip(Task.TRAIN.spec(Keys.MASK_TYPE)));
        meaning.addActionListener(event -> changed.run());
        this.open = new OpenImagesPanel(this::openChanged);
        JPanel named = new JPanel(new BorderLayout());
        named.add(folders.panel(FOLDERS.stream().map(Task.TRAIN::spec).toList()), BorderLayout.NORTH);
        tabs.addTab("Open images", open);
        tabs.addTab("Folders", named);
        tabs.setSelectedIndex(open.isEmpty() && OpenTruth.images().isEmpty() ? 1 : 0);
        tabs.addChangeListener(event -> openChanged());
        add(tabs, BorderLayout.CENTER);
        JPanel line = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 0));
        line.add(new JLabel("Masks show"));
        line.add(meaning);
        add(line, BorderLayout.SOUTH);
        openChanged();
    }

    private boolean areOpen() {
        return tabs.getSelectedIndex() == 0;
    }

    /** A label image means objects, unless it or the user says otherwise. */
    private void openChanged() {
        if (open == null) {
            return;
        }
        String value = areOpen() ? open.meaning() : TruthFacts.UNKNOWN;
        if (meaning.getSelectedItem() == proposed) {
            proposed = MEANINGS.stream()
                    .filter(known -> known.value().equals(value))
                    .findFirst()
                    .orElseThrow();
            meaning.setSelectedItem(proposed);
        }
        changed.run();
    }

    /**
     * The settings with the images, their masks and what these mean.
     *
     * @throws SettingException if images or masks are not chosen
     */
    Settings over(Settings settings) {
        Settings chosen = areOpen() ? open.over(settings) : folders.over(settings);
        if (!chosen.has(Keys.IMAGES) || !chosen.has(Keys.MASKS)) {
            throw new SettingException("Choose the folder of images and the folder of masks.");
        }
        String type = ((Meaning) meaning.getSelectedItem()).value();
        return type.equals(chosen.written(Keys.MASK_TYPE)) ? chosen : chosen.with(Keys.MASK_TYPE, type);
    }
}
