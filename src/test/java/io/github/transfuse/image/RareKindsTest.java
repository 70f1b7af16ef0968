package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of docs/formats.md that belong to no other test. */
class RareKindsTest {
    @TempDir
    Path folder;

    private Path jpeg(boolean progressive) throws IOException {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1200; i++) {
            picture.setRGB(i % 40, i / 40, (6 * (i % 40)) << 16 | (8 * (i / 40)) << 8 | 3 * (i % 40 + i / 40));
        }
        Path file = folder.resolve(progressive + ".jpg");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return file;
    }

    /** The same coefficients in another order. */
    @Test
    void progressiveJpegsAreThoseOfOneScan() throws IOException {
        CalibratedImage image = ImageFiles.read(jpeg(true));
        assertTrue(image.rgb());
        assertArrayEquals(Pixels.of(ImageFiles.read(jpeg(false))), Pixels.of(image));
    }

    /** Pages of one pixel, whose value says channel, slice and time. */
    @ParameterizedTest
    @ValueSource(strings = {"XYCZT", "XYCTZ", "XYZCT", "XYZTC", "XYTCZ", "XYTZC"})
    void omeMayHaveItsAxesInAnyOrder(String order) throws IOException {
        int[] sizes = {2, 3, 4};
        TinyTiff[] pages = new TinyTiff[24];
        for (int page = 0; page < pages.length; page++) {
            int left = page;
            int value = 0;
            for (int k = 2; k < 5; k++) {
                int axis = "CZT".indexOf(order.charAt(k));
                value += left % sizes[axis] * new int[] {1, 10, 100}[axis];
                left /= sizes[axis];
            }
            pages[page] = TinyTiff.of(1, 1, 1, 16).block(value & 0xff, value >> 8);
        }
        pages[0].text(
                270,
                "<OME><Image><Pixels DimensionOrder=\"" + order + "\" SizeX=\"1\" SizeY=\"1\" SizeC=\"2\" SizeZ=\"3\""
                        + " SizeT=\"4\" Type=\"uint16\"><TiffData/></Pixels></Image></OME>");
        CalibratedImage image = ImageFiles.read(TinyTiff.write(folder.resolve("a.ome.tif"), pages));
        assertEquals("X 1, Y 1, CHANNEL 2, Z 3, TIME 4", image.describe());
        double[] pixels = Pixels.of(image);
        for (int i = 0; i < pixels.length; i++) {
            assertEquals(i % 2 + 10 * (i / 2 % 3) + 100 * (i / 6), pixels[i], "pixel " + i);
        }
    }

    /** Smaller copies lie behind a tag of the page. */
    @Test
    void ofAPyramidTheFullResolutionIsRead() throws IOException {
        TinyTiff page = TinyTiff.of(3, 1, 1, 8).tag(330, TinyTiff.LONG, 8).block(1, 2, 3);
        page.text(
                270,
                "<OME><Image><Pixels DimensionOrder=\"XYCZT\" SizeX=\"3\" SizeY=\"1\" SizeC=\"1\" SizeZ=\"1\""
                        + " SizeT=\"1\"><TiffData/></Pixels></Image></OME>");
        CalibratedImage image = ImageFiles.read(TinyTiff.write(folder.resolve("a.ome.tif"), page));
        assertArrayEquals(new double[] {1, 2, 3}, Pixels.of(image));
        assertEquals(List.of(), image.notes());
    }

    @Test
    void packedNrrdIsRead() throws IOException {
        Path plain = StoredVolume.ras(4, 3, 2).write(folder, "a", StoredVolume.Kind.NRRD);
        Path packed = folder.resolve("b.nrrd.gz");
        Files.write(packed, VolumeFilesTest.packed(Files.readAllBytes(plain)));
        CalibratedImage image = ImageFiles.read(packed);
        assertEquals(ImageFiles.read(plain).describe(), image.describe());
        assertArrayEquals(Pixels.of(ImageFiles.read(plain)), Pixels.of(image));
    }

    private static String refused(Path file) {
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        return message;
    }

    @Test
    void volumesOfTooManyAxesAreRefused() throws IOException {
        byte[] nifti = Files.readAllBytes(StoredVolume.ras(4, 3, 2).write(folder, "a", StoredVolume.Kind.NIFTI));
        // The number of axes, then their lengths: the voxels are six along one axis more
        int big = nifti[0] == 0 ? 1 : 0;
        int[] sizes = {7, 1, 1, 1, 2, 2, 3, 2};
        for (int i = 0; i < sizes.length; i++) {
            nifti[40 + 2 * i + big] = (byte) sizes[i];
        }
        assertTrue(
                refused(Files.write(folder.resolve("a.nii"), nifti)).contains("axes"),
                refused(folder.resolve("a.nii")));
        String head = "ObjectType = Image\nNDims = 5\nDimSize = 2 1 1 1 2\nElementType = MET_UCHAR\n"
                + "ElementDataFile = LOCAL\nabcd";
        Path meta = Files.write(folder.resolve("a.mha"), head.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refused(meta).contains("NIfTI") || refused(meta).contains("axes"), refused(meta));
    }

    /** Parts of a value are never places, whichever of NRRD's kinds they are. */
    @ParameterizedTest
    @ValueSource(strings = {"complex", "quaternion", "HSV-color", "3D-matrix", "vector", "rgb-color"})
    void partsOfValuesInNrrdAreChannels(String kind) throws IOException {
        String head = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 2 1\nkinds: " + kind
                + " domain domain\nencoding: raw\n\n";
        Path file = Files.writeString(folder.resolve("a.nrrd"), head + "abcd");
        assertEquals("CHANNEL 2, X 2, Y 1", ImageFiles.read(file).describe());
    }

    /** As Python's tifffile writes them with {@code volumetric=True}. */
    @Test
    void tiffOfAVolumeInOnePageIsRefused() throws IOException {
        Path file = TinyTiff.write(
                folder.resolve("a.tif"),
                TinyTiff.of(2, 1, 1, 8).tag(32997, TinyTiff.LONG, 3).block(1, 2));
        assertTrue(refused(file).contains("a volume in one page"), refused(file));
    }

    @Test
    void filtersOfZarrAreRefused() throws IOException {
        Path image = Files.createDirectories(folder.resolve("a.zarr"));
        Files.writeString(image.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(
                image.resolve(".zattrs"),
                "{\"multiscales\": [{\"version\": \"0.4\", \"axes\": [{\"name\": \"y\"}, {\"name\": \"x\"}],"
                        + " \"datasets\": [{\"path\": \"0\"}]}]}");
        Files.createDirectories(image.resolve("0"));
        Files.writeString(
                image.resolve("0/.zarray"),
                "{\"zarr_format\": 2, \"shape\": [1, 1], \"chunks\": [1, 1], \"dtype\": \"|u1\", \"order\": \"C\","
                        + " \"compressor\": null, \"fill_value\": 0, \"filters\": [{\"id\": \"delta\"}]}");
        Files.write(image.resolve("0/0.0"), new byte[] {1});
        assertTrue(refused(image).contains("filters"), refused(image));
    }
}
