package io.github.transfuse.qupath;

import io.github.transfuse.slide.RegionReader;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlideInfo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import qupath.lib.images.ImageData;
import qupath.lib.images.servers.ImageServer;
import qupath.lib.images.servers.PixelCalibration;

/** Reads regions from QuPath's image server. */
record ServerRegions(ImageServer<BufferedImage> server) implements RegionReader {

    @Override
    public Optional<BufferedImage> read(Request request) throws IOException {
        return Optional.ofNullable(server.readRegion(
                request.downsample(),
                request.x(),
                request.y(),
                request.width(),
                request.height(),
                request.plane().z(),
                request.plane().t()));
    }

    /**
     * Reads an image. QuPath opens images of projects when they are looked at first.
     *
     * @throws SlideException if it cannot be opened, such as one that was moved
     */
    static ServerRegions of(ImageData<BufferedImage> image) {
        try {
            return new ServerRegions(image.getServer());
        } catch (RuntimeException e) {
            throw new SlideException(
                    "The image cannot be opened (" + e
                            + "). If it was moved, mend its path in the project, and try again.",
                    e);
        }
    }

    SlideInfo info() {
        PixelCalibration calibration = server.getPixelCalibration();
        Optional<SlideInfo.Pixel> pixel = calibration.hasPixelSizeMicrons()
                ? Optional.of(
                        new SlideInfo.Pixel(calibration.getPixelWidthMicrons(), calibration.getPixelHeightMicrons()))
                : Optional.empty();
        return new SlideInfo(
                server.getMetadata().getName(),
                server.getWidth(),
                server.getHeight(),
                server.isRGB() ? 3 : server.nChannels(),
                server.isRGB(),
                pixel);
    }
}
