package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

class LabelMeansTest {
    private static final int CLASSES = 3;

    @Test
    void meansAreThoseOfThePixelsOfTheLabel() {
        Img<IntType> labels = Pictures.random(3, 0.3, 5, 7, 6, 4);
        Img<FloatType> probabilities = ArrayImgs.floats(7, 6, 4, CLASSES);
        Random random = new Random(4);
        probabilities.forEach(p -> p.set(random.nextFloat()));
        Map<Long, LabelMeans> found = LabelMeans.of(labels, probabilities);
        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), found.keySet(), "the background is left out");
        for (int k = 0; k < CLASSES; k++) {
            Map<Long, List<Double>> values = valuesByLabel(labels, probabilities, k);
            for (Map.Entry<Long, LabelMeans> entry : found.entrySet()) {
                List<Double> own = values.get(entry.getKey());
                double mean = own.stream().mapToDouble(v -> v).average().orElseThrow();
                assertEquals(own.size(), entry.getValue().pixels());
                assertEquals(mean, entry.getValue().means()[k], 1e-12);
            }
        }
    }

    private static Map<Long, List<Double>> valuesByLabel(Img<IntType> labels, Img<FloatType> probabilities, int k) {
        Map<Long, List<Double>> values = new TreeMap<>();
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 7; x++) {
                    long label = labels.getAt(x, y, z).get();
                    values.computeIfAbsent(label, l -> new ArrayList<>())
                            .add((double) probabilities.getAt(x, y, z, k).get());
                }
            }
        }
        return values;
    }

    @Test
    void aPixelAloneHasItsOwnProbabilityWhereverTheImageBegins() {
        Img<IntType> labels = Pictures.of("..", ".4");
        Img<FloatType> probabilities = ArrayImgs.floats(new float[] {0, 0, 0, 0.25f, 0, 0, 0, 0.75f}, 2, 2, 2);
        Map<Long, LabelMeans> found =
                LabelMeans.of(Views.translate(labels, 5, -3), Views.translate(probabilities, 5, -3, 0));
        assertEquals(Set.of(4L), found.keySet());
        assertEquals(0.25, found.get(4L).means()[0]);
        assertEquals(0.75, found.get(4L).means()[1]);
    }
}
