package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.transfuse.SettingSpec;
import io.github.transfuse.Task;
import io.github.transfuse.ValueSpec.Kind;
import java.io.File;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.ItemIO;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;

/** The fields of SciJava commands are written by hand, because macros name them: they must be those of the table. */
class SettingsConformanceTest {
    private Context context;

    @BeforeEach
    void start() {
        context = new Context(CommandService.class);
    }

    @AfterEach
    void stop() {
        context.dispose();
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(SegmentCommand.class, Task.SEGMENT, List.of("input")),
                Arguments.of(TrainCommand.class, Task.TRAIN, List.of()),
                Arguments.of(EvaluateCommand.class, Task.EVALUATE, List.of()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fieldsAreTheRowsOfTheTable(Class<?> command, Task task, List<String> images) {
        List<String> keys = new ArrayList<>(images);
        task.specs().stream()
                .map(SettingSpec::key)
                .filter(key -> !keys.contains(key))
                .forEach(keys::add);
        List<String> fields = Arrays.stream(command.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Parameter.class))
                .filter(field -> field.getAnnotation(Parameter.class).type() == ItemIO.INPUT)
                .map(Field::getName)
                .toList();
        assertEquals(keys, fields);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void inputsSayWhatTheTableSays(Class<? extends TransFuseCommand> type, Task task, List<String> images)
            throws ReflectiveOperationException {
        TransFuseCommand command = type.getConstructor().newInstance();
        context.inject(command);
        command.initialize();
        for (SettingSpec row : command.rows()) {
            ModuleItem<?> item = command.getInfo().getInput(row.key());
            assertEquals(fieldType(row.value().kind()), item.getType(), row.key());
            assertEquals(row.title(), item.getLabel());
            assertEquals(row.help(), item.getDescription());
            assertFalse(item.isRequired(), row.key());
            assertFalse(item.isPersisted(), row.key());
            Object value = item.getValue(command);
            assertEquals(row.defaultValue(), value == null ? "" : value.toString(), row.key());
            if (row.value().kind() == Kind.CHOICE) {
                assertEquals(row.value().choices(), item.getChoices());
            }
        }
    }

    private static Class<?> fieldType(Kind kind) {
        return switch (kind) {
            case FLAG -> boolean.class;
            case INPUT_PATH, OUTPUT_PATH -> File.class;
            default -> String.class;
        };
    }
}
