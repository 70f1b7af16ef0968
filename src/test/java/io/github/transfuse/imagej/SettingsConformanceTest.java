package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Task;
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
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;

/** The fields of SciJava commands are written by hand, because scripts name them: they must be those of the table. */
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
                Arguments.of(EvaluateCommand.class, Task.EVALUATE, List.of()),
                Arguments.of(MeasureLabelsCommand.class, Task.MEASURE, List.of("input")),
                Arguments.of(LabelsToRoisCommand.class, Task.OUTLINE, List.of("input")),
                Arguments.of(RoisToLabelsCommand.class, Task.DRAW, List.of("input")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fieldsAreTheRowsOfTheTable(Class<?> command, Task task, List<String> images) {
        List<String> keys = new ArrayList<>(images);
        task.specs().stream()
                .map(SettingSpec::name)
                .filter(key -> !keys.contains(key))
                .forEach(keys::add);
        List<String> fields = Arrays.stream(command.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Parameter.class))
                .filter(field -> field.getAnnotation(Parameter.class).type() == ItemIO.INPUT)
                .map(Field::getName)
                .toList();
        assertEquals(keys, fields);
    }

    /** SciJava converts to other types than Object, and makes 0 or false of what it cannot convert. */
    @ParameterizedTest
    @MethodSource("commands")
    void inputsTakeAnythingAndRememberNothing(Class<? extends TransFuseCommand> type, Task task, List<String> images) {
        CommandInfo info = context.service(CommandService.class).getCommand(type);
        for (SettingSpec row : task.specs()) {
            ModuleItem<?> item = info.getInput(row.name());
            assertEquals(Object.class, item.getType(), row.name());
            assertFalse(item.isRequired(), row.name());
            assertFalse(item.isPersisted(), row.name());
        }
    }
}
