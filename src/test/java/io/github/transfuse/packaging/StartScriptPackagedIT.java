package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script for Linux and macOS works wherever it is unpacked and however it is reached. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class StartScriptPackagedIT {
    private static final Path PACKAGED = Path.of("target", "transfuse").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Path script;

    @BeforeAll
    static void unpackIntoAnOddFolder() throws IOException {
        Path home = folder.resolve("Über uns, ä b").resolve("transfuse (1)");
        Started.copy(PACKAGED, home);
        script = home.resolve("bin/transfuse");
    }

    private static Started run(Map<String, String> variables, String... arguments) throws Exception {
        return Started.in(folder, variables, script, arguments);
    }

    @Test
    void startsFromAnyFolder() throws Exception {
        run(Map.of(), "--help").ended(0).saying("segment");
    }

    @Test
    void startsThroughRelativeAndAbsoluteLinks() throws Exception {
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), script);
        Path relative = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("links")).resolve("relative"), Path.of("..", "absolute"));
        Started.in(folder, Map.of(), absolute, "--help").ended(0);
        Started.in(folder, Map.of(), relative, "--help").ended(0);
    }

    @Test
    void passesOptionsToJava() throws Exception {
        Map<String, String> options =
                Map.of("JAVA_OPTS", "-XshowSettings:properties -Dtest.one=1", "TRANSFUSE_OPTS", "-Dtest.two=*");
        run(options, "--help").ended(0).saying("test.one = 1").saying("test.two = *");
    }

    @Test
    void readsFileNamesAsUtf8InTheCLocale() throws Exception {
        run(Map.of("LC_ALL", "C", "JAVA_OPTS", "-XshowSettings:properties"), "--help")
                .saying("sun.jnu.encoding = UTF-8");
    }

    @Test
    void handsOnTheExitCodeOfBadUsage() throws Exception {
        run(Map.of(), "no-such-command").ended(2);
    }

    @Test
    void saysWhatToDoWithoutJava() throws Exception {
        run(Map.of("JAVA_HOME", "/no/such/java"), "--help").ended(2).saying("Java 17 or newer");
    }

    @Test
    void tellsThatAJavaIsTooOld() throws Exception {
        Path eight = java("eight", "exit 7");
        Files.writeString(eight.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\nOS_NAME=\"Linux\"\n");
        run(Map.of("JAVA_HOME", eight.toString()), "--help").ended(2).saying("is Java 8, and 17 or newer is needed");
    }

    @Test
    void asksAJavaThatHasNoFileOfItsVersion() throws Exception {
        Path eleven = java("eleven", "echo 'openjdk version \"11.0.2\" 2019-01-15'");
        run(Map.of("JAVA_HOME", eleven.toString()), "--help").ended(2).saying("is Java 11, and 17");
        Path early = java("early", "echo 'openjdk version \"26-ea\" 2026-03-17'; echo \"given: $1\"");
        run(Map.of("JAVA_HOME", early.toString()), "--help").ended(0).saying("given: --sun-misc-unsafe-memory-access");
    }

    /** A folder that looks like a Java. */
    private static Path java(String name, String program) throws IOException {
        Path home = folder.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + program + "\n");
        java.toFile().setExecutable(true);
        return home;
    }

    @Test
    void doesNotWarnAboutNativeAccess() throws Exception {
        Started devices = run(Map.of(), "devices").ended(0);
        assertFalse(devices.output().contains("--enable-native-access"), devices.output());
    }
}
