package io.github.transfuse.torch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.global.torch;

/**
 * What is known of this computer's processor.
 *
 * @param name for people
 * @param nativeBf16 whether it may multiply bf16 numbers in hardware: by its instruction sets, or, where the system does
 *     not tell them, because nothing speaks against it; whether that is fast is for a trial to say
 */
record Processor(String name, boolean nativeBf16) {

    private static final Path LINUX_FILE = Path.of("/proc/cpuinfo");

    /** Names of instruction sets in /proc/cpuinfo, of Intel and AMD and of ARM. */
    private static final Set<String> BF16 = Set.of("amx_bf16", "avx512_bf16", "bf16");

    /** Names of the architecture of PCs. */
    private static final Set<String> X86 = Set.of("amd64", "x86_64");

    /** Asks the operating system. */
    static Processor detect() {
        try {
            if (Files.isReadable(LINUX_FILE)) {
                return ofCpuinfo(Files.readAllLines(LINUX_FILE, StandardCharsets.UTF_8));
            } else if (System.getProperty("os.name", "").startsWith("Mac")) {
                return new Processor(
                        sysctl("machdep.cpu.brand_string"),
                        sysctl("hw.optional.arm.FEAT_BF16").equals("1"));
            }
        } catch (IOException e) {
            return unknown();
        }
        return unknown();
    }

    /** Reads the lines of Linux's /proc/cpuinfo. */
    static Processor ofCpuinfo(List<String> lines) {
        String name = lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(Processor::value)
                .findFirst()
                .orElse("processor");
        boolean bf16 = lines.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .limit(1)
                .flatMap(line -> List.of(value(line).split("\\s+")).stream())
                .anyMatch(BF16::contains);
        return new Processor(name, bf16);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).trim();
    }

    /** What is left where there is nothing to read, as on Windows. */
    static Processor unknown() {
        String name = System.getenv("PROCESSOR_IDENTIFIER");
        String arch = System.getProperty("os.arch", "processor");
        return new Processor(name == null ? arch : name, mayHaveBf16(arch, libtorchs()));
    }

    /**
     * Whether nothing speaks against bf16 in hardware.
     *
     * @param arch as Java names it
     * @param capability as libtorch names the largest instruction set that it uses; processors of PCs with bf16 have
     *     AVX-512 too
     */
    static boolean mayHaveBf16(String arch, String capability) {
        return !X86.contains(arch) || capability.startsWith("AVX512");
    }

    private static String libtorchs() {
        try (BytePointer capability = torch.get_cpu_capability()) {
            return capability.getString();
        }
    }

    private static String sysctl(String key) throws IOException {
        Process process = new ProcessBuilder("sysctl", "-n", key).start();
        try {
            boolean done = process.waitFor(5, TimeUnit.SECONDS);
            return done ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            process.destroy();
        }
    }
}
