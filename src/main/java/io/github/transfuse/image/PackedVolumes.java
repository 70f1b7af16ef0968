package io.github.transfuse.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Files that are packed by gzip as a whole; much else is too. */
final class PackedVolumes {
    private PackedVolumes() {}

    static CalibratedImage read(Path file, boolean labels) throws IOException {
        byte[] beginning = beginning(file);
        if (NiftiReader.starts(beginning)) {
            return NiftiReader.read(file, true, labels);
        }
        return isNrrd(beginning) ? NrrdReader.read(file, true) : MghReader.read(file, true);
    }

    /**
     * Makes sure that a file holds a volume.
     *
     * @throws UnsupportedImageException if it does not
     */
    static void require(Path file) throws IOException {
        byte[] beginning = beginning(file);
        if (!NiftiReader.starts(beginning) && !isNrrd(beginning) && !MghReader.starts(beginning)) {
            throw new UnsupportedImageException(
                    file, "this is a packed file, but not of a NIfTI, NRRD or MGH volume", "Unpack it with gunzip.");
        }
    }

    private static boolean isNrrd(byte[] beginning) {
        return new String(beginning, StandardCharsets.ISO_8859_1).equals("NRRD");
    }

    private static byte[] beginning(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readNBytes(Integer.BYTES);
        } catch (EOFException | ZipException e) {
            throw ImageFiles.damaged(file, e);
        }
    }
}
