package io.github.transfuse.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of the house below one base package. They take the base as a value, so that the same rules judge the product
 * and the deliberately bad classes of {@code archfixtures}.
 *
 * @param base the package that stands for {@code io.github.transfuse}
 */
record HouseRules(String base) {

    private static final String[] HOSTS = {"imagej", "qupath", "cli"};

    /** What starts or drives the native side, as opposed to the engine's records, exceptions and listeners. */
    private static final String DRIVERS = ".*\\.engine\\.(Engine|EngineLoader|Network|TrainingRun)(\\$.*)?";

    private static final List<String> NAMED_IN_TEXT = List.of(".settings.Settings", ".TransFuse");

    /** Where people name settings in text: command line, macros, scripts and dialogs. */
    private static final String EDGES =
            ".*\\.(Settings|SettingOptions|TransFuseCommand|SettingsDialog|LabelsDialog|SettingsForm|DialogMemory|TrainingAssistant"
                    + "|TransFuse|TransFuseBuilder|TransFuseTrainer|TrainingSetExport|SettingRows)";

    /** Calls that write or move files; of some, only those that take a file. */
    private static final List<String> WRITING = List.of(
            "java\\.nio\\.file\\.Files\\.(write.*|newOutputStream|newBufferedWriter|newByteChannel)",
            "java\\.nio\\.file\\.Files\\.(move|create.*Link)\\(Path\\)",
            "java\\.nio\\.file\\.Files\\.copy\\(Path\\)", // into a stream it only reads
            "java\\.io\\.(FileOutputStream|FileWriter)\\.<init>.*",
            "java\\.io\\.Print(Stream|Writer)\\.<init>\\(File\\)",
            "javax\\.imageio\\.ImageIO\\.(write.*|setUseCache)",
            "ij\\.io\\.FileSaver\\.saveAs.*",
            "ij\\.IJ\\.save.*");

    /** Each package uses only the packages that the table lists for it. */
    ArchRule usesOnlyWhatItMay(Room room) {
        String[] allowed = Stream.concat(
                        Stream.of(insideOf(room)), room.mayUse().stream().map(this::insideOf))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(insideOf(room))
                .should()
                .dependOnClassesThat(resideInAPackage(base + "..")
                        .and(not(resideInAnyPackage(allowed)))
                        .as("live outside %s", room.mayUse()))
                .as("'" + room.path() + "' uses only " + room.mayUse())
                .allowEmptyShould(true);
    }

    ArchRule everyPackageIsInTheTable() {
        String[] known = Stream.of(Room.values()).map(this::insideOf).toArray(String[]::new);
        return classes().should().resideInAnyPackage(known).allowEmptyShould(true);
    }

    ArchRule packagesAreFreeOfCycles() {
        return slices().matching(base + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule onlyTorchUsesBytedeco() {
        return onlyIn(List.of("torch"), "org.bytedeco..");
    }

    ArchRule onlyImageAndImagejUseIj() {
        return onlyIn(List.of("imagej", "image"), "ij..");
    }

    ArchRule onlyImagejUsesScijava() {
        return onlyIn(List.of("imagej"), "org.scijava..");
    }

    ArchRule onlyQupathUsesItsToolkit() {
        return onlyIn(List.of("qupath"), "qupath..", "javafx..", "org.controlsfx..");
    }

    ArchRule onlySlidesHaveShapes() {
        return onlyIn(List.of("qupath", "slide"), "org.locationtech..");
    }

    ArchRule onlyCliUsesPicocli() {
        return onlyIn(List.of("cli"), "picocli..", "me.tongfei..", "org.jline..");
    }

    ArchRule onlySparkUsesItsCluster() {
        return onlyIn(List.of("spark"), "org.apache.spark..", "org.apache.hadoop..", "scala..");
    }

    ArchRule onlyViewDrawsCharts() {
        return onlyIn(List.of("view"), "org.jfree..");
    }

    /**
     * Whatever appears on the disk appears whole: nobody else writes or moves files. The one exception writes to a switch
     * of Linux.
     */
    ArchRule onlyFilesWrites() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(packages("files"))
                .and()
                .doNotHaveSimpleName("PeakMemory")
                .should()
                .callCodeUnitWhere(new DescribedPredicate<>("it writes or moves a file") {
                    @Override
                    public boolean test(JavaCall<?> call) {
                        return writes(call.getTarget());
                    }
                })
                .allowEmptyShould(true);
    }

    private static boolean writes(AccessTarget.CodeUnitCallTarget target) {
        boolean toFile = target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(File.class));
        boolean toPath =
                target.getRawParameterTypes().stream().skip(1).anyMatch(type -> type.isEquivalentTo(Path.class));
        String called =
                target.getOwner().getName() + "." + target.getName() + (toFile ? "(File)" : toPath ? "(Path)" : "");
        return WRITING.stream().anyMatch(called::matches);
    }

