package io.github.transfuse.qupath;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.imglib2.img.array.ArrayImgs;

/** Runs within the packaged extension: segments a grey square with the first bundled model. */
public final class PackagedProbe implements Runnable {
    private static final int SIDE = 64;

    @Override
    public void run() {
        Settings settings = Settings.segmenting().with("model", "skin-lesion").with("device", "cpu");
        try (TransFuse model = TransFuse.load(settings)) {
            Segmentation result = model.segment(ArrayImgs.unsignedBytes(new byte[SIDE * SIDE * 3], SIDE, SIDE, 3));
            System.out.println("segmented: " + result.labels().dimension(0) + " x "
                    + result.labels().dimension(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
