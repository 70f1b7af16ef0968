package io.github.transfuse.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads mutated files, and notes what a reader does with them that it must not. */
final class FuzzRun {
    /** Of the processor, so that a busy machine is no fault. */
    private static final double MAX_SECONDS = 2;

    private static final long MAX_BYTES = 256L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Target target;
    private final Path folder;
    private long refused;
    private double slowest;
    private long largest;

    FuzzRun(Target target, Path folder) {
        this.target = target;
        this.folder = folder;
    }

    /**
     * A file that is not read as it should be.
     *
     * @param number by which it is made again
     */
    record Fault(String target, long number, String words) {}

    /** What a run saw, in one line. */
    String summary() {
        return String.format(
                Locale.ROOT, "refused %d, slowest %.2f s, most memory %d MB", refused, slowest, largest >> 20);
    }

    /** Tries the inputs of these numbers; stops at so many faults. */
    List<Fault> run(long from, long to, int maxFaults) throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (long number = from; number < to && faults.size() < maxFaults; number++) {
            String words = trial(target.write(folder, number));
            if (!words.isEmpty()) {
                faults.add(new Fault(target.name(), number, words));
            }
        }
        return faults;
    }

    /** Reads a file in a thread of its own, which is left behind if it does not come to an end. */
    String trial(Path file) throws IOException {
        CompletableFuture<String> result = new CompletableFuture<>();
        long[] used = new long[2];
        Thread thread = new Thread(() -> {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            String words = target.read(file, () -> refused++);
            used[0] = THREADS.getCurrentThreadCpuTime();
            used[1] = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            result.complete(words);
        });
        thread.setDaemon(true);
        thread.start();
        for (int waited = 0; ; waited++) {
            try {
                String words = result.get(1, TimeUnit.SECONDS);
                return words.isEmpty() ? costs(used) : words;
            } catch (TimeoutException e) {
                if (THREADS.getThreadCpuTime(thread.getId()) > 10 * MAX_SECONDS * 1e9 || waited > 120) {
                    return "does not end" + at(thread);
                }
            } catch (InterruptedException | ExecutionException e) {
                throw new IOException(e);
            }
        }
    }

    private static String at(Thread thread) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement element : thread.getStackTrace()) {
            text.append("\n    ").append(element);
        }
        return text.toString();
    }

    private String costs(long... used) throws IOException {
        double seconds = used[0] / 1e9;
        slowest = Math.max(slowest, seconds);
        largest = Math.max(largest, used[1]);
        if (seconds > MAX_SECONDS) {
            return "takes " + seconds + " s";
        }
        return used[1] > MAX_BYTES ? "takes " + (used[1] >> 20) + " MB" : "";
    }

    /**
     * For a long time: {@code FuzzRun folder first behindLast [readers]}. If both numbers are equal, the input of this number is
     * kept in the folder, for a look at it.
     */
    public static void main(String... arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        long from = Long.parseLong(arguments[1]);
        long to = Long.parseLong(arguments[2]);
        List<String> chosen = List.of(arguments).subList(3, arguments.length);
        for (Target target : Targets.all(Files.createDirectories(folder.resolve("seeds")))) {
            if (chosen.isEmpty() || chosen.contains(target.name())) {
                Path place = Files.createDirectories(folder.resolve(target.name()));
                FuzzRun run = new FuzzRun(target, place);
                System.out.println(from == to ? run.one(from) : run.many(from, to));
            }
        }
        System.exit(0);
    }

    private String one(long number) throws IOException {
        Path file = target.write(folder, number);
        return file + ": " + trial(file) + "; " + summary();
    }

    private String many(long from, long to) throws IOException {
        long begin = System.nanoTime();
        List<Fault> faults = run(from, to, 25);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %d inputs, %d faults in %.0f s; %s",
                target.name(),
                to - from,
                faults.size(),
                (System.nanoTime() - begin) / 1e9,
                summary()));
        faults.forEach(
                fault -> text.append("\n  ").append(fault.number()).append(": ").append(fault.words()));
        return text.toString();
    }
}
