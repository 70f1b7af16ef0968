package io.github.transfuse.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule is seen red on the deliberately bad classes of {@code archfixtures}: a rule that cannot fail checks nothing. */
class HouseRulesTest {
    private static final String BASE = "io.github.transfuse.archfixtures";
    private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(BASE);
    private static final HouseRules RULES = new HouseRules(BASE);

    @ParameterizedTest
    @EnumSource
    void everyRowOfTheTableFailsOnItsOffender(Room room) {
        String offender = (BASE + "." + room.path() + ".Offender").replace("..", ".");
        assertRed(RULES.usesOnlyWhatItMay(room), "<" + offender + ".forbidden>");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("rulesAndOffenders")
    void everyRuleFailsOnItsOffender(ArchRule rule, String offender) {
        assertRed(rule, BASE + "." + offender);
    }

    static Stream<Arguments> rulesAndOffenders() {
        return Stream.of(
                Arguments.of(RULES.everyPackageIsInTheTable(), "elsewhere.Offender"),
                Arguments.of(RULES.packagesAreFreeOfCycles(), "weights.Offender"),
                Arguments.of(RULES.onlyTorchUsesBytedeco(), "tiling.Offender.pointer"),
                Arguments.of(RULES.onlyImageAndImagejUseIj(), "labels.Offender.open"),
                Arguments.of(RULES.onlyImagejUsesScijava(), "qupath.Offender.context"),
                Arguments.of(RULES.onlyQupathUsesItsToolkit(), "view.Offender.node"),
                Arguments.of(RULES.onlyQupathUsesItsToolkit(), "slide.Offender.node"),
                Arguments.of(RULES.onlySlidesHaveShapes(), "progress.Offender.shape"),
                Arguments.of(RULES.onlyCliUsesPicocli(), "image.Offender.command"),
                Arguments.of(RULES.onlySparkUsesItsCluster(), "export.Offender.spark"),
                Arguments.of(RULES.onlyViewDrawsCharts(), "model.Offender.plot"),
                Arguments.of(RULES.engineUsesOnlyTheJdkAndModel(), "engine.Offender.json"),
                Arguments.of(RULES.onlyFilesWrites(), "settings.Offender.write"),
                Arguments.of(RULES.onlyFilesWrites(), "settings.Offender.stream"),
                Arguments.of(RULES.onlyFilesWrites(), "settings.Offender.copy"),
                Arguments.of(RULES.onlyFilesWrites(), "settings.Offender.move"),
                Arguments.of(RULES.onlyFilesWrites(), "settings.Offender.link"),
                Arguments.of(RULES.hostsDoNotDriveTheEngine(), "cli.DrivesEngine"),
                Arguments.of(RULES.plainImagejEntriesDoNotReachScijava(), "imagej.PlainEntry"),
                Arguments.of(RULES.onlyEdgesNameSettingsInText(), "view.NamesInText"),
                Arguments.of(RULES.onlyCliPrintsAndExits(), "metrics.Offender.print"),
                Arguments.of(RULES.limitsAreCalledMaxAndMin(), "Offender.MOST_PARTS"),
                Arguments.of(RULES.onlyPrivateFieldsChange(), "Offender.count"));
    }

    @Test
    void namesGivenTwiceAreSeen() {
        assertEquals(List.of("Offender"), RULES.namesGivenTwice(OFFENDERS));
    }

    @Test
    void namesInStringsAreSeen() throws IOException {
        Path here = Path.of("target", "test-classes", "io", "github", "transfuse", "architecture");
        assertEquals(List.of("HouseRulesTest.class"), NamesInCode.of(here, "io.github.transfuse.nosuchpackage"));
    }

    private static void assertRed(ArchRule rule, String culprit) {
        String report =
                String.join("\n", rule.evaluate(OFFENDERS).getFailureReport().getDetails());
        assertTrue(report.contains(culprit), () -> rule.getDescription() + " did not name " + culprit + ":\n" + report);
    }
}
