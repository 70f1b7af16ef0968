package io.github.transfuse.export;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.files.Pictures;
import io.github.transfuse.files.WholeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** A picture of a test image and, to its right, of the last class that was found in it. */
final class Cover {
    private static final int WHITE = 255;

    private Cover() {}

    /** Writes it as PNG. */
    static void write(Path file, TestTensors tensors) throws IOException {
        int[] shape = tensors.input().shape();
        BufferedImage picture = new BufferedImage(2 * shape[3], shape[2], BufferedImage.TYPE_INT_RGB);
        draw(picture, 0, tensors.input(), 1, 0);
        int classes = tensors.output().shape()[1];
        draw(picture, shape[3], tensors.output(), WHITE, classes == 1 ? 0 : 1);
        WholeFile.write(file, out -> Pictures.writePng(picture, out));
    }

    private static void draw(BufferedImage picture, int left, Batch batch, double gain, int first) {
        int[] shape = batch.shape();
        boolean color = first == 0 && shape[1] == 3;
        for (int y = 0; y < shape[2]; y++) {
            for (int x = 0; x < shape[3]; x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    int channel = first + (color ? c : 0);
                    float value = batch.values().get((channel * shape[2] + y) * shape[3] + x);
                    rgb = rgb << 8 | (int) Math.max(0, Math.min(WHITE, gain * value));
                }
                picture.setRGB(left + x, y, rgb);
            }
        }
    }
}
