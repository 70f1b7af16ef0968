package io.github.transfuse.spark;

import io.github.transfuse.segmentation.PlaneBlock;
import java.io.Serializable;
import java.util.List;

/**
 * Parts of one image that one executor computes.
 *
 * @param image that they are of
 * @param folder for what is found in them
 * @param blocks at least one
 */
record BlockTask(ImageTask.Image image, String folder, List<PlaneBlock> blocks) implements Serializable {
    BlockTask {
        blocks = List.copyOf(blocks);
    }
}
