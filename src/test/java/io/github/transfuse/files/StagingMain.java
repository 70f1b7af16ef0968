package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the files of {@link StagedFilesTest} in a process of its own, and ends like a killed one at some place. */
final class StagingMain {
    private StagingMain() {}

    /** Where it ends. */
    enum Place {
        BEFORE_LOCK,
        IN_A_FILE,
        BEFORE_PUBLISHING,
        BETWEEN_MOVES,
        WAITING
    }

    static int run(Path folder, Place place) throws IOException, InterruptedException {
        return start(folder, place).waitFor();
    }

    static Process start(Path folder, Place place) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StagingMain.class.getName(),
                        folder.toString(),
                        place.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Arguments: folder, place. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        Place place = Place.valueOf(args[1]);
        if (place == Place.BEFORE_LOCK) {
            Files.createDirectory(folder.resolve(".transfuse-1.tmp"));
            die();
        }
        StagedFiles staged = StagedFiles.in(folder);
        for (String name : List.of("a.tif", "b.json", "c.png")) {
            Path file = staged.file(name);
            Files.writeString(file, "new");
            if (place == Place.IN_A_FILE) {
                die();
            }
            if (place == Place.WAITING) {
                System.out.println("ready");
                Thread.sleep(600_000);
            }
        }
        if (place == Place.BEFORE_PUBLISHING) {
            die();
        }
        staged.publish(name -> die());
    }

    private static void die() {
        Runtime.getRuntime().halt(9);
    }
}
