package io.github.transfuse.segmentation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.labels.Connectivity;
import io.github.transfuse.model.OutputSpec;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class LabelRulesTest {
    /** In decimal numbers 100 pixels of 0.57 are 57; in doubles they are 56.99999999999999. */
    @Test
    void anObjectOfExactlyTheLeastSizeStays() {
        for (int hundredths = 1; hundredths <= 200; hundredths++) {
            BigDecimal pixel = BigDecimal.valueOf(hundredths, 2);
            for (int count = 1; count <= 200; count++) {
                double least = pixel.multiply(BigDecimal.valueOf(count)).doubleValue();
                LabelRules rules = rules(least, pixel.doubleValue());
                String what = count + " of " + pixel;
                assertTrue(rules.isLarge(count), what);
                assertFalse(rules.isLarge(count - 1), what);
            }
        }
    }

    private static LabelRules rules(double minSize, double pixel) {
        ObjectRules objects = new ObjectRules(3, Connectivity.FACES, pixel, "mm^3");
        return new LabelRules(OutputSpec.Kind.INSTANCES, 0.5, minSize, false, 0, false, false, objects);
    }
}
