package io.github.transfuse.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The product keeps the rules of the house. That each rule can fail is shown by {@link HouseRulesTest}. */
class ArchitectureTest {
    private static final Path PRODUCT = Path.of("target", "classes", "io", "github", "transfuse");
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(PRODUCT);
    private static final HouseRules RULES = new HouseRules("io.github.transfuse");

    @Test
    void theProductIsSeen() {
        assertTrue(CLASSES.contain("io.github.transfuse.engine.Engine"), "no product classes below " + PRODUCT);
    }

    @ParameterizedTest
    @EnumSource
    void packagesUseOnlyWhatTheyMay(Room room) {
        RULES.usesOnlyWhatItMay(room).check(CLASSES);
    }

    @Test
    void everyPackageIsInTheTable() {
        check(RULES.everyPackageIsInTheTable());
    }

    @Test
    void packagesAreFreeOfCycles() {
        check(RULES.packagesAreFreeOfCycles());
    }

    @Test
    void onlyTorchUsesBytedeco() {
        check(RULES.onlyTorchUsesBytedeco());
    }

    @Test
    void onlyImageAndImagejUseIj() {
        check(RULES.onlyImageAndImagejUseIj());
    }

    @Test
    void onlyImagejUsesScijava() {
        check(RULES.onlyImagejUsesScijava());
    }

    @Test
    void onlyQupathUsesItsToolkit() {
        check(RULES.onlyQupathUsesItsToolkit());
    }

    @Test
    void onlySlidesHaveShapes() {
        check(RULES.onlySlidesHaveShapes());
    }

    @Test
    void onlyCliUsesPicocli() {
        check(RULES.onlyCliUsesPicocli());
    }

    @Test
    void onlySparkUsesItsCluster() {
        check(RULES.onlySparkUsesItsCluster());
    }

    @Test
    void onlyViewDrawsCharts() {
        check(RULES.onlyViewDrawsCharts());
    }

    @Test
    void onlyFilesWrites() {
        check(RULES.onlyFilesWrites());
    }

    @Test
    void engineUsesOnlyTheJdkAndModel() {
        check(RULES.engineUsesOnlyTheJdkAndModel());
    }

    @Test
    void hostsDoNotDriveTheEngine() {
        check(RULES.hostsDoNotDriveTheEngine());
    }

    @Test
    void plainImagejEntriesDoNotReachScijava() {
        check(RULES.plainImagejEntriesDoNotReachScijava());
    }

    @Test
    void onlyEdgesNameSettingsInText() {
        check(RULES.onlyEdgesNameSettingsInText());
    }

    @Test
    void onlyCliPrintsAndExits() {
        check(RULES.onlyCliPrintsAndExits());
    }

    @Test
    void onlyPrivateFieldsChange() {
        check(RULES.onlyPrivateFieldsChange());
    }

    @Test
    void limitsAreCalledMaxAndMin() {
        check(RULES.limitsAreCalledMaxAndMin());
    }

    @Test
    void noNameIsGivenTwice() {
        assertEquals(List.of(), RULES.namesGivenTwice(CLASSES));
    }

    @Test
    void onlyTheEngineLoaderNamesTorch() throws IOException {
        List<String> others = NamesInCode.of(PRODUCT, "io.github.transfuse.torch").stream()
                .filter(file -> !file.startsWith("torch/"))
                .toList();
        assertEquals(List.of("engine/EngineLoader.class"), others);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Path sources = Path.of("src", "main", "java", "io", "github", "transfuse");
        assertEquals(List.of(), packagesWithoutInfo(sources));
        assertFalse(
                packagesWithoutInfo(Path.of("src", "test", "java", "io", "github", "transfuse", "archfixtures"))
                        .isEmpty(),
                "the check sees packages without package-info.java");
    }

    private static List<String> packagesWithoutInfo(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
