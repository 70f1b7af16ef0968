package io.github.transfuse.fuzz;

import io.github.transfuse.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A reader, with valid files to begin with.
 *
 * @param ending of the names of its files
 * @param seeds one map each: the files of a folder or of a zip by their names, or one
 * @param refusals what it throws, with a message that names the file
 */
record Target(
        String name, String ending, Packing packing, List<Map<String, byte[]>> seeds, Set<Class<?>> refusals, Use use) {

    /** Reads, and looks at all that was read: what it gives differs if that does. */
    interface Use {
        long read(Path file) throws IOException;
    }

    /** Whether a part of a file is a file too. */
    boolean isText() {
        return List.of("macro", "groups", "names").contains(name);
    }

    Target with(Use other) {
        return new Target(name, ending, packing, seeds, refusals, other);
    }

    static Map<String, byte[]> one(byte... bytes) {
        return Map.of("", bytes);
    }

    /** Writes what is the same for a number in all runs; gives its path. */
    Path write(Path folder, long number) throws IOException {
        Random random = new Random(number * 31 + name.hashCode());
        Path target = folder.resolve("input" + ending);
        if (Files.exists(target)) {
            FolderTree.delete(target);
        }
        Map<String, byte[]> files = new LinkedHashMap<>(seeds.get((int) Math.floorMod(number, (long) seeds.size())));
        Mutator mutator = new Mutator(random);
        List<String> names = new ArrayList<>(files.keySet());
        String chosen = names.get(random.nextInt(names.size()));
        Map<String, byte[]> lender = seeds.get(random.nextInt(seeds.size()));
        byte[] other = new ArrayList<>(lender.values()).get(random.nextInt(lender.size()));
        boolean outside = packing == Packing.ZIP && random.nextInt(3) == 0;
        if (outside) {
            Files.write(target, mutator.mutate(Packing.zip(files), other));
            return target;
        }
        files.put(chosen, mutator.mutate(files.get(chosen), other));
        if (random.nextInt(50) == 0 && names.size() > 1) {
            files.remove(chosen);
        }
        boolean plain = packing == Packing.PNG && random.nextBoolean();
        (plain ? Packing.PLAIN : packing).write(target, files);
        return target;
    }

    /** Writes a seed as it is. */
    Path writeSeed(Path folder, int index) throws IOException {
        Path target = folder.resolve("seed" + ending);
        if (Files.exists(target)) {
            FolderTree.delete(target);
        }
        packing.write(target, seeds.get(index));
        return target;
    }

    /** Reads a file: it is read, or is refused in words. Else the fault, in words for the one who mends. */
    String read(Path file, Runnable refused) {
        try {
            use.read(file);
            return "";
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            refused.run();
            return fault(file, e);
        }
    }

    private String fault(Path file, Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (!refusals.contains(thrown.getClass())) {
            StackTraceElement[] trace = thrown.getStackTrace();
            String at = Arrays.stream(trace).limit(6).map(Object::toString).reduce("", (a, b) -> a + "\n    " + b);
            return "unnamed " + thrown + at;
        }
        if (!message.contains(file.getFileName().toString()) && !ending.isEmpty()) {
            return "does not name the file: " + message;
        }
        if (message.length() > 700 || message.matches("(?s).*\\b\\w+\\.\\w+\\.\\w*(Exception|Error)\\b.*")) {
            return "no words for users: " + message;
        }
        return "";
    }
}
