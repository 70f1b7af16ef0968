package io.github.transfuse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An NVIDIA GPU, as its driver tells it.
 *
 * @param name such as NVIDIA H200
 * @param driver version of the driver
 * @param capability compute capability, such as 9.0
 */
record NvidiaGpu(String name, String driver, String capability) {
    /** The first that runs programs made with CUDA 13. */
    private static final int MIN_DRIVER = 580;

    /** The library has code from 7.5 (Turing) to 12.1 (Blackwell), in tenths. */
    private static final int MIN_CAPABILITY = 75;

    private static final int MAX_CAPABILITY = 129;

    private static final Pattern LINE =
            Pattern.compile("\\s*(.+?)\\s*,\\s*(\\d+)((?:\\.\\d+)*)\\s*,\\s*(\\d+)\\.(\\d)\\s*");

    /** What {@code nvidia-smi --query-gpu=name,driver_version,compute_cap --format=csv,noheader} prints. */
    static List<NvidiaGpu> parse(List<String> lines) {
        List<NvidiaGpu> gpus = new ArrayList<>();
        for (String line : lines) {
            Matcher found = LINE.matcher(line);
            if (found.matches()) {
                gpus.add(new NvidiaGpu(
                        found.group(1), found.group(2) + found.group(3), found.group(4) + "." + found.group(5)));
            }
        }
        return gpus;
    }

    /** Why PyTorch cannot use it, in words for the user; empty if it can. */
    Optional<String> obstacle() {
        int tenths = Integer.parseInt(capability.replace(".", ""));
        if (tenths < MIN_CAPABILITY) {
            return Optional.of(name + " is too old: it has compute capability " + capability
                    + ", and 7.5 is needed (GeForce RTX 20, Quadro RTX, T4 or newer).");
        }
        if (tenths > MAX_CAPABILITY) {
            return Optional.of(name + " is too new for this version of PyTorch: it has compute capability " + capability
                    + ", and at most 12 is known.");
        }
        int major = Integer.parseInt(driver.split("\\.", 2)[0]);
        return major < MIN_DRIVER
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "The NVIDIA driver is too old: it is %s, and %d or newer is needed. Install a newer driver.",
                        driver,
                        MIN_DRIVER))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name + ", driver " + driver + ", compute capability " + capability;
    }
}
