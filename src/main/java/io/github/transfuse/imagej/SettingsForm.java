package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.ValueSpec;
import java.awt.BorderLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** Fields for rows of the table of settings, with their names and explanations; to be used on AWT's thread. */
final class SettingsForm {
    private static final int COLUMNS = 10;
    private static final int TOOLTIP_WIDTH = 320;

    private final Map<String, JComponent> fields = new LinkedHashMap<>();
    private final Map<SettingKey<?>, String> names;
    private final Runnable changed;

    /**
     * A form without fields.
     *
     * @param names what fields are called, where the table's own word is too short
     * @param changed runs whenever a value changes
     */
    SettingsForm(Map<SettingKey<?>, String> names, Runnable changed) {
        this.names = Map.copyOf(names);
        this.changed = changed;
    }

    private String title(SettingSpec row) {
        return names.getOrDefault(row.key(), row.title());
    }

    /** A panel with a field for each row, in one column of names and one of fields. */
    JPanel panel(List<SettingSpec> rows) {
        JPanel panel = new JPanel(new GridBagLayout());
        GridBagConstraints at = new GridBagConstraints();
        at.insets = new Insets(1, 4, 1, 4);
        at.anchor = GridBagConstraints.WEST;
        for (SettingSpec row : rows) {
            at.gridy++;
            at.gridx = 0;
            at.weightx = 0;
            at.fill = GridBagConstraints.NONE;
            JComponent field = field(row);
            field.setName(row.name());
            field.setToolTipText(tooltip(row));
            field.getAccessibleContext().setAccessibleName(title(row));
            fields.put(row.name(), field);
            if (!(field instanceof JCheckBox)) {
                JLabel label = new JLabel(title(row));
                label.setLabelFor(field);
                label.setToolTipText(field.getToolTipText());
                panel.add(label, at);
                at.fill = GridBagConstraints.HORIZONTAL;
            }
            at.gridx = 1;
            at.weightx = 1;
            panel.add(isFolder(row) ? withBrowse((JTextField) field) : field, at);
        }
        return panel;
    }

    private static boolean isFolder(SettingSpec row) {
        return row.value().kind() == ValueSpec.Kind.OUTPUT_PATH || row.value().kind() == ValueSpec.Kind.INPUT_PATH;
    }

    private static JPanel withBrowse(JTextField text) {
        FolderDrop.into(text, IJ::showStatus);
        JButton browse = new JButton("Browse...");
        browse.addActionListener(event -> {
            JFileChooser chooser = new JFileChooser(text.getText());
            chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
            if (chooser.showOpenDialog(text) == JFileChooser.APPROVE_OPTION) {
                text.setText(chooser.getSelectedFile().toString());
            }
        });
        JPanel line = new JPanel(new BorderLayout(4, 0));
        line.add(text, BorderLayout.CENTER);
        line.add(browse, BorderLayout.EAST);
        return line;
    }

    static String tooltip(SettingSpec row) {
        return "<html><div style='width:" + TOOLTIP_WIDTH + "px'>" + row.help() + "<br><i>"
                + row.value().allowed() + "</i></div></html>";
    }

    private JComponent field(SettingSpec row) {
        return switch (row.value().kind()) {
            case FLAG -> {
                JCheckBox box = new JCheckBox(title(row));
                box.addItemListener(event -> changed.run());
                yield box;
            }
            case CHOICE -> {
                JComboBox<String> choice = new JComboBox<>(row.value().choices().toArray(String[]::new));
                choice.addItemListener(event -> changed.run());
                yield choice;
            }
            default -> {
                JTextField text = new JTextField(COLUMNS);
                text.getDocument().addDocumentListener(new Changes());
                yield text;
            }
        };
    }

    /** Shows the values of the settings. */
    void show(Settings settings) {
        Map<String, String> values = settings.all();
        fields.forEach((key, field) -> {
            String value = values.get(key);
            if (field instanceof JCheckBox box) {
                box.setSelected(Boolean.parseBoolean(value));
            } else if (field instanceof JComboBox<?> choice) {
                choice.setSelectedItem(value);
            } else {
                ((JTextField) field).setText(value);
            }
        });
    }

    /**
     * What the fields say now, as far as it differs from the defaults.
     *
     * @throws io.github.transfuse.settings.SettingException if a value is not allowed
     */
    Settings over(Settings defaults) {
        Map<String, String> usual = defaults.all();
        Map<String, String> said = new LinkedHashMap<>();
        fields.forEach((key, field) -> {
            String value = value(field);
            if (!value.equals(usual.get(key))) {
                said.put(key, value);
            }
        });
        return defaults.with(said);
    }

    private static String value(JComponent field) {
        if (field instanceof JCheckBox box) {
            return Boolean.toString(box.isSelected());
        }
        return field instanceof JComboBox<?> choice
                ? String.valueOf(choice.getSelectedItem())
                : ((JTextField) field).getText().strip();
    }

    /** Whether the box of a flag is checked. */
    boolean isChecked(SettingKey<?> flag) {
        return fields.get(flag.name()) instanceof JCheckBox box && box.isSelected();
    }

    private final class Changes implements DocumentListener {
        @Override
        public void insertUpdate(DocumentEvent event) {
            changed.run();
        }

        @Override
        public void removeUpdate(DocumentEvent event) {
            changed.run();
        }

        @Override
        public void changedUpdate(DocumentEvent event) {
            changed.run();
        }
    }
}
