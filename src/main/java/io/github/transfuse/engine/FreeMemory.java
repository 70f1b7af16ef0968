package io.github.transfuse.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How much more memory this process may take: the least of what the computer has, what its job or container may take
 * (control groups of Linux, of both versions, each with those above it), and what {@code ulimit} leaves it. Whoever takes
 * more is killed without a word.
 *
 * @param root of the file system that describes the system; another one in tests
 * @param growth bytes that Java's heap may still take from the same memory
 */
public record FreeMemory(Path root, long growth) {
    private static final Path SELF = Path.of("proc", "self");
    private static final Path GROUPS = Path.of("sys", "fs", "cgroup");
    private static final long KILOBYTE = 1024;

    /** Version 1 writes a number near 2^63 where there is no limit. */
    private static final long MAX_LIMIT = 1L << 60;

    /** Of this process, now. */
    public static FreeMemory now() {
        Runtime java = Runtime.getRuntime();
        return new FreeMemory(Path.of("/"), java.maxMemory() - java.totalMemory());
    }

    /** Bytes; 0 if there is none left. */
    public long bytes() {
        return Math.max(
                0,
                Stream.of(computer(), group(), addresses())
                        .flatMapToLong(OptionalLong::stream)
                        .min()
                        .orElseGet(FreeMemory::fromJdk));
    }

    /** Linux counts caches as used, although they give way: the kernel's own estimate is the better one. */
    private OptionalLong computer() {
        return number(root.resolve("proc/meminfo"), "MemAvailable:\\s+(\\d+) kB", KILOBYTE);
    }

    private static long fromJdk() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getFreeMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    /** A container may see its own group at the root, whatever the name of its group is outside. */
    private OptionalLong group() {
        LongStream.Builder left = LongStream.builder();
        for (String line : text(root.resolve(SELF).resolve("cgroup")).lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                ofGroups(GROUPS, parts[2], Version.TWO).forEach(left::add);
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                ofGroups(GROUPS.resolve("memory"), parts[2], Version.ONE).forEach(left::add);
            }
        }
        OptionalLong least = left.build().min();
        return least.isPresent() ? OptionalLong.of(least.getAsLong() - growth) : least;
    }

    /** What the group and those above it leave. */
    private List<Long> ofGroups(Path mount, String name, Version version) {
        Path top = root.resolve(mount);
        Path group = top.resolve(name.replaceFirst("^/+", "")).normalize();
        return Stream.iterate(group, path -> path.startsWith(top), Path::getParent)
                .map(path -> version.left(path))
                .flatMap(left -> left.stream().boxed())
                .toList();
    }

    /** The files of the two versions. */
    private enum Version {
        ONE("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        TWO("memory.max", "memory.current", "inactive_file");

        private final String limit;
        private final String usage;
        private final String cache;

        Version(String limit, String usage, String cache) {
            this.limit = limit;
            this.usage = usage;
            this.cache = cache;
        }

        /** Files that were read count as used, and give way. */
        OptionalLong left(Path group) {
            OptionalLong most = number(group.resolve(limit), "(\\d+)", 1);
            OptionalLong used = number(group.resolve(usage), "(\\d+)", 1);
            if (most.isEmpty() || used.isEmpty() || most.getAsLong() > MAX_LIMIT) {
                return OptionalLong.empty();
            }
            long given = number(group.resolve("memory.stat"), "(?m)^" + cache + " (\\d+)$", 1)
                    .orElse(0);
            return OptionalLong.of(most.getAsLong() - used.getAsLong() + given);
        }
    }

    /** {@code ulimit -v}: the heap that Java may still take is counted already. */
    private OptionalLong addresses() {
        OptionalLong most = number(root.resolve(SELF).resolve("limits"), "Max address space\\s+(\\d+)", 1);
        OptionalLong used = number(root.resolve(SELF).resolve("status"), "VmSize:\\s+(\\d+) kB", KILOBYTE);
        return most.isPresent() && used.isPresent()
                ? OptionalLong.of(most.getAsLong() - used.getAsLong())
                : OptionalLong.empty();
    }

    private static OptionalLong number(Path file, String pattern, long unit) {
        Matcher matcher = Pattern.compile(pattern).matcher(text(file));
        try {
            return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1)) * unit) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Empty where there is none, as on other systems. */
    private static String text(Path file) {
        try {
            return Files.isReadable(file) && Files.isRegularFile(file)
                    ? Files.readString(file, StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }
}
