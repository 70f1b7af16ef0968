package io.github.transfuse.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of images that carry their own truth: ROIs saved with them by ImageJ. */
public final class RoiFolder {
    private static final String IMAGE = "(?i)[^.].*\\.tiff?";

    private RoiFolder() {}

    /**
     * Draws a mask for every TIFF of a folder, under the same name.
     *
     * @param masks folder to write; made if missing
     * @param asked what the ROIs mean; empty: as their names and groups say
     * @return what was drawn
     * @throws IOException listing the images without ROIs; if it is unclear what these mean; or if a file cannot be read or
     *     written
     */
    public static RoiMasks drawMasks(Path images, Path masks, Optional<RoiMeaning> asked) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(images)) {
            files = all.filter(file -> file.getFileName().toString().matches(IMAGE))
                    .sorted()
                    .toList();
        }
        List<RoiMasks.Drawn> opened = new ArrayList<>();
        List<String> bare = new ArrayList<>();
        for (Path file : files) {
            RoiMasks.Drawn image = RoiMasks.Drawn.of(RoiMasks.open(file));
            opened.add(image);
            if (image.rois().isEmpty()) {
                bare.add(file.getFileName().toString());
            }
        }
        if (files.isEmpty() || !bare.isEmpty()) {
            throw new UnsupportedImageException(
                    images,
                    "named as images and as masks, so masks are drawn from ROIs saved with its TIFF files; but "
                            + (bare.isEmpty() ? "there are none" : "these hold no ROI: " + String.join(", ", bare)),
                    "Save the images as TIFF with their ROIs as overlay, or give a folder of masks.");
        }
        RoiMasks rois = RoiMasks.of(opened, asked);
        Files.createDirectories(masks);
        for (int i = 0; i < files.size(); i++) {
            RoiMasks.save(
                    rois.draw(opened.get(i), told -> {}),
                    masks.resolve(files.get(i).getFileName()));
        }
        return rois;
    }
}
