package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.NarrowModels;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of two channels: what is to be found can be told only by both together. */
class ChannelVolumesTest {
    @TempDir
    private Path folder;

    @Test
    void twoChannelsAreLearnedAndSegmented() throws IOException {
        TinyTraining training =
                new TinyTraining(folder).channelVolumes(6).batch(2).epochs(15).rate(1e-2);
        TinyTraining.Watched watched = training.run();
        double dice =
                watched.epochs().get(watched.epochs().size() - 1).validation().dice();
        assertTrue(dice > 0.8, "validation Dice " + dice);
        ModelFolder written = ModelFolder.open(training.outputFolder());
        assertEquals(2, written.spec().network().channels());
        // The plan knows how narrow this network is
        ModelFolder narrow = new ModelFolder(written.path(), training.plan().spec(), written.sha256());
        try (TransFuse model = NarrowModels.open(narrow)) {
            Segmentation found = model.segment(ImageFiles.read(folder.resolve("images/v1.tif")));
            double same = agreement(found.labelImage("found"), ImageFiles.readLabels(folder.resolve("masks/v1.tif")));
            assertTrue(same > 0.9, "agreement " + same);
        }
    }

    private static double agreement(CalibratedImage found, CalibratedImage truth) {
        RandomAccess<? extends RealType<?>> one = found.pixels().randomAccess();
        RandomAccess<? extends RealType<?>> other = truth.pixels().randomAccess();
        long same = 0;
        long inside = 0;
        for (int z = 0; z < truth.size(Axis.Kind.Z); z++) {
            for (int i = 0; i < 26 * 26; i++) {
                long[] at = {i % 26, i / 26, z};
                double a = one.setPositionAndGet(at).getRealDouble();
                double b = other.setPositionAndGet(at).getRealDouble();
                same += a > 0 && a == b ? 2 : 0;
                inside += (a > 0 ? 1 : 0) + (b > 0 ? 1 : 0);
            }
        }
        return (double) same / inside;
    }
}
