import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Links a small Java for the command line of one platform: only the modules that our jars use. The JDK that builds gives
 * the Java of its own platform; for another one its modules (the folder jmods of a JDK of the same version) are given.
 *
 * <p>Started as {@code java JavaInside.java PLATFORM JMODS OUTPUT}, where JMODS may be empty. Without modules for the
 * platform nothing is written, and one line says so. Given modules that do not fit end it with exit code 1.
 */
final class JavaInside {
    /**
     * What jdeps finds in our jars and those of libraries, and what is asked for by name only: elliptic curves of https,
     * encodings of terminals. JavaInsidePackagedIT compares.
     */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.compiler",
            "java.desktop",
            "java.logging",
            "java.management",
            "java.prefs",
            "java.rmi",
            "java.scripting",
            "java.sql",
            "jdk.charsets",
            "jdk.crypto.ec",
            "jdk.management",
            "jdk.unsupported");

    /** Platforms of JavaCPP, and what the modules of a JDK call them. */
    private static final Map<String, String> PLATFORMS = Map.of(
            "linux-x86_64", "linux-amd64",
            "windows-x86_64", "windows-amd64",
            "macosx-arm64", "macos-aarch64");

    private JavaInside() {}

    public static void main(String[] args) throws IOException {
        String platform = args[0];
        String jmods = args[1].strip();
        Path output = Path.of(args[2]);
        delete(output);
        if (jmods.isEmpty()) {
            linkOwn(platform, output);
        } else {
            linkGiven(platform, folder(Path.of(jmods)), output);
        }
    }

    private static void linkOwn(String platform, Path output) throws IOException {
        if (!PLATFORMS.get(platform).equals(own())) {
            System.out.println(platform + ": without Java. -Djmods." + platform + "=FOLDER names the jmods of a JDK "
                    + Runtime.version().feature() + " for it.");
            return;
        }
        Path modules = Path.of(System.getProperty("java.home"), "jmods");
        String refused = link(Files.isDirectory(modules) ? List.of("--module-path", modules.toString()) : List.of(), output);
        if (!refused.isEmpty()) {
            delete(output);
            System.out.println(platform + ": without Java. The JDK that builds cannot link one: " + refused);
        }
    }

    private static void linkGiven(String platform, Path modules, Path output) throws IOException {
        Path base = modules.resolve("java.base.jmod");
        if (!Files.isRegularFile(base)) {
            fail("-Djmods." + platform + "=" + modules + ": no java.base.jmod in it");
        }
        String target = tool("jmod", List.of("describe", base.toString()))
                .lines()
                .filter(line -> line.startsWith("platform "))
                .findFirst()
                .orElse("platform unknown")
                .substring("platform ".length());
        if (!target.equals(PLATFORMS.get(platform))) {
            fail("-Djmods." + platform + "=" + modules + ": modules for " + target);
        }
        String refused = link(List.of("--module-path", modules.toString()), output);
        if (!refused.isEmpty()) {
            fail("-Djmods." + platform + "=" + modules + ": " + refused);
        }
    }

    /** A JDK may be named as well as the folder in it. */
    private static Path folder(Path given) {
        return Files.isDirectory(given.resolve("jmods")) ? given.resolve("jmods") : given;
    }

    /** The platform of the JDK that builds, as modules name it. */
    private static String own() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String family = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : system;
        return family + "-" + (arch.equals("x86_64") ? "amd64" : arch);
    }

    /** Returns what jlink says when it refuses, or nothing. */
    private static String link(List<String> modulePath, Path output) throws IOException {
        List<String> words = new ArrayList<>(modulePath);
        words.addAll(List.of("--add-modules", String.join(",", MODULES), "--output", output.toString()));
        words.addAll(List.of("--strip-java-debug-attributes", "--no-header-files", "--no-man-pages"));
        // zip-6 is the same, and a warning for the old number is the one thing that newer ones print
        words.add(Runtime.version().feature() < 21 ? "--compress=2" : "--compress=zip-6");
        Files.createDirectories(output.toAbsolutePath().getParent());
        try {
            tool("jlink", words);
            for (String program : List.of("jrunscript", "keytool", "rmiregistry")) {
                Files.deleteIfExists(output.resolve("bin").resolve(program));
                Files.deleteIfExists(output.resolve("bin").resolve(program + ".exe"));
            }
            return "";
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    private static String tool(String name, List<String> words) {
        ToolProvider tool = ToolProvider.findFirst(name)
                .orElseThrow(() -> new IllegalStateException("this Java has no " + name + "; a JDK has"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = tool.run(stream, stream, words.toArray(String[]::new));
        String text = said.toString(StandardCharsets.UTF_8).strip();
        if (code != 0) {
            throw new IllegalStateException(text.lines().findFirst().orElse(name + " failed with " + code));
        }
        return text;
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(JavaInside::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
