package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.SlideOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qupath.lib.images.ImageData;
import qupath.lib.images.servers.ImageServer;

class RunRemarksTest {

    @SuppressWarnings("unchecked")
    // a proxy is of the interface that it was made for
    private static ImageServer<BufferedImage> server(boolean rgb) {
        return (ImageServer<BufferedImage>) Proxy.newProxyInstance(
                RunRemarksTest.class.getClassLoader(),
                new Class<?>[] {ImageServer.class},
                (proxy, method, given) -> rgb);
    }

    private static List<String> remarks(
            ImageData<BufferedImage> image, int channels, String settings, boolean annotations) throws IOException {
        int equals = settings.indexOf('=');
        SlideOptions options = equals < 0
                ? SlideOptions.DEFAULT
                : new SlideOptions(
                        Settings.slides().with(settings.substring(0, equals), settings.substring(equals + 1)),
                        Optional.empty());
        try (TransFuse model = FakeNetworks.open(
                FakeNetworks.model(InputSpec.Rule.TILE, channels, OutputSpec.Kind.INSTANCES, Optional.empty()),
                any -> new FakeNetworks.Times(1))) {
            return RunRemarks.of(image, model, options, annotations);
        }
    }

    private static ImageData<BufferedImage> image(boolean fluorescence, boolean rgb) {
        return new ImageData<>() {
            @Override
            public ImageServer<BufferedImage> getServer() {
                return server(rgb);
            }

            @Override
            public boolean isFluorescence() {
                return fluorescence;
            }
        };
    }

    /** Channels that were saved as colours are seen by a model of colours as a picture; who chose one knows. */
    @ParameterizedTest
    @CsvSource({
        "true, true, 3, '', 1",
        "false, true, 3, '', 0",
        "true, false, 3, '', 0",
        "true, true, 1, '', 0",
        "true, true, 3, channels=Red, 0"
    })
    void coloursOfFluorescenceAreTold(boolean fluorescence, boolean rgb, int channels, String settings, int told)
            throws IOException {
        List<String> remarks = remarks(image(fluorescence, rgb), channels, settings, true);
        assertEquals(told, remarks.size(), remarks::toString);
        assertTrue(remarks.stream().allMatch(remark -> remark.contains("fluorescence")), remarks::toString);
    }

    @ParameterizedTest
    @CsvSource({"slices=2, true, 1", "frames=1, true, 1", "slices=2, false, 0", "'', true, 0", "slices=all, true, 0"})
    void planesThatAnnotationsDoNotHeedAreTold(String settings, boolean annotations, int told) throws IOException {
        List<String> remarks = remarks(image(false, true), 3, settings, annotations);
        assertEquals(told, remarks.size(), remarks::toString);
        assertTrue(remarks.stream().allMatch(remark -> remark.contains("slices and frames")), remarks::toString);
    }
}
