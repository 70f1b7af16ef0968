package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeModels;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.slide.PyramidServer;
import io.github.transfuse.slide.RegionReader;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlideOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import qupath.lib.color.ColorDeconvolutionStains;
import qupath.lib.images.ImageData;
import qupath.lib.images.servers.ImageChannel;
import qupath.lib.images.servers.ImageServer;
import qupath.lib.images.servers.ImageServerMetadata;
import qupath.lib.images.servers.PixelCalibration;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.hierarchy.PathObjectHierarchy;
import qupath.lib.regions.ImagePlane;
import qupath.lib.roi.interfaces.ROI;

/** Annotations that cannot be segmented are told in words, and those before them are left as they were. */
class SegmentingChangesNothingTest {
    private final PyramidServer slide = new PyramidServer(8_000);
    private Optional<Thread> interrupted = Optional.empty();

    /** An image whose objects must not be touched. */
    private final ImageData<BufferedImage> image = new ImageData<>() {
        @Override
        public ColorDeconvolutionStains getColorDeconvolutionStains() {
            return null;
        }

        @Override
        public ImageServer<BufferedImage> getServer() {
            return server();
        }

        @Override
        public PathObjectHierarchy getHierarchy() {
            throw new AssertionError("the hierarchy was asked for, to change it");
        }
    };

