package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Planes are counted from 1 by people, and what slides say in their own words is not told to the network. */
class SlideOptionsTest {
    private static SlideOptions with(String key, String value) {
        return new SlideOptions(Settings.slides().with(key, value), Optional.empty());
    }

    @Test
    void planesAreThoseThatWereAskedFor() {
        assertTrue(SlideOptions.DEFAULT.wants(new RegionReader.Plane(7, 3)));
        SlideOptions some = with("slices", "2,4-");
        assertFalse(some.wants(new RegionReader.Plane(0, 0)));
        assertTrue(some.wants(new RegionReader.Plane(1, 5)));
        assertFalse(some.wants(new RegionReader.Plane(2, 0)));
        assertTrue(some.wants(new RegionReader.Plane(30, 0)));
        assertTrue(with("frames", "1").wants(new RegionReader.Plane(9, 0)));
        assertFalse(with("frames", "1").wants(new RegionReader.Plane(0, 1)));
    }

    @Test
    void theNetworkIsNotToldOfNamesAndPlanes() {
        for (String[] each : new String[][] {{"channels", "DAPI"}, {"slices", "2"}, {"frames", "2"}}) {
            assertEquals(Settings.segmenting(), with(each[0], each[1]).segmenting());
        }
        assertEquals(
                Settings.segmenting().with(Keys.THRESHOLD, 0.4),
                with("threshold", "0.4").segmenting());
    }
}
