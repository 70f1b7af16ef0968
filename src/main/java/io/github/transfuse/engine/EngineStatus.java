package io.github.transfuse.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells in lines of text which PyTorch is here and what is missing, the same on the command line, in Fiji and in QuPath. */
public final class EngineStatus {
    private static final double MEGABYTE = 1e6;

    private EngineStatus() {}

    /**
     * The state now; loads nothing.
     *
     * @param gpu whether for NVIDIA GPUs instead of the processor alone
     */
    public static List<String> lines(boolean gpu) {
        return lines(EngineFiles.standard(gpu), gpu, CudaCheck::standard);
    }

    static List<String> lines(EngineFiles files, boolean gpu, Supplier<CudaCheck> check) {
        List<String> lines = new ArrayList<>();
        lines.add("PyTorch for " + (gpu ? "NVIDIA GPUs" : "the processor") + ", " + files.platform());
        Optional<String> unsupported = files.unsupported();
        if (unsupported.isPresent()) {
            lines.add(unsupported.get());
            return lines;
        }
        EngineFiles.named()
                .ifPresent(
                        folder -> lines.add("Used instead, as -D" + EngineStore.FOLDER_PROPERTY + " says: " + folder));
        if (files.comesWithProgram()) {
            lines.add("It comes with the program. Nothing need be fetched.");
        } else {
            jars(files, lines);
        }
        if (gpu) {
            CudaCheck found = check.get();
            found.gpus().forEach(line -> lines.add("GPU: " + line));
            found.obstacles().forEach(line -> lines.add("Not ready: " + line));
            if (found.obstacles().isEmpty()) {
                lines.add("Driver and NVIDIA's libraries: nothing is missing.");
            }
        }
        return lines;
    }

    private static void jars(EngineFiles files, List<String> lines) {
        long missing = 0;
        for (EngineFiles.Jar jar : files.jars()) {
            missing += jar.folder().isPresent() ? 0 : jar.bytes();
            lines.add(String.format(
                    Locale.ROOT,
                    "%7.1f MB  %s  %s",
                    jar.bytes() / MEGABYTE,
                    jar.name(),
                    jar.folder().map(Path::toString).orElse("missing")));
        }
        if (missing == 0) {
            lines.add("All of it is here.");
        } else {
            lines.add(String.format(
                    Locale.ROOT,
                    "Missing: %.0f MB. They are fetched into %s; without a network put the files there yourself.",
                    missing / MEGABYTE,
                    files.folder()));
        }
    }
}
