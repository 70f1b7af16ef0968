package io.github.transfuse.fuzz;

import static io.github.transfuse.image.TinyTiff.LONG;
import static io.github.transfuse.image.TinyTiff.RATIONAL;
import static io.github.transfuse.image.TinyTiff.SHORT;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.io.FileSaver;
import io.github.transfuse.image.Tiffs;
import io.github.transfuse.image.TinyTiff;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small TIFF files of all kinds. */
final class TiffSeeds {
    private static final int DEFLATE = 8;
    private static final String OME =
            """
            <?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">\
            <Pixels DimensionOrder="XYCZT" ID="Pixels:0" SizeC="2" SizeT="1" SizeX="4" SizeY="1" SizeZ="1" Type="uint8" \
            PhysicalSizeX="0.5" PhysicalSizeXUnit="nm"><TiffData FirstC="0" IFD="0" PlaneCount="1"/>\
            <TiffData FirstC="1" IFD="1"/></Pixels></Image></OME>""";

    private final Path file;
    private final List<Map<String, byte[]>> seeds = new ArrayList<>();

    private TiffSeeds(Path folder) {
        file = folder.resolve("a.tif");
    }

    static List<Map<String, byte[]>> of(Path folder) throws IOException {
        TiffSeeds tiffs = new TiffSeeds(folder);
        tiffs.packed();
        tiffs.kinds();
        tiffs.imageJs();
        for (String name : List.of("zstd", "zstd-tiles")) {
            tiffs.seeds.add(Target.one(Files.readAllBytes(Path.of("src/test/resources/tiff/" + name + ".tif"))));
        }
        return tiffs.seeds;
    }

    private void add() throws IOException {
        seeds.add(Target.one(Files.readAllBytes(file)));
    }

    private void packed() throws IOException {
        for (String compression : List.of("JPEG", "Deflate", "LZW", "PackBits", "ZLib")) {
            Tiffs.write(file, compression, Seeds.picture(BufferedImage.TYPE_BYTE_GRAY));
            add();
            Tiffs.write(file, compression, Seeds.picture(BufferedImage.TYPE_INT_RGB));
            add();
        }
        for (String compression : List.of("CCITT RLE", "CCITT T.4", "CCITT T.6", "Deflate")) {
            Tiffs.write(file, compression, Seeds.picture(BufferedImage.TYPE_BYTE_BINARY));
            add();
        }
        Tiffs.write(
                file,
                "LZW",
                Seeds.picture(BufferedImage.TYPE_BYTE_INDEXED),
                Seeds.picture(BufferedImage.TYPE_BYTE_INDEXED));
        add();
    }

    private void kinds() throws IOException {
        write(TinyTiff.of(4, 1, 1, 4)
                .tag(262, SHORT, 3)
                .tag(320, SHORT, new long[48])
                .block(0x12, 0x34));
        write(TinyTiff.of(2, 1, 1, 16).tag(339, SHORT, 3).block(0, 60, 0, 188));
        write(TinyTiff.of(2, 1, 1, 64).tag(339, SHORT, 3).block(new byte[16]));
        write(TinyTiff.of(2, 1, 1, 12).block(1, 2, 3));
        write(TinyTiff.of(2, 1, 4, 8).tag(262, SHORT, 5).block(0, 51, 255, 0, 0, 51, 255, 51));
        write(TinyTiff.of(2, 2, 3, 8).tag(262, SHORT, 6).tag(530, SHORT, 1, 1).block(new byte[12]));
        write(TinyTiff.of(2, 1, 4, 8).tag(338, SHORT, 2).block(10, 20, 30, 0, 1, 2, 3, 4));
        write(TinyTiff.of(3, 2, 1, 8).tag(266, SHORT, 2).tag(274, SHORT, 6).block(1, 2, 3, 4, 5, 6));
        TinyTiff predicted = TinyTiff.of(2, 2, 3, 8)
                .tag(317, SHORT, 2)
                .tag(259, SHORT, DEFLATE)
                .tag(284, SHORT, 2);
        write(predicted.block(deflated(4)).block(deflated(4)).block(deflated(4)));
        write(TinyTiff.of(2, 2, 1, 32)
                .tag(339, SHORT, 3)
                .tag(317, SHORT, 3)
                .tag(259, SHORT, DEFLATE)
                .block(deflated(16)));
        TinyTiff tiles =
                TinyTiff.of(20, 20, 1, 8).tag(322, LONG, 16).tag(323, LONG, 16).tag(259, SHORT, DEFLATE);
        for (int i = 0; i < 4; i++) {
            tiles.block(deflated(256));
        }
        write(tiles);
        TinyTiff size = TinyTiff.of(4, 1, 1, 8)
                .tag(296, SHORT, 3)
                .tag(282, RATIONAL, 10_000, 2)
                .block(1, 2, 3, 4);
        TinyTiff.write(
                file, ByteOrder.BIG_ENDIAN, true, size, TinyTiff.of(2, 1, 1, 8).block(1, 2));
        add();
        TinyTiff first = TinyTiff.of(4, 1, 1, 8).text(270, OME).block(1, 2, 3, 4);
        write(first, TinyTiff.of(4, 1, 1, 8).block(5, 6, 7, 8));
        TinyTiff one = TinyTiff.of(2, 1, 1, 8)
                .text(270, "ImageJ=1.54p\nimages=3\nslices=3\n")
                .tag(279, LONG, 2);
        write(one.block(1, 2, 3, 4, 5, 6));
    }

    private static byte[] deflated(int length) throws IOException {
        return TinyTiff.deflated(new byte[length]);
    }

    private void write(TinyTiff... pages) throws IOException {
        TinyTiff.write(file, pages);
        add();
    }

    /** With calibration, colours, labels of slices and words. */
    private void imageJs() throws IOException {
        ImagePlus stack = IJ.createHyperStack("a", 5, 4, 2, 3, 1, 16);
        stack.getStack().setSliceLabel("one", 1);
        stack.getCalibration().pixelWidth = 0.5;
        stack.getCalibration().setUnit("micron");
        stack.setProperty("Info", "a = 1\n");
        stack.setRoi(new OvalRoi(0, 0, 3, 2));
        stack.setOverlay(new Overlay(new PolygonRoi(new int[] {1, 3, 2}, new int[] {0, 1, 2}, 3, Roi.POLYGON)));
        new FileSaver(new CompositeImage(stack)).saveAsTiffStack(file.toString());
        add();
        for (String type : List.of("8-bit ramp", "16-bit ramp", "32-bit ramp", "RGB ramp")) {
            new FileSaver(IJ.createImage("a", type, 6, 5, 1)).saveAsTiff(file.toString());
            add();
        }
    }
}
