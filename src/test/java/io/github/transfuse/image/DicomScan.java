package io.github.transfuse.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes the slices of a scan as archives export them: 1 x 1 x 2 mm, x to the left, y to the back, slices upwards. */
public final class DicomScan {
    private static final int UNIQUE = 1000;

    private DicomScan() {}

    /** A value of a voxel. */
    @FunctionalInterface
    public interface Voxel {
        /** From 0 to 65535. */
        int at(int x, int y, int z);
    }

    /**
     * Writes a series of its own.
     *
     * @param size along x, y and z
     */
    public static void write(Path folder, String patient, Voxel values, int... size) throws IOException {
        Files.createDirectories(folder);
        int series = Math.floorMod(folder.hashCode(), UNIQUE * UNIQUE);
        for (int z = 0; z < size[2]; z++) {
            int[] plane = new int[size[0] * size[1]];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = values.at(i % size[0], i / size[0], z);
            }
            DicomBytes slice = DicomBytes.grey(size[0], size[1], 16);
            byte[] file = slice.text(0x0010_0010, "PN", patient + "^Secret")
                    .text(0x0010_0020, "LO", patient)
                    .text(0x0020_000E, "UI", "1.2." + series)
                    .decimals(0x0020_0032, 0, 0, 2.0 * z)
                    .decimals(0x0020_0037, 1, 0, 0, 0, 1, 0)
                    .decimals(0x0028_0030, 1, 1)
                    .pixels(slice.shorts(plane))
                    .file();
            // names run the other way than places
            Files.write(folder.resolve(String.format(Locale.ROOT, "%03d.dcm", size[2] - z)), file);
        }
    }
}
