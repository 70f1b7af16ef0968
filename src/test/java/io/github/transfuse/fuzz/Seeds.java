package io.github.transfuse.fuzz;

import ij.gui.OvalRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiEncoder;
import io.github.transfuse.image.StoredVolume;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small valid files of all other kinds. */
final class Seeds {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private Seeds() {}

    static BufferedImage picture(int type) {
        BufferedImage picture = new BufferedImage(21, 18, type);
        for (int i = 0; i < 21 * 18; i++) {
            picture.setRGB(i % 21, i / 21, 0xff000000 | 0x30507 * i);
        }
        return picture;
    }

    static List<Map<String, byte[]>> pictures(String format, int... types) throws IOException {
        List<Map<String, byte[]>> seeds = new ArrayList<>();
        for (int type : types) {
            for (boolean progressive : new boolean[] {false, true}) {
                seeds.add(Target.one(picture(format, picture(type), progressive)));
            }
        }
        return seeds;
    }

    private static byte[] picture(String format, BufferedImage picture, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (progressive && parameters.canWriteProgressive()) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Pictures of {@code src/test/python/pictures.py} with these endings, each of which has a PNG of the same pixels. */
    static List<Map<String, byte[]>> stored(String... endings) throws IOException {
        List<Map<String, byte[]>> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(RESOURCES.resolve("pictures"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                int dot = name.lastIndexOf('.');
                Path png = file.resolveSibling(name.substring(0, dot) + ".png");
                if (List.of(endings).contains(name.substring(dot + 1)) && Files.exists(png)) {
                    seeds.add(Target.one(Files.readAllBytes(file)));
                }
            }
        }
        return seeds;
    }

    static List<Map<String, byte[]>> nifti(Path folder) throws IOException {
        byte[] plain = Files.readAllBytes(volume().write(folder, "a", StoredVolume.Kind.NIFTI));
        byte[] scaled = plain.clone();
        System.arraycopy(new byte[] {0, 0, 0, 64, 0, 0, 64, -64}, 0, scaled, 112, 8);
        scaled[252] = 1;
        return List.of(Target.one(plain), Target.one(scaled));
    }

    private static StoredVolume volume() {
        return StoredVolume.ras(4, 3, 2);
    }

    static List<Map<String, byte[]>> nrrd(Path folder) throws IOException {
        byte[] plain = Files.readAllBytes(volume().write(folder, "a", StoredVolume.Kind.NRRD));
        String head = "NRRD0005\n# a\ntype: float\ndimension: 2\nsizes: 3 2\nspacings: 0.5 2\nendian: big\n";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes((head + "key:=value\nencoding: gzip\n\n").getBytes(StandardCharsets.US_ASCII));
        packed.writeBytes(Packing.gzip(new byte[24]));
        return List.of(Target.one(plain), Target.one(packed.toByteArray()));
    }

    static List<Map<String, byte[]>> dicom(Path folder) throws IOException {
        Path series = volume().write(folder, "series", StoredVolume.Kind.DICOM);
        List<Map<String, byte[]>> seeds = new ArrayList<>();
        seeds.add(Target.one(Files.readAllBytes(series.resolve("000.dcm"))));
        for (String name : List.of("jpeg-ls-grey.dcm", "jpeg-ls-rgb.dcm")) {
            seeds.add(Target.one(Files.readAllBytes(RESOURCES.resolve("dicom").resolve(name))));
        }
        return seeds;
    }

    static List<Map<String, byte[]>> series(Path folder) throws IOException {
        return List.of(files(volume().write(folder, "series", StoredVolume.Kind.DICOM)));
    }

    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** What lies in the top folder of each zip. */
    static List<Map<String, byte[]>> zarr() throws IOException {
        List<Map<String, byte[]>> seeds = new ArrayList<>();
        try (Stream<Path> all = Files.list(RESOURCES.resolve("zarr"))) {
            for (Path zip : all.sorted().toList()) {
                Map<String, byte[]> files = new LinkedHashMap<>();
                Packing.unzip(zip).forEach((name, bytes) -> files.put(name.substring(name.indexOf('/') + 1), bytes));
                seeds.add(files);
            }
        }
        return seeds;
    }

    static List<Map<String, byte[]>> checkpoints(boolean zips) throws IOException {
        List<Map<String, byte[]>> seeds = new ArrayList<>();
        try (Stream<Path> all = Files.list(RESOURCES.resolve("fixtures"))) {
            for (Path file :
                    all.filter(f -> f.toString().endsWith(".pth")).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if ((bytes[0] == 'P') == zips) {
                    seeds.add(zips ? Packing.unzip(file) : Target.one(bytes));
                }
            }
        }
        return seeds;
    }

    static List<Map<String, byte[]>> rois() {
        Roi oval = new OvalRoi(1, 2, 9, 7);
        oval.setName("cell 3");
        oval.setPosition(2);
        oval.setGroup(3);
        Roi polygon = new PolygonRoi(new int[] {1, 9, 4}, new int[] {0, 3, 8}, 3, Roi.POLYGON);
        polygon.setPosition(1, 2, 3);
        Roi shape = new ShapeRoi(new Roi(0, 0, 9, 9)).not(new ShapeRoi(oval));
        Roi floats = new PolygonRoi(new float[] {1.5f, 9, 4}, new float[] {0, 3, 8.5f}, 3, Roi.FREEROI);
        return Stream.of(oval, polygon, shape, floats)
                .map(roi -> Target.one(RoiEncoder.saveAsByteArray(roi)))
                .toList();
    }

    static Map<String, byte[]> roiSet() {
        Map<String, byte[]> set = new LinkedHashMap<>();
        for (Map<String, byte[]> roi : rois()) {
            set.put(set.size() + ".roi", roi.get(""));
        }
        return set;
    }

    static List<Map<String, byte[]>> text(String... texts) {
        return Stream.of(texts)
                .map(text -> Target.one(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
