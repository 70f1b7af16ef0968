package io.github.transfuse.engine;

import java.util.Locale;

/** The names under which native libraries are published. */
final class Platform {
    private Platform() {}

    /** This computer's, such as linux-x86_64. */
    static String current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static String of(String system, String processor) {
        return system(system.toLowerCase(Locale.ROOT)) + "-" + processor(processor.toLowerCase(Locale.ROOT));
    }

    private static String system(String name) {
        if (name.startsWith("mac") || name.startsWith("darwin")) {
            return "macosx";
        }
        return name.startsWith("windows") ? "windows" : name.replace(' ', '_');
    }

    private static String processor(String name) {
        return switch (name) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "arm64";
            default -> name;
        };
    }

    /** Why nothing runs on a platform without natives, and what does. */
    static String unsupported(String platform) {
        String why =
                switch (platform) {
                    case "linux-arm64" -> " (Linux on an ARM processor)";
                    case "macosx-x86_64" ->
                        " (a Mac with an Intel processor, or a Java for one on an Apple processor:"
                                + " then install a Java for aarch64)";
                    case "windows-arm64" -> " (Windows on an ARM processor)";
                    default -> "";
                };
        return "There is no PyTorch for " + platform + why
                + ". TransFuse runs on linux-x86_64, windows-x86_64 and macosx-arm64.";
    }

    /** The file name of the library by which PyTorch's natives are recognised. */
    static String torchLibrary(String platform) {
        if (platform.startsWith("windows")) {
            return "jnitorch.dll";
        }
        return platform.startsWith("macosx") ? "libjnitorch.dylib" : "libjnitorch.so";
    }
}
