package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import io.github.transfuse.image.StoredVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fourth axis is channels where the mask has none, or where a model has as many channels. */
class PairImageTest {
    private static final StoredVolume SCAN = StoredVolume.ras(4, 3, 2);

    @TempDir
    private Path folder;

    /** The scan, and behind it so many more whose voxels are larger by 1000 each. */
    private Path series(String name, int volumes) throws IOException {
        int count = SCAN.voxels().length;
        ByteBuffer file = ByteBuffer.allocate(352 + 2 * count * volumes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, SCAN.nifti().array()).putShort(40, (short) 4).putShort(48, (short) volumes);
        for (int t = 1; t < volumes; t++) {
            for (int i = 0; i < count; i++) {
                file.putShort(352 + 2 * (t * count + i), (short) (SCAN.voxels()[i] + 1000 * t));
            }
        }
        return Files.write(folder.resolve(name), file.array());
    }

    private static List<Axis.Kind> kinds(CalibratedImage image) {
        return image.axes().stream().map(Axis::kind).toList();
    }

    private static final List<Axis.Kind> CHANNELS = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.CHANNEL);

    @Test
    void volumesWithOneMaskAreChannels() throws IOException {
        Path images = series("v.nii", 4);
        CalibratedImage read = PairImage.read(new Pair("v", images, series("mask.nii", 1)));
        assertEquals(CHANNELS, kinds(read));
        assertEquals(4, read.size(Axis.Kind.CHANNEL));
        assertEquals(3000 + SCAN.voxels()[1], read.pixels().getAt(1, 0, 0, 3).getRealDouble());
        assertTrue(read.notes().toString().contains("4 volumes of v.nii are taken as channels"), read.notes() + "");
        CalibratedImage timed = PairImage.read(new Pair("v", images, series("masks.nii", 4)));
        assertEquals(4, timed.size(Axis.Kind.TIME), "each time has its mask");
    }

    @Test
    void asManyVolumesAsTheModelHasChannelsAreThese() throws IOException {
        CalibratedImage image = ImageFiles.read(series("v.nii", 4));
        assertEquals(CHANNELS, kinds(Modalities.of(image, 4)));
        for (int channels : new int[] {1, 2, 3}) {
            assertEquals(image, Modalities.of(image, channels));
        }
        CalibratedImage movie = image.withPlacement(Optional.empty());
        assertEquals(movie, Modalities.of(movie, 4), "a stack of another format says what its axes are");
        assertEquals(1, Modalities.of(ImageFiles.read(series("one.nii", 1)), 1).size(Axis.Kind.CHANNEL));
    }
}
