package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that lie, or are not whole, are refused by name. */
class DamagedVolumeTest {
    private static final String ORIGIN = "space origin: (0,0,0)";

    @TempDir
    Path folder;

    private static void assertRefused(Path file, String word) {
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
    }

    private static byte[] nrrd(String line) {
        String header = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 2 2\nspace: left-posterior-superior\n"
                + "space directions: (1,0,0) (0,1,0) (0,0,1)\nencoding: raw\n" + line + "\n\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[8]);
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "space origin: (1), space origin",
        "space origin: (1;2;3;4), space origin",
        "data file: ../a.raw, in another folder",
        "data file: /etc/passwd, in another folder",
        "data file: a.raw, not one file there"
    })
    void wrongLinesOfANrrdAreNamed(String line, String word) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.write(folder.resolve("a.raw"), new byte[8]);
        Path file = Files.write(inner.resolve("a.nrrd"), nrrd(line.replace(';', ',')));
        assertRefused(file, word);
        ImageFiles.read(Files.write(file, nrrd(ORIGIN)));
    }

    @Test
    void aNameThatNoFileCanHaveIsShownWithoutItsControls() throws IOException {
        Path file = Files.write(folder.resolve("a.nrrd"), nrrd("data file: a\0b" + "x".repeat(5000)));
        assertRefused(file, "data file: a?bxxx");
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.length() < 400, message);
    }

    @Test
    void anAffineThatFlattensTheVolumeIsRefused() throws IOException {
        byte[] nifti = VolumeFilesTest.nifti(ByteOrder.LITTLE_ENDIAN).array();
        ByteBuffer header = ByteBuffer.wrap(nifti).order(ByteOrder.LITTLE_ENDIAN);
        header.putFloat(280 + 16, 0);
        assertRefused(Files.write(folder.resolve("a.nii"), nifti), "no volume");
    }

    @Test
    void aPackedVolumeCannotBeAThousandTimesItsFile() throws IOException {
        byte[] nifti = VolumeFilesTest.nifti(ByteOrder.LITTLE_ENDIAN).array();
        ByteBuffer header = ByteBuffer.wrap(nifti).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(42, (short) 2000).putShort(44, (short) 2000).putShort(46, (short) 200);
        Path file = Files.write(folder.resolve("a.nii.gz"), VolumeFilesTest.packed(nifti));
        assertRefused(file, "which it cannot hold");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changedBytesAreReadOrRefused(boolean packed) throws IOException {
        byte[] nifti = VolumeFilesTest.nifti(ByteOrder.LITTLE_ENDIAN).array();
        Path file = folder.resolve("a.nii");
        Damage.assertReadOrRefused(Files.write(file, packed ? VolumeFilesTest.packed(nifti) : nifti), 300);
        Damage.assertReadOrRefused(Files.write(folder.resolve("a.nrrd"), nrrd(ORIGIN)), 300);
    }
}
