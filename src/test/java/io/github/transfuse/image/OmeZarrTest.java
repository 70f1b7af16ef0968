package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays that Python's zarr wrote, by a rule that is worked out here anew. Each lies in a ZIP file, to be one file here. */
class OmeZarrTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "zarr");

    @TempDir
    Path temporary;

    private Path copy(String name) throws IOException {
        Path zip = FOLDER.resolve(name + ".zip");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = temporary.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            }
        }
        return temporary.resolve(name + ".zarr");
    }

    @ParameterizedTest
    @CsvSource({
        "raw, 1, 0, 1",
        "zlib, 100, 0, 1",
        "gzip, 100, 0, 1",
        "zstd, 1, 0, 4",
        "lz4, 1, -100, 1",
        "blosc-lz4, 100, 0, 1",
        "blosc-zstd, 100, 0, 1",
        "blosc-lz, 100, 0, 1",
        "blosc-zlib, 1, 0, 4",
        "big-blosclz, 100, 0, 1",
        "big-lz4, 100, 0, 1",
        "big-bits, 100, 0, 1",
        "v3-zstd, 100, 0, 1",
        "v3-gzip-big, 1, 0, 4",
        "v3-blosc-t, 100, 0, 1",
        "v3-crc, 1, 0, 1",
        "v3-shards, 100, 0, 1"
    })
    void everyPackingGivesThePixels(String name, int factor, int offset, int divisor) throws IOException {
        CalibratedImage image = ImageFiles.read(copy(name));
        long n = 0;
        for (RealType<?> pixel : Views.flatIterable(image.pixels())) {
            double expected = (n * 7 + n / 5) % 251 * factor / (double) divisor + offset;
            assertEquals(expected, pixel.getRealDouble(), "pixel " + n);
            n++;
        }
        assertEquals(name.startsWith("big") ? 200 * 150 : name.endsWith("shards") ? 3 * 37 * 53 : 6 * 37 * 53, n);
        assertEquals(new Axis(Axis.Kind.X, 0.25, "micron"), image.axes().get(0));
        assertEquals(new Axis(Axis.Kind.Y, 0.5, "micron"), image.axes().get(1));
        assertEquals(List.of(), image.notes());
    }

    private static UnsupportedImageException refused(Path file) {
        return assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file));
    }

    @Test
    void damagedChunksAreRefusedByName() throws IOException {
        for (String name : List.of("zlib", "zstd", "lz4", "blosc-lz4", "v3-crc", "gzip")) {
            Path image = copy(name);
            Path chunk = image.resolve(name.startsWith("v3") ? "0/c/1/0/1/1" : "0/1/0/1/1");
            byte[] bytes = Files.readAllBytes(chunk);
            Files.write(chunk, Arrays.copyOf(bytes, bytes.length / 2));
            String message = refused(image).getMessage();
            assertTrue(message.contains(name + ".zarr") && message.contains("1/0/1/1"), message);
        }
    }

    @Test
    void missingChunksAreTold() throws IOException {
        Path image = copy("zlib");
        Files.delete(image.resolve("0/1/0/1/1"));
        CalibratedImage read = ImageFiles.read(image);
        assertEquals(List.of("1 of 24 chunks of zlib.zarr are not stored; their pixels are 0."), read.notes());
        assertEquals(0, read.pixels().getAt(33, 17, 0, 1).getRealDouble());
        assertTrue(read.pixels().getAt(33, 15, 0, 1).getRealDouble() > 0);
    }

    @Test
    void withoutAnyChunkNothingIsRead() throws IOException {
        Path image = copy("big-lz4");
        for (String chunk : List.of("0/0", "0/1", "1/0", "1/1")) {
            Files.delete(image.resolve("0/" + chunk));
        }
        assertTrue(refused(image).getMessage().contains("none of its chunks"));
    }

    @Test
    void whatIsNotKnownIsRefusedByName() throws IOException {
        Path image = copy("zlib");
        Path metadata = image.resolve("0/.zarray");
        String text = Files.readString(metadata);
        Files.writeString(metadata, text.replace("zlib", "bz2"));
        assertTrue(refused(image).getMessage().contains("chunks packed by bz2"));
        Files.writeString(metadata, text.replace("<u2", "<c8"));
        assertTrue(refused(image).getMessage().contains("numbers of type <c8"));
        Files.writeString(image.resolve(".zattrs"), "{\"plate\": {}}");
        assertTrue(refused(image).getMessage().contains("a plate of many images"));
        Files.writeString(image.resolve(".zattrs"), "{}");
        assertTrue(refused(image).getMessage().contains("holds no image"));
    }

    @Test
    void labelsInsideAreTheLabels() throws IOException {
        Path image = copy("zlib");
        Path labels = Files.createDirectories(image.resolve("labels"));
        Files.writeString(labels.resolve(".zattrs"), "{\"labels\": [\"cells\", \"other\"]}");
        Files.move(copy("raw"), labels.resolve("cells"));
        CalibratedImage read = ImageFiles.readLabels(image);
        assertEquals(7, read.pixels().getAt(1, 0, 0, 0).getRealDouble());
        assertEquals(List.of("The labels 'cells' of zlib.zarr are used; it also has other."), read.notes());
        assertEquals(700, ImageFiles.read(image).pixels().getAt(1, 0, 0, 0).getRealDouble());
    }

    @Test
    void aPathThatLeadsOutIsRefused() throws IOException {
        Path image = copy("zlib");
        Path metadata = image.resolve(".zattrs");
        String path = "\"path\": \"0\"";
        assertTrue(Files.readString(metadata).contains(path));
        Files.writeString(metadata, Files.readString(metadata).replace(path, "\"path\": \"../zlib.zarr/0\""));
        assertTrue(refused(image).getMessage().contains("names the folder")
                || refused(image).getMessage().contains("name the folder"));
    }

    @Test
    void aFolderOfZarrIsAnImage() throws IOException {
        assertTrue(ImageFiles.isSeries(copy("raw")));
        assertTrue(ImageFiles.isSeries(Files.createDirectory(temporary.resolve("empty.ZARR"))));
    }

    @ParameterizedTest
    @CsvSource({"zlib", "zstd", "lz4", "blosc-lz4", "blosc-lz", "big-bits", "v3-zstd", "v3-shards", "v3-blosc-t"})
    void mutatedOnesEndWithANamedException(String name) throws IOException {
        Path image = copy(name);
        List<Path> files;
        try (Stream<Path> all = Files.walk(image)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 300; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            byte[] changed = bytes.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(3) > 0 ? changed.length : random.nextInt(changed.length);
            Files.write(file, Arrays.copyOf(changed, length));
            int run = i;
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> {
                        try {
                            ImageFiles.read(image);
                        } catch (UnsupportedImageException e) {
                            assertTrue(e.getMessage().contains(name + ".zarr"), e.getMessage());
                        }
                    },
                    () -> "mutation " + run + " of " + file);
            Files.write(file, bytes);
        }
    }
}
