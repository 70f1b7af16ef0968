package io.github.transfuse.qupath;

import io.github.transfuse.slide.RegionReader;
import io.github.transfuse.slide.SlideInfo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
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
