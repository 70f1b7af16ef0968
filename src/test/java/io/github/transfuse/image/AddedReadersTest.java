package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers in a folder of the user's. Bio-Formats is stood in for by classes of the same names and signatures. */
class AddedReadersTest {
    private static final Path DECODERS = Path.of("target", "added-readers");
    private static final String WRITER = "com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi";
    private static final String READER =
            """
            package loci.formats;
            public class ImageReader {
                public void setId(String id) throws java.io.IOException {
                    if (id.endsWith("bad.czi")) throw new java.io.IOException("Unknown file format");
                }
                public void close() {}
                public void setMetadataStore(loci.formats.meta.MetadataStore store) {}
                public boolean isIndexed() { return false; }
                public boolean isFalseColor() { return false; }
                public boolean isInterleaved() { return true; }
                public boolean isLittleEndian() { return false; }
                public int getSizeX() { return 3; }
                public int getSizeY() { return 2; }
                public int getSizeZ() { return 2; }
                public int getSizeC() { return 4; }
                public int getSizeT() { return 1; }
                public int getEffectiveSizeC() { return 2; }
                public int getRGBChannelCount() { return 2; }
                public int getPixelType() { return 3; }
                public int getSeriesCount() { return 5; }
                public int getIndex(int z, int c, int t) { return 2 * c + z; }
                public byte[] openBytes(int plane) {
                    byte[] bytes = new byte[24];
                    for (int i = 0; i < 24; i += 2) {
                        bytes[i] = (byte) plane;
                        bytes[i + 1] = (byte) (i / 2);
                    }
                    return bytes;
                }
            }
            """;
    private static final String STORE = "package loci.formats.meta; public interface MetadataStore {}";
    private static final String TOOLS =
            """
            package loci.formats;
            public class MetadataTools {
                public static Store createOMEXMLMetadata() { return new Store(); }
                public static class Store implements loci.formats.meta.MetadataStore {
                    public Length getPixelsPhysicalSizeX(int image) { return new Length(); }
                    public Length getPixelsPhysicalSizeY(int image) { return new Length(); }
                    public Length getPixelsPhysicalSizeZ(int image) { return null; }
                }
                public static class Length {
                    public Number value() { return 0.25; }
                    public Unit unit() { return new Unit(); }
                }
                public static class Unit {
                    public String getSymbol() { return "\u00b5m"; }
                }
            }
            """;

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(AddedReaders.PROPERTY);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignore) {
            return text;
        }
    }

    private void addBioFormats() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<Source> sources = List.of(
                new Source("loci/formats/ImageReader", READER),
                new Source("loci/formats/meta/MetadataStore", STORE),
                new Source("loci/formats/MetadataTools", TOOLS));
        var compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "no compiler");
        assertTrue(compiler.getTask(null, null, null, List.of("-d", classes.toString()), null, sources)
                .call());
        Path readers = Files.createDirectories(folder.resolve("readers"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(readers.resolve("bio.jar")));
                Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(file));
            }
        }
        System.setProperty(AddedReaders.PROPERTY, readers.toString());
    }

    @Test
    void whatIsNotKnownIsReadByBioFormatsIfItIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.czi"), "ZISRAWFILE");
        System.setProperty(AddedReaders.PROPERTY, folder.toString());
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains("a.czi") && message.contains("bioformats_package.jar into " + folder), message);
        assertFalse(ImageFiles.extensions().contains("czi"));
        addBioFormats();
        assertTrue(ImageFiles.extensions().contains("czi"));
        CalibratedImage image = ImageFiles.read(file);
        assertEquals("X 3, Y 2, CHANNEL 4, Z 2", image.describe());
        assertEquals(new Axis(Axis.Kind.Y, 0.25, "micron"), image.axes().get(1));
        assertEquals(Axis.of(Axis.Kind.Z), image.axes().get(3));
        assertEquals(
                List.of("a.czi is read with Bio-Formats.", "The first of the 5 images in a.czi is used."),
                image.notes());
        // Planes: slice z, channel c of 4, of which two are in a stored plane
        double[] pixels = Pixels.of(image);
        for (int i = 0; i < pixels.length; i++) {
            int plane = i / 6;
            int z = plane / 4;
            int c = plane % 4;
            assertEquals(256 * (2 * (c / 2) + z) + 2 * (i % 6) + c % 2, pixels[i], "pixel " + i);
        }
    }

    @Test
    void whatBioFormatsCannotReadIsRefused() throws IOException {
        addBioFormats();
        Path file = Files.writeString(folder.resolve("bad.czi"), "ZISRAWFILE");
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains("bad.czi: Bio-Formats cannot read it (Unknown file format)"), message);
    }

    private byte[] written(BufferedImage picture) throws Exception {
        assumeTrue(Files.isDirectory(DECODERS), "mvn puts the decoder there");
        System.setProperty(AddedReaders.PROPERTY, DECODERS.toString());
        ImageWriterSpi provider = (ImageWriterSpi)
                AddedReaders.find(WRITER).orElseThrow().getDeclaredConstructor().newInstance();
        ImageWriter writer = provider.createWriterInstance();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(picture);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_3BYTE_BGR})
    void jpeg2000IsReadWithADecoder(int type) throws Exception {
        BufferedImage picture = ImageFilesTest.gradient(type);
        double[] expected = Pixels.of(new DecodedPicture("a", picture).asImage());
        Path file = folder.resolve("a.jp2");
        byte[] bytes = written(picture);
        Files.write(file, bytes);
        CalibratedImage image = ImageFiles.read(file);
        assertArrayEquals(expected, Pixels.of(image));
        assertEquals(type == BufferedImage.TYPE_3BYTE_BGR, image.rgb());
        for (int part = 0; part < 50; part++) {
            Files.write(file, Arrays.copyOf(bytes, bytes.length * part / 50));
            String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                    .getMessage();
            assertTrue(message.contains("a.jp2"), message);
        }
    }

    /** Of tiles whose parts are apart from each other the decoder shows what the first ones hold. */
    @Test
    void tilesInSeveralPartsAreRefused() throws Exception {
        byte[] stream = written(new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY));
        int part = 0;
        while (stream[part] != -1 || stream[part + 1] != (byte) 0x90) {
            part++;
        }
        stream[part + 10] = 1;
        Path file = Files.write(folder.resolve("a.jp2"), stream);
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains("in several parts"), message);
    }

    /** The decoder's own writer makes the stream of a frame; its padding makes the length even. */
    @Test
    void aFrameInDicomIsDecoded() throws Exception {
        BufferedImage picture = new BufferedImage(20, 10, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 200; i++) {
            picture.getRaster().setSample(i % 20, i / 20, 0, 300 * i % 4096);
        }
        byte[] boxes = written(picture);
        double[] expected = Pixels.of(ImageFiles.read(Files.write(folder.resolve("a.jp2"), boxes)));
        int begin = 0;
        while (boxes[begin] != -1 || boxes[begin + 1] != 0x4f) {
            begin++;
        }
        byte[] stream = Arrays.copyOfRange(boxes, begin, boxes.length);
        DicomBytes file = DicomBytes.of("1.2.840.10008.1.2.4.90", 20, 10, 16);
        Path whole = Files.write(
                folder.resolve("a.dcm"),
                file.fragments(Arrays.copyOf(stream, (stream.length + 1) / 2 * 2))
                        .file());
        assertArrayEquals(expected, Pixels.of(ImageFiles.read(whole)));
        assertTrue(Arrays.stream(expected).max().orElse(0) > 4000);
        for (int length = 0; length < stream.length - 2; length += 7) {
            Path cut = Files.write(
                    folder.resolve("cut.dcm"),
                    file.fragments(Arrays.copyOf(stream, length)).file());
            assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(cut), "cut to " + length);
        }
        System.setProperty(AddedReaders.PROPERTY, folder.toString());
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(whole))
                .getMessage();
        assertTrue(message.contains("jai-imageio-jpeg2000") && message.contains("uncompressed"), message);
    }

    @Test
    void jpeg2000WithoutADecoderIsRefusedByName() throws IOException {
        System.setProperty(AddedReaders.PROPERTY, folder.toString());
        Path file = Files.write(folder.resolve("a.j2k"), new byte[] {(byte) 0xff, 0x4f, (byte) 0xff, 0x51});
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains("JPEG 2000") && message.contains("jai-imageio-jpeg2000"), message);
    }
}
