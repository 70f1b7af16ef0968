package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people have them who are not careful. What is cut or changed: {@code FuzzReplayTest}. */
class StrangeFilesTest {
    @TempDir
    Path folder;

    private static String refused(Path file) {
        return assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
    }

    private Path picture(String name) throws IOException {
        return TinyTiff.write(folder.resolve(name), TinyTiff.of(3, 1, 1, 8).block(1, 2, 3));
    }

    @Test
    void theKindIsToldByTheContents() throws IOException {
        assertEquals(3, Pixels.of(ImageFiles.read(picture("a.png"))).length);
        Path text = Files.writeString(folder.resolve("b.tif"), "not a picture");
        assertTrue(refused(text).contains("b.tif: this is not an image of a known kind"), refused(text));
        Path empty = Files.write(folder.resolve("c.tif"), new byte[0]);
        assertTrue(refused(empty).contains("c.tif: the file is empty"), refused(empty));
        assertTrue(refused(folder.resolve("d.tif")).contains("no such file"));
    }

    @Test
    void aFolderThatIsCalledAsAPictureIsRefused() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("folder.tif"));
        assertTrue(refused(inner).contains("folder.tif: this is a folder without a DICOM series"), refused(inner));
    }

    @Test
    void aNameMayHoldANewline() throws IOException {
        Path file;
        try {
            file = Files.move(picture("a.tif"), folder.resolve("two\nlines.tif"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            assumeTrue(false, "not on this system");
            return;
        }
        assertEquals("two\nlines.tif", ImageFiles.read(file).name());
    }

    @Test
    void twoMillionPixelsWide() throws IOException {
        int width = 2_000_000;
        byte[] row = new byte[width];
        row[width - 1] = 7;
        Path file = TinyTiff.write(
                folder.resolve("wide.tif"),
                TinyTiff.of(width, 1, 1, 8).tag(259, TinyTiff.SHORT, 8).block(TinyTiff.deflated(row)));
        double[] pixels = Pixels.of(ImageFiles.read(file));
        assertEquals(width, pixels.length);
        assertEquals(7, pixels[width - 1]);
    }

    @Test
    void manyPagesAreReadOrRefusedSoon() throws IOException {
        Path file = pages(50_000);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            try {
                assertEquals(50_000, ImageFiles.read(file).pixels().dimension(2));
            } catch (UnsupportedImageException e) {
                assertTrue(
                        e.getMessage().contains("pages.tif") && e.getMessage().contains("pages, which"),
                        e.getMessage());
            }
        });
    }

    /** Pages of one pixel each, the directory behind the pixel. */
    private Path pages(int count) throws IOException {
        int size = 4 + 2 + 9 * 12 + 4;
        ByteBuffer out = ByteBuffer.allocate(8 + count * size).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(12);
        int[][] tags = {
            {256, 1}, {257, 1}, {258, 8}, {259, 1}, {262, 1}, {273, 0}, {277, 1}, {278, 1}, {279, 1},
        };
        for (int i = 0; i < count; i++) {
            int at = out.position();
            out.putInt(i % 251).putShort((short) tags.length);
            for (int[] tag : tags) {
                out.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[0] == 273 ? at : tag[1]);
            }
            out.putInt(i + 1 < count ? at + size + 4 : 0);
        }
        return Files.write(folder.resolve("pages.tif"), out.array());
    }

    @Test
    void ofPagesThatDifferTheLargestAreReadOrTheyAreRefused() throws IOException {
        TinyTiff small = TinyTiff.of(2, 1, 1, 8).block(1, 2);
        TinyTiff large = TinyTiff.of(3, 1, 1, 8).block(3, 4, 5);
        CalibratedImage image = ImageFiles.read(TinyTiff.write(folder.resolve("pages.tif"), small, large));
        assertEquals(3, Pixels.of(image).length);
        assertEquals(List.of("Of the 2 pages of pages.tif, 1 is used: the largest, of 3 x 1 pixels."), image.notes());
        TinyTiff other = TinyTiff.of(3, 1, 1, 16).block(0, 1, 0, 2, 0, 3);
        TinyTiff again = TinyTiff.of(3, 1, 1, 8).block(3, 4, 5);
        String message = refused(TinyTiff.write(folder.resolve("types.tif"), again, other));
        assertTrue(message.contains("types.tif") && message.contains("different types"), message);
    }
}
