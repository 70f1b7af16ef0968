package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects in stacks that are segmented slice by slice. */
class ObjectsThroughSlicesTest {
    @TempDir
    private Path folder;

    private final Img<FloatType> pixels = ArrayImgs.floats(16, 12, 6);

    private static TransFuse bright(OutputSpec.Kind kind) {
        return TransFuse.with(
                FakeNetworks.model(InputSpec.Rule.TILE, 1, kind, Optional.empty()),
                options -> new FakeNetworks.Times(10));
    }

    private ObjectsThroughSlicesTest set(int x, int y, int z) {
        pixels.randomAccess().setPositionAndGet(x, y, z).set(1);
        return this;
    }

    private CalibratedImage stack() {
        return CalibratedImage.of("stack", dark(pixels), Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);
    }

    private CalibratedImage calibrated() {
        List<Axis> axes = List.of(
                new Axis(Axis.Kind.X, 2, "um"), new Axis(Axis.Kind.Y, 2, "um"), new Axis(Axis.Kind.Z, 0.005, "mm"));
        return new CalibratedImage("stack", dark(pixels), axes, false, List.of());
    }

    /** Background must be below 0, where the probability is one half. */
    private static Img<FloatType> dark(Img<FloatType> pixels) {
        for (FloatType pixel : pixels) {
            pixel.set(pixel.get() > 0 ? 1 : -1);
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({"6,4", "18,2", "26,1", "auto,1", "8,4", "4,4"})
    void neighboursAreThoseAskedFor(String connectivity, int objects) throws IOException {
        // Each touches the one before: by an edge, by a corner, by an edge
        set(3, 3, 1).set(4, 3, 2).set(5, 4, 3).set(5, 5, 4);
        try (TransFuse model = bright(OutputSpec.Kind.INSTANCES)) {
            Segmentation result = model.with("connectivity", connectivity).segment(stack());
            assertEquals(objects, result.objects().orElseThrow());
        }
    }

    @Test
    void anObjectHasOneNumberInAllOfItsSlices() throws IOException {
        for (int z = 0; z < 6; z++) {
            set(2, 2, z).set(9, 9, z);
        }
        set(9, 2, 0);
        try (TransFuse model = bright(OutputSpec.Kind.INSTANCES)) {
            RandomAccess<? extends IntegerType<?>> labels =
                    model.segment(stack()).labels().randomAccess();
            for (int z = 0; z < 6; z++) {
                assertEquals(1, labels.setPositionAndGet(2, 2, z).getInteger());
                assertEquals(3, labels.setPositionAndGet(9, 9, z).getInteger());
            }
            RandomAccess<? extends IntegerType<?>> alone =
                    model.with("connectivity", 8).segment(stack()).labels().randomAccess();
            assertEquals(3, alone.setPositionAndGet(9, 9, 0).getInteger());
            assertEquals(2, alone.setPositionAndGet(9, 9, 1).getInteger(), "each slice counts on its own");
        }
    }

    /** Three voxels of 2 x 2 x 5 um are 60 um^3; in a slice there are at most two of its pixels. */
    @ParameterizedTest
    @CsvSource({"auto,60,1", "auto,61,0", "8,2,1", "8,3,0"})
    void theLeastSizeIsAVolumeThroughCalibratedSlicesAndPixelsInPlanes(String connectivity, double least, int left)
            throws IOException {
        set(3, 3, 1).set(4, 3, 1).set(4, 3, 2);
        for (OutputSpec.Kind kind : List.of(OutputSpec.Kind.INSTANCES, OutputSpec.Kind.CLASSES)) {
            try (TransFuse model = bright(kind)) {
                Segmentation result = model.with("connectivity", connectivity)
                        .with("min_size", least)
                        .segment(calibrated());
                assertEquals(
                        left,
                        result.labels()
                                .randomAccess()
                                .setPositionAndGet(3, 3, 1)
                                .getInteger());
                boolean told = result.provenance().notes().stream().anyMatch(note -> note.contains("um^3"));
                assertEquals(connectivity.equals("auto"), told);
            }
        }
    }

    /** One object in the middle, one that reaches to the last slice, one at the left border of its slice. */
    @ParameterizedTest
    @CsvSource({"auto,1,0,0", "8,1,1,0"})
    void whatTouchesTheBorderIsLeftOutByChoice(String connectivity, int inside, int last, int left) throws IOException {
        set(3, 3, 2).set(3, 4, 2).set(8, 8, 4).set(8, 8, 5).set(0, 6, 2).set(1, 6, 2);
        for (OutputSpec.Kind kind : List.of(OutputSpec.Kind.INSTANCES, OutputSpec.Kind.CLASSES)) {
            try (TransFuse model = bright(kind)) {
                TransFuse choosing = model.with("connectivity", connectivity);
                assertEquals(3, found(choosing.segment(stack()), 3, 3, 2, 8, 8, 5, 1, 6, 2));
                RandomAccess<? extends IntegerType<?>> labels = choosing.with("exclude_edges", true)
                        .segment(stack())
                        .labels()
                        .randomAccess();
                assertEquals(
                        inside, Math.min(1, labels.setPositionAndGet(3, 3, 2).getInteger()));
                assertEquals(last, Math.min(1, labels.setPositionAndGet(8, 8, 5).getInteger()));
                assertEquals(left, Math.min(1, labels.setPositionAndGet(1, 6, 2).getInteger()));
            }
        }
    }

    private static int found(Segmentation result, long... positions) {
        int found = 0;
        for (int i = 0; i < positions.length; i += 3) {
            long[] at = Arrays.copyOfRange(positions, i, i + 3);
            found += result.labels().randomAccess().setPositionAndGet(at).getInteger() > 0 ? 1 : 0;
        }
        return found;
    }

    @Test
    void withoutCalibrationTheLeastSizeCountsVoxels() throws IOException {
        set(3, 3, 1).set(4, 3, 1).set(4, 3, 2);
        try (TransFuse model = bright(OutputSpec.Kind.INSTANCES)) {
            assertEquals(1, model.with("min_size", 3).segment(stack()).objects().orElseThrow());
            assertEquals(0, model.with("min_size", 4).segment(stack()).objects().orElseThrow());
        }
    }

    @Test
    void aTunnelIsAHoleOfItsSlicesButNotOfTheVolume() throws IOException {
        for (int z = 0; z < 6; z++) {
            for (int i = 0; i < 9; i++) {
                if (i != 4 || z == 0) {
                    set(3 + i % 3, 3 + i / 3, z);
                }
            }
        }
        try (TransFuse model = bright(OutputSpec.Kind.CLASSES)) {
            TransFuse filling = model.with("fill_holes", true);
            assertEquals(0, at(filling, 4, 4, 3), "it leaves the stack at its last slice");
            assertEquals(1, at(filling.with("connectivity", 8), 4, 4, 3));
            for (int x = 3; x < 6; x++) {
                set(x, 3, 5).set(x, 4, 5).set(x, 5, 5);
            }
            assertEquals(1, at(filling, 4, 4, 3), "closed at both ends");
        }
    }

    private int at(TransFuse model, int x, int y, int z) throws IOException {
        return model.segment(stack())
                .labels()
                .randomAccess()
                .setPositionAndGet(x, y, z)
                .getInteger();
    }

    /** A voxel that is bright at two times is two objects; and other times change nothing in a frame. */
    @ParameterizedTest
    @EnumSource(
            value = InputSpec.Mode.class,
            names = {"SLICES", "TRIPLANAR"})
    void timePointsAreSegmentedOnTheirOwn(InputSpec.Mode mode) throws IOException {
        Img<FloatType> times = ArrayImgs.floats(16, 12, 6, 2);
        RandomAccess<FloatType> access = times.randomAccess();
        for (int z = 2; z < 4; z++) {
            for (int i = 0; i < 9; i++) {
                access.setPositionAndGet(4 + i % 3, 5 + i / 3, z, 0).set(1);
                access.setPositionAndGet(4 + i % 3, 5 + i / 3, z, 1).set(1);
                access.setPositionAndGet(11 + i % 3, 2 + i / 3, z, 1).set(1);
            }
        }
        CalibratedImage series =
                CalibratedImage.of("s", dark(times), Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME);
        ModelFolder folders = FakeNetworks.model(InputSpec.Rule.TILE, 1, OutputSpec.Kind.INSTANCES, Optional.of(1.0));
        try (TransFuse model =
                TransFuse.with(FakeNetworks.inMode(folders, mode), options -> new FakeNetworks.Times(10))) {
            Segmentation all = model.segment(series);
            assertEquals(3, all.objects().orElseThrow());
            for (int t = 0; t < 2; t++) {
                Segmentation alone = model.segment(series.slice(Axis.Kind.TIME, t));
                assertEquals(1 + t, alone.objects().orElseThrow());
                assertEquals(values(alone.labels()), values(Views.hyperSlice(all.labels(), 3, t)));
            }
        }
    }

    private static List<Integer> values(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        List<Integer> values = new ArrayList<>();
        Views.flatIterable(labels).forEach(label -> values.add(label.getInteger()));
        return values;
    }

    @Test
    void objectsThroughSlicesNeedSlices() {
        try (TransFuse model = bright(OutputSpec.Kind.INSTANCES)) {
            UnsupportedImageException plane =
                    assertThrows(UnsupportedImageException.class, () -> model.with("connectivity", 26)
                            .segment(CalibratedImage.of("plane", ArrayImgs.floats(64, 64), Axis.Kind.X, Axis.Kind.Y)));
            assertTrue(plane.getMessage().contains("connectivity=26"), plane.getMessage());
        }
    }

    /** A box of 3 x 2 x 4 voxels of 2 x 2 x 5 um: faces of 2 * 80 + 2 * 120 + 2 * 24 um^2. */
    @Test
    void volumesAndSurfacesAreTabled() throws IOException {
        for (int i = 0; i < 24; i++) {
            set(2 + i % 3, 4 + i / 3 % 2, 1 + i / 6);
        }
        try (TransFuse model = bright(OutputSpec.Kind.INSTANCES)) {
            TransFuse tabling = model.with("table", true);
            List<Path> written = new ResultWriter(folder).write("stack", calibrated(), tabling.segment(calibrated()));
            Path table = folder.resolve("stack-objects.csv");
            assertTrue(written.contains(table), written.toString());
            String head = "part,label,class,voxels,volume_um^3,surface_um^2,frame,x_um,y_um,z_um,bx_um,by_um,bz_um,"
                    + "width_um,height_um,depth_um,mean,sd,min,max,image";
            String row = "1,1,class0,24,480.000," + String.format(Locale.ROOT, "%.6g", 2 / 3.0 * 448)
                    + ",1,7.00000,10.0000,15.0000,4.00000,8.00000,5.00000,6.00000,4.00000,20.0000,1.00000,0.00000,1.00000,1.00000,stack";
            assertEquals(List.of(head, row), Files.readAllLines(table));
            TransFuse planes = tabling.with("connectivity", 4);
            new ResultWriter(folder).write("stack", calibrated(), planes.segment(calibrated()));
            List<String> rows = Files.readAllLines(table);
            String flat = "part,label,class,pixels,area_um^2,perimeter_um,slice,frame,x_um,y_um,bx_um,by_um,width_um,"
                    + "height_um,circularity,feret_um,min_feret_um,solidity,mean,sd,min,max,image";
            assertEquals(flat, rows.get(0));
            assertEquals(5, rows.size());
            assertTrue(rows.get(1).startsWith("2,1,class0,6,24.0000,"), rows.get(1));
            assertTrue(rows.get(1).contains(",2,1,7.00000,10.0000,4.00000,8.00000,6.00000,4.00000,"), rows.get(1));
            assertTrue(rows.get(4).startsWith("5,1,class0,6,"), rows.get(4));
        }
    }

    @Test
    void labelsKeepTheLabelsOfTheSlices() throws IOException {
        List<String> names = List.of("first", "second", "3", "4", "5", "last");
        CalibratedImage image = calibrated().withSliceLabels(names);
        try (TransFuse model = bright(OutputSpec.Kind.INSTANCES)) {
            Segmentation result = model.with("probabilities", true).segment(image);
            for (Path file :
                    new ResultWriter(folder).write("stack", image, result).subList(0, 2)) {
                assertEquals(names, ImageFiles.read(file).sliceLabels(), file.toString());
            }
        }
    }

    @Test
    void moreObjectsThan16BitsAreWrittenWithoutLoss() throws IOException {
        int count = 41;
        long side = 2L * count;
        Img<FloatType> many = ArrayImgs.floats(side, side, side);
        var access = many.randomAccess();
        for (int i = 0; i < count * count * count; i++) {
            access.setPositionAndGet(2 * (i % count), 2 * (i / count % count), 2 * (i / count / count))
                    .set(1);
        }
        CalibratedImage image = CalibratedImage.of("many", dark(many), Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);
        try (TransFuse model = bright(OutputSpec.Kind.INSTANCES)) {
            Segmentation result = model.with("overlap", 0).segment(image);
            assertEquals(68_921, result.objects().orElseThrow());
            Path labels = new ResultWriter(folder).write("many", image, result).get(0);
            int next = 1;
            for (RealType<?> label : Views.flatIterable(ImageFiles.read(labels).pixels())) {
                if (label.getRealDouble() > 0) {
                    assertEquals(next++, label.getRealDouble());
                }
            }
            assertEquals(68_922, next);
        }
    }
}
