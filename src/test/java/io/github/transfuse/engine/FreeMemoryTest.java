package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On trees of files as Linux shows them to jobs and containers. */
class FreeMemoryTest {
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path root;

    @BeforeEach
    void aComputer() throws IOException {
        write("proc/meminfo", "MemTotal:  24576000 kB\nMemFree:  1000 kB\nMemAvailable:  20480000 kB\n");
        write("proc/self/cgroup", "0::/\n");
        write(
                "proc/self/limits",
                """
                Limit                     Soft Limit           Hard Limit           Units    \s
                Max address space         unlimited            unlimited            bytes    \s
                """);
        write("proc/self/status", "VmPeak:  9000000 kB\nVmSize:  4000000 kB\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void group(String folder, String most, long usedMegabytes, long cachedMegabytes) throws IOException {
        write(folder + "/memory.max", most + "\n");
        write(folder + "/memory.current", usedMegabytes * MEGABYTE + "\n");
        write(
                folder + "/memory.stat",
                "anon 5\nfile 7\nactive_file 3\ninactive_file " + cachedMegabytes * MEGABYTE + "\n");
    }

    private void groupOfVersion1(String folder, long most, long usedMegabytes) throws IOException {
        write(folder + "/memory.limit_in_bytes", most + "\n");
        write(folder + "/memory.usage_in_bytes", usedMegabytes * MEGABYTE + "\n");
        write(folder + "/memory.stat", "inactive_file 9999999999\ntotal_inactive_file " + 30 * MEGABYTE + "\n");
    }

    private long free() {
        return new FreeMemory(root, 0).bytes();
    }

    @Test
    void withoutLimitsItIsThatOfTheComputer() throws IOException {
        assertEquals(20_480_000 * 1024L, free());
        group("sys/fs/cgroup", "max", 100, 0);
        assertEquals(20_480_000 * 1024L, free(), "a group without a limit");
    }

    @Test
    void aContainerOfVersion2() throws IOException {
        group("sys/fs/cgroup", Long.toString(1200 * MEGABYTE), 500, 200);
        assertEquals(900 * MEGABYTE, free(), "the limit less use, without files that give way");
        assertEquals(600 * MEGABYTE, new FreeMemory(root, 300 * MEGABYTE).bytes(), "Java's heap may grow");
        assertEquals(0, new FreeMemory(root, 1000 * MEGABYTE).bytes(), "never less than nothing");
    }

    @Test
    void theLeastOfAllGroupsAbove() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/job_17/step_0\n");
        group("sys/fs/cgroup/system.slice", Long.toString(900 * MEGABYTE), 400, 0);
        group("sys/fs/cgroup/system.slice/job_17", "max", 400, 0);
        group("sys/fs/cgroup/system.slice/job_17/step_0", Long.toString(4000 * MEGABYTE), 100, 0);
        assertEquals(500 * MEGABYTE, free());
    }

    @Test
    void aJobOfVersion1() throws IOException {
        write("proc/self/cgroup", "12:cpu,cpuacct:/other\n7:memory:/slurm/uid_1/job_5\n1:name=systemd:/x\n");
        groupOfVersion1("sys/fs/cgroup/memory", 0x7ffffffffffff000L, 9000);
        groupOfVersion1("sys/fs/cgroup/memory/slurm/uid_1/job_5", 2000 * MEGABYTE, 530);
        assertEquals(1500 * MEGABYTE, free());
    }

    @Test
    void aContainerOfVersion1SeesItsGroupAtTheRoot() throws IOException {
        write("proc/self/cgroup", "7:memory:/docker/0123456789abcdef\n0::/docker/0123456789abcdef\n");
        groupOfVersion1("sys/fs/cgroup/memory", 1000 * MEGABYTE, 230);
        assertEquals(800 * MEGABYTE, free());
    }

    @Test
    void theComputerMayHaveLessThanTheJob() throws IOException {
        write("proc/meminfo", "MemAvailable:  1024 kB\n");
        group("sys/fs/cgroup", Long.toString(1200 * MEGABYTE), 500, 200);
        assertEquals(MEGABYTE, free());
    }

    @Test
    void addressesThatUlimitLeaves() throws IOException {
        write(
                "proc/self/limits",
                """
                Max data size             unlimited            unlimited            bytes    \s
                Max address space         4403200000           unlimited            bytes    \s
                """);
        assertEquals(4_403_200_000L - 4_000_000 * 1024L, free());
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws IOException {
        write("proc/self/cgroup", "0::/../../etc\nno colons\n7:memory:/\n");
        write("proc/meminfo", "MemAvailable:  99999999999999999999 kB\n");
        assertTrue(free() > 0, "what Java says");
    }

    @Test
    void thisProcess() {
        long free = FreeMemory.now().bytes();
        assertTrue(free > 0 && free < 1L << 50, () -> free + " bytes");
    }
}