    /** JDK types, and the writer of files, only cross the class loader of the native side. */
    ArchRule engineUsesOnlyTheJdkAndModel() {
        return classes()
                .that()
                .resideInAPackage(base + ".engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.sun.management..",
                        base + ".engine..",
                        base + ".model..",
                        base + ".network..",
                        base + ".files..")
                .allowEmptyShould(true);
    }

    /** A host sees the engine's value types; it starts nothing there itself. */
    ArchRule hostsDoNotDriveTheEngine() {
        return noClasses()
                .that()
                .resideInAnyPackage(Stream.of(HOSTS).map(this::packages).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(DRIVERS)
                .allowEmptyShould(true);
    }

    /** SciJava is absent in plain ImageJ, so whatever plain ImageJ starts must not reach it. */
    ArchRule plainImagejEntriesDoNotReachScijava() {
        return noClasses()
                .that()
                .implement("ij.plugin.PlugIn")
                .or()
                .haveSimpleName("MacroApi")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAPackage("org.scijava..")
                .allowEmptyShould(true);
    }

    /** Elsewhere the compiler checks keys and the types of their values. */
    ArchRule onlyEdgesNameSettingsInText() {
        DescribedPredicate<JavaCall<?>> inText = DescribedPredicate.describe(
                "with(\"key\", value)",
                call -> NAMED_IN_TEXT.stream()
                                .anyMatch(
                                        owner -> call.getTargetOwner().getName().equals(base + owner))
                        && call.getTarget().getName().equals("with")
                        && call.getTarget().getRawParameterTypes().get(0).isEquivalentTo(String.class));
        return noClasses()
                .that()
                .haveNameNotMatching(EDGES)
                .should()
                .callMethodWhere(inText)
                .allowEmptyShould(true);
    }

    ArchRule onlyCliPrintsAndExits() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(packages("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .allowEmptyShould(true);
    }

    /** State is private; only fields that a framework fills from the user's input are not. */
    ArchRule onlyPrivateFieldsChange() {
        return fields().that()
                .areNotPrivate()
                .and()
                .areNotAnnotatedWith("org.scijava.plugin.Parameter")
                .and()
                .areNotAnnotatedWith("picocli.CommandLine$Option")
                .and()
                .areNotAnnotatedWith("picocli.CommandLine$Parameters")
                .and()
                .areNotAnnotatedWith("picocli.CommandLine$Mixin")
                .should()
                .beFinal()
                .allowEmptyShould(true);
    }

    /** One word for a limit, as in the JDK. */
    ArchRule limitsAreCalledMaxAndMin() {
        return noFields()
                .should()
                .haveNameMatching("(MOST|FEWEST|LARGEST|SMALLEST|LONGEST|SHORTEST|HIGHEST|LOWEST)(_.*)?")
                .allowEmptyShould(true);
    }

    /** Classes of the same name, but for the commands and dialogs that each host has of its own. */
    List<String> namesGivenTwice(JavaClasses classes) {
        PackageMatcher[] hosts =
                Stream.of(HOSTS).map(this::packages).map(PackageMatcher::of).toArray(PackageMatcher[]::new);
        Map<String, Long> counts = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .filter(type -> Stream.of(hosts).noneMatch(host -> host.matches(type.getPackageName())))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new, Collectors.counting()));
        return counts.keySet().stream().filter(name -> counts.get(name) > 1).toList();
    }

    private ArchRule onlyIn(List<String> rooms, String... libraries) {
        String[] owners = rooms.stream().map(this::packages).toArray(String[]::new);
        return noClasses()
                .that(not(resideInAnyPackage(owners)).<JavaClass>forSubtype().as("live outside " + rooms))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .allowEmptyShould(true);
    }

    private String packages(String path) {
        return base + "." + path + "..";
    }

    private String insideOf(Room room) {
        return room.hasSubPackagesOfItsOwn()
                ? packages(room.path())
                : (base + "." + room.path()).replaceAll("\\.$", "");
    }
}
