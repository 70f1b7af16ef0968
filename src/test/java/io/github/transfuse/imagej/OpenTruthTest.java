package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import io.github.transfuse.batch.ResultWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTruthTest {
    private final ImagePlus image = IJ.createImage("cells.tif", "8-bit black", 20, 10, 1);

    private static ImagePlus labels(String title, int... values) {
        ImagePlus labels = IJ.createImage(title, "16-bit black", 20, 10, 1);
        for (int i = 0; i < values.length; i++) {
            labels.getProcessor().set(2 * i, 3, values[i]);
        }
        return labels;
    }

    private static TruthFacts facts(ImagePlus labels) {
        return TruthFacts.of(new OpenTruth(OpenTruth.Kind.LABELS, labels, "labels"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cells-labels.tif", "cells_mask.png", "Cells_masks", "cells_cp_masks.png", "cells labels"})
    void labelsOfTheNameOfTheImageAreSurelyMeant(String title) {
        ImagePlus other = labels("other-labels", 1, 2);
        List<OpenTruth> found = OpenTruth.of(image, List.of(image, other, labels(title, 1, 2)));
        assertEquals(title, found.get(0).labels().getTitle());
        assertTrue(found.get(0).isLikely(image));
        assertEquals(other, found.get(1).labels(), "it can be chosen");
        assertFalse(found.get(1).isLikely(image));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cells2-labels.tif", "cells-2.tif", "my cells-labels.tif", "cells-labels-old.tif"})
    void anotherNameIsNotGuessed(String title) {
        List<OpenTruth> found = OpenTruth.of(image, List.of(image, labels(title, 1)));
        assertEquals(1, found.size());
        assertFalse(found.get(0).isLikely(image));
    }

    @Test
    void whatHasAnotherSizeOrChannelsCannotBeChosen() {
        ImagePlus small = IJ.createImage("cells-labels.tif", "16-bit black", 19, 10, 1);
        ImagePlus stack = IJ.createImage("cells-labels.tif", "16-bit black", 20, 10, 2);
        ImagePlus channels = IJ.createHyperStack("cells-labels.tif", 20, 10, 2, 1, 1, 8);
        assertEquals(List.of(), OpenTruth.of(image, List.of(image, small, stack, channels)));
    }

    @Test
    void roisOnTheImageComeBehindItsLabelsAndBeforeOthers() {
        Roi roi = new Roi(2, 2, 5, 5);
        roi.setName("nucleus");
        image.setOverlay(new Overlay(roi));
        List<OpenTruth> found =
                OpenTruth.of(image, List.of(labels("other", 1), labels("cells-labels", 1), labels("another", 1)));
        assertEquals(
                List.of("cells-labels", "Its ROIs", "other", "another"),
                found.stream().map(OpenTruth::toString).toList());
        assertTrue(found.get(1).isLikely(image));
        assertEquals("1 class: nucleus", TruthFacts.of(found.get(1)).line());
    }

    @Test
    void labelsMeanObjectsUnlessTheySayOtherwise() {
        assertEquals(new TruthFacts("3 objects", "instances"), facts(labels("l", 7, 300, 2)));
        assertEquals(new TruthFacts("one value: foreground", "auto"), facts(labels("l", 255, 255)));
        assertEquals(new TruthFacts("nothing: all pixels are 0", "auto"), facts(labels("l")));
        ImagePlus classes = labels("l", 1, 2);
        classes.setProp(ResultWriter.PROPERTY, "{\"classes\":[\"gland\",\"stroma\"]}");
        assertEquals(new TruthFacts("2 classes of gland, stroma", "classes"), facts(classes));
        ImagePlus objects = labels("l", 1, 2);
        objects.setProp(ResultWriter.PROPERTY, "{\"classes\":[\"nucleus\"],\"objects\":2}");
        assertEquals(new TruthFacts("2 objects", "instances"), facts(objects));
    }

    @Test
    void whatIsNoLabelImageSaysWhy() {
        ImagePlus values = IJ.createImage("v", "32-bit black", 20, 10, 1);
        values.getProcessor().setf(1, 1, 0.5f);
        assertTrue(facts(values).line().contains("0.5"), facts(values).line());
        assertEquals("auto", facts(values).meaning());
        assertEquals(
                "colours: each is one class",
                facts(IJ.createImage("c", "RGB", 20, 10, 1)).line());
    }
}