    @SuppressWarnings("unchecked")
    // a proxy is of the interface that it was made for
    private ImageServer<BufferedImage> server() {
        return (ImageServer<BufferedImage>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ImageServer.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getWidth", "getHeight" -> 8_000;
                    case "nChannels" -> 3;
                    case "isRGB" -> true;
                    case "nZSlices", "nTimepoints" -> 1;
                    case "getPixelCalibration" -> new HalfMicron();
                    case "getMetadata" -> new Named();
                    case "readRegion" -> read(given).orElseThrow();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Optional<BufferedImage> read(Object[] given) throws IOException {
        if (interrupted.isPresent()) {
            interrupted.get().interrupt();
            throw new ClosedByInterruptException();
        }
        return slide.read(new RegionReader.Request(
                (double) given[0],
                (int) given[1],
                (int) given[2],
                (int) given[3],
                (int) given[4],
                new RegionReader.Plane((int) given[5], (int) given[6])));
    }

    private static final class HalfMicron extends PixelCalibration {
        @Override
        public boolean hasPixelSizeMicrons() {
            return true;
        }

        @Override
        public double getPixelWidthMicrons() {
            return 0.5;
        }

        @Override
        public double getPixelHeightMicrons() {
            return 0.5;
        }
    }

    private static final class Named extends ImageServerMetadata {
        @Override
        public String getName() {
            return "slide.svs";
        }

        @Override
        public List<ImageChannel> getChannels() {
            return List.of(new ImageChannel() {
                @Override
                public String getName() {
                    return "Red";
                }
            });
        }
    }

    /** A rectangle, 200 pixels wide. */
    private record Square(int x, int z, boolean isArea, int height) implements ROI {
        @Override
        public ImagePlane getImagePlane() {
            return new ImagePlane() {
                @Override
                public int getZ() {
                    return z;
                }

                @Override
                public int getT() {
                    return 0;
                }
            };
        }

        @Override
        public Geometry getGeometry() {
            return new GeometryFactory().toGeometry(new Envelope(x, x + 200, 0, height));
        }
    }

    private static PathObject annotation(int x, int z, boolean area) {
        return annotation(new Square(x, z, area, 200));
    }

    private static PathObject annotation(Square square) {
        return new PathObject() {
            @Override
            public ROI getROI() {
                return square;
            }

            @Override
            public boolean isRootObject() {
                return false;
            }

            @Override
            public Map<String, String> getMetadata() {
                return Map.of();
            }
        };
    }

    private void refuses(String words, PathObject second) {
        try (TransFuseSegmenter segmenter = new TransFuseSegmenter(FakeModels.dark(2), SlideOptions.DEFAULT)) {
            SlideException e = assertThrows(
                    SlideException.class, () -> segmenter.segment(image, List.of(annotation(0, 0, true), second)));
            assertTrue(e.getMessage().contains(words), e.getMessage());
        }
    }

    /** All annotations are selected at once, and points and lines are among them. */
    @Test
    void whatHasNoAreaIsLeftOutAmongOthers() {
        PathObject area = annotation(0, 0, true);
        PathObject line = annotation(400, 0, false);
        SelectedAreas selected = SelectedAreas.of(List.of(line, area, annotation(new Square(400, 0, true, 0))));
        assertEquals(List.of(area), selected.parents());
        assertEquals(List.of("Left out, as points and lines have no area: 2 selected objects."), selected.notes());
        assertEquals(List.of(), SelectedAreas.of(List.of(area, area)).notes());
        assertEquals(List.of(line), SelectedAreas.of(List.of(line)).parents(), "to be refused");
    }

    @Test
    void whenNothingHasAnArea() {
        List<PathObject> flat = List.of(annotation(400, 0, false), annotation(new Square(400, 0, true, 0)));
        try (TransFuseSegmenter segmenter = new TransFuseSegmenter(FakeModels.dark(2), SlideOptions.DEFAULT)) {
            SlideException e = assertThrows(SlideException.class, () -> segmenter.segment(image, flat));
            assertTrue(e.getMessage().contains("has no area"), e.getMessage());
        }
    }

    /** Who names a stain must know why there is none; who mistypes a number need not. */
    @Test
    void whenAStainOfAnImageWithoutTypeIsAskedFor() {
        for (String chosen : List.of("Hematoxylin", "9")) {
            SlideOptions options = SlideOptions.DEFAULT.with(Keys.SLIDE_CHANNELS, chosen);
            try (TransFuseSegmenter segmenter = new TransFuseSegmenter(FakeModels.dark(2), options)) {
                SlideException e = assertThrows(
                        SlideException.class, () -> segmenter.segment(image, List.of(annotation(0, 0, true))));
                assertEquals(chosen.startsWith("H"), e.getMessage().contains("brightfield"), e.getMessage());
            }
        }
    }

    /** QuPath opens an image of a project when it is looked at first, and may fail in words of its own. */
    @Test
    void whenTheImageWasMoved() {
        ImageData<BufferedImage> moved = new ImageData<>() {
            @Override
            public ImageServer<BufferedImage> getServer() {
                throw new NullPointerException("imp");
            }
        };
        try (TransFuseSegmenter segmenter = new TransFuseSegmenter(FakeModels.dark(2), SlideOptions.DEFAULT)) {
            SlideException e =
                    assertThrows(SlideException.class, () -> segmenter.segment(moved, List.of(annotation(0, 0, true))));
            assertTrue(
                    e.getMessage().contains("cannot be opened")
                            && e.getMessage().contains("path"),
                    e.getMessage());
        }
    }

    @Test
    void whenTheSegmenterWasClosed() {
        TransFuseSegmenter segmenter = new TransFuseSegmenter(FakeModels.dark(2), SlideOptions.DEFAULT);
        segmenter.close();

        SlideException e =
                assertThrows(SlideException.class, () -> segmenter.segment(image, List.of(annotation(0, 0, true))));
        assertTrue(e.getMessage().contains("was closed"), e.getMessage());
        assertEquals(0, slide.reads.get(), "and nothing is read before");
    }

    @Test
    void whenTheSecondIsOnAPlaneThatIsNotThere() {
        refuses("lies in z=3, t=0, but the image slide.svs has 1 slice(s)", annotation(400, 3, true));
    }

    @Test
    void whenTheSecondLiesOutside() {
        refuses("outside the image slide.svs", annotation(9_000, 0, true));
    }

    @Test
    void whenTheSecondCannotBeRead() {
        slide.broken = true;
        refuses("slide.svs", annotation(2_000, 0, true));
    }

    /** Channels are closed by an interrupt, which is no fault of the file. */
    @Test
    void whenItIsInterruptedWhileSomethingIsRead() throws IOException {
        interrupted = Optional.of(Thread.currentThread());
        try (TransFuseSegmenter segmenter = new TransFuseSegmenter(FakeModels.dark(2), SlideOptions.DEFAULT)) {
            SegmentationRun run = segmenter.segment(image, List.of(annotation(0, 0, true)));

            assertTrue(run.canceled(), run.toString());
            assertTrue(Thread.interrupted(), "the interrupt is still seen by the host");
        }
    }
}
