package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.metrics.ObjectMatching;
import io.github.transfuse.metrics.Overlap;
import io.github.transfuse.metrics.Scores;
import io.github.transfuse.metrics.SurfaceDistances;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of an evaluation, made and joined in any order. */
class EvaluationPartTest {
    private static final int IMAGES = 40;

    /** Shared pixels of ten; many images have the same score. */
    private static CaseScore score(int number) {
        return new CaseScore(
                "image" + number,
                "cell",
                new Scores(1, new Overlap(number * 7 % 4, 10, 10), new SurfaceDistances(number, 1, Double.NaN)),
                "pixel",
                number % 2 == 0 ? Optional.of(new ObjectMatching(number, 2, 3, 0.5)) : Optional.empty(),
                number % 3 == 0 ? OptionalDouble.of(number) : OptionalDouble.empty());
    }

    private static EvaluationPart part(List<Integer> numbers) throws IOException, ClassNotFoundException {
        EvaluationPart part = new EvaluationPart();
        for (int number : numbers) {
            if (number == 5) {
                part.addFailed(number, List.of(), new IOException("no picture"));
            } else {
                Preview preview =
                        new Preview("image" + number, 1, 1, new int[] {number}, new byte[] {1}, new byte[] {0});
                List<String> notes = List.of("turned", "note of " + number % 3);
                part.add(number, List.of(new CaseScorer.Scored(List.of(score(number)), preview)), notes);
            }
        }
        return travelled(part);
    }

    private static EvaluationPart travelled(EvaluationPart part) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(part);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (EvaluationPart) in.readObject();
        }
    }

    private static List<String> names(List<EvaluationReport.Case> cases) {
        return cases.stream().map(shown -> shown.preview().name()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void theOrderOfPartsMakesNoDifference(int seed) throws IOException, ClassNotFoundException {
        Random random = new Random(seed);
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, IMAGES).boxed().toList());
        Collections.shuffle(numbers, random);
        EvaluationPart joined = new EvaluationPart();
        for (int from = 0; from < IMAGES; ) {
            int to = Math.min(IMAGES, from + 1 + random.nextInt(15));
            joined.add(part(numbers.subList(from, to)));
            from = to;
        }
        assertEquals(IMAGES - 1, joined.scored());
        List<CaseScore> scores = joined.results().values().stream()
                .flatMap(result -> result.scores().stream())
                .toList();
        assertEquals(
                IntStream.range(0, IMAGES)
                        .filter(i -> i != 5)
                        .mapToObj(EvaluationPartTest::score)
                        .toList(),
                scores);
        // by the definition: Dice from low to high, those of the same Dice in the order of the images
        List<Integer> sorted = IntStream.range(0, IMAGES)
                .filter(i -> i != 5)
                .boxed()
                .sorted((a, b) -> a * 7 % 4 != b * 7 % 4 ? Integer.compare(a * 7 % 4, b * 7 % 4) : a.compareTo(b))
                .toList();
        List<Integer> best = new ArrayList<>(sorted.subList(IMAGES - 7, IMAGES - 1));
        Collections.reverse(best);
        assertEquals(
                sorted.subList(0, 6).stream().map(i -> "image" + i).toList(),
                names(joined.pictures().worst()));
        assertEquals(
                best.stream().map(i -> "image" + i).toList(),
                names(joined.pictures().best()));
        EvaluationPart.Result failed = joined.results().get(5);
        assertTrue(failed.isFailed());
        assertEquals("no picture", failed.failure());
    }

    @Test
    void eachWayOfComputingIsNamedOnce() {
        EvaluationPart joined = new EvaluationPart();
        for (String device : List.of("cuda:0", "cpu", "cuda:0")) {
            EvaluationPart part = new EvaluationPart();
            part.computedOn(new NetworkInfo(Device.of(device), Precision.FLOAT32, List.of()));
            joined.add(part);
        }
        assertEquals(Stream.of("cpu in float32", "cuda:0 in float32").toList(), joined.grounds());
    }
}
