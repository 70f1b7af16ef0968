package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.awt.Component;
import java.awt.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JComponent;
import javax.swing.JTextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsFormTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final SettingsForm form = new SettingsForm(Map.of(), changes::incrementAndGet);

    private static List<JComponent> named(Container parent) {
        List<JComponent> found = new ArrayList<>();
        for (Component child : parent.getComponents()) {
            if (child instanceof JComponent component && component.getName() != null) {
                found.add(component);
            }
            if (child instanceof Container container) {
                found.addAll(named(container));
            }
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void everyRowHasAFieldThatExplainsItselfAndKeepsItsDefault(Task task) {
        List<JComponent> fields = named(form.panel(task.specs())).stream()
                .filter(field ->
                        task.specs().stream().anyMatch(row -> row.name().equals(field.getName())))
                .toList();
        assertEquals(task.specs().size(), fields.size());
        for (JComponent field : fields) {
            assertTrue(field.getToolTipText().contains("<i>"), field.getName());
            assertEquals(false, field.getAccessibleContext().getAccessibleName().isBlank(), field.getName());
        }
        form.show(Settings.of(task));
        assertEquals(Map.of(), form.over(Settings.of(task)).given());
    }

    @Test
    void valuesComeBackAsTheyWereShown() {
        form.panel(Task.SEGMENT.specs());
        Settings shown = Settings.segmenting()
                .with(Map.of("model", "nuclei", "overlay", "true", "connectivity", "4", "tile_size", "128x96"));
        form.show(shown);
        assertTrue(changes.get() > 0, "a preview must hear of it");
        assertEquals(shown, form.over(Settings.segmenting()));
    }

    @Test
    void aValueThatIsNotAllowedIsRefusedInTheWordsOfTheTable() {
        JTextField threshold = (JTextField) named(form.panel(Task.SEGMENT.specs())).stream()
                .filter(field -> "threshold".equals(field.getName()))
                .findFirst()
                .orElseThrow();
        form.show(Settings.segmenting());
        threshold.setText("2");
        String message = assertThrows(SettingException.class, () -> form.over(Settings.segmenting()))
                .getMessage();
        assertTrue(message.contains("threshold"), message);
    }
}
