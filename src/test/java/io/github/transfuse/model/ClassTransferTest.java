package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares what the two networks would answer: the rows say nothing else than that the same classes stay as probable. */
class ClassTransferTest {
    private static final double[] LOGITS = {0.7, -1.2, 2.1};

    private static ModelSpec model(OutputSpec.Kind kind, String... classes) {
        int outputs = kind == OutputSpec.Kind.BOUNDARY_INSTANCES ? 3 : classes.length == 1 ? 1 : classes.length + 1;
        return new ModelSpec(
                new Identity("m", "M", "", ""),
                new NetworkSpec(Variant.T, 3, outputs, true),
                new InputSpec(
                        InputSpec.Rule.RESIZE, List.of(64, 64), 0.5, Normalization.IMAGENET, InputSpec.Sampling.AS_IS),
                new OutputSpec(
                        Stream.of(classes)
                                .map(name -> new OutputSpec.ClassSpec(name, 0))
                                .toList(),
                        kind,
                        0.5,
                        0,
                        false),
                ModelHistory.empty());
    }

    private static ModelSpec classes(String... names) {
        return model(OutputSpec.Kind.CLASSES, names);
    }

    private static double[] logits(ClassTransfer transfer, double... from) {
        return transfer.rows().stream()
                .mapToDouble(row -> {
                    double sum = 0;
                    for (int i = 0; i < row.length; i++) {
                        sum += row[i] * from[i];
                    }
                    return sum;
                })
                .toArray();
    }

    private static double[] softmax(double... logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    @Test
    void theSameClassesAreTakenAsTheyAre() {
        for (String[] names : new String[][] {{"a"}, {"a", "b"}}) {
            assertTrue(ClassTransfer.of(classes(names), classes(names)).isWhole());
        }
        ModelSpec objects = model(OutputSpec.Kind.BOUNDARY_INSTANCES, "nucleus");
        for (String name : List.of(" Nucleus", "M")) {
            assertTrue(
                    ClassTransfer.of(objects, model(OutputSpec.Kind.BOUNDARY_INSTANCES, name))
                            .isWhole(),
                    name);
        }
        assertTrue(ClassTransfer.of(classes("a", "b"), classes("m")).kept().isEmpty(), "m has two classes");
    }

    @Test
    void classesInAnotherOrderKeepTheirProbabilities() {
        ClassTransfer transfer = ClassTransfer.of(classes("a", "b"), classes("b", "A"));
        assertFalse(transfer.isWhole());
        double[] before = softmax(LOGITS);
        assertArrayEquals(new double[] {before[0], before[2], before[1]}, softmax(logits(transfer, LOGITS)), 1e-12);
        assertEquals(List.of("b", "A"), transfer.kept());
    }

    @Test
    void aForegroundBecomesOneOfSeveralClasses() {
        ClassTransfer transfer = ClassTransfer.of(classes("lesion"), classes("hair", "lesion"));
        assertEquals(0, transfer.rows().get(1).length, "hair is new");
        double[] after = logits(transfer, 1.3);
        assertEquals(sigmoid(1.3), softmax(after[0], after[2])[1], 1e-12);
        assertEquals(List.of("lesion"), transfer.kept());
    }

    @Test
    void oneOfSeveralClassesBecomesAForeground() {
        ClassTransfer transfer = ClassTransfer.of(classes("a", "b"), classes("b"));
        assertEquals(softmax(LOGITS[0], LOGITS[2])[1], sigmoid(logits(transfer, LOGITS)[0]), 1e-12);
    }

    /** Deep inside and on the boundary alike, where the other of the two has a low logit. */
    @Test
    void objectsBecomeAForeground() {
        ClassTransfer transfer =
                ClassTransfer.of(model(OutputSpec.Kind.BOUNDARY_INSTANCES, "nucleus"), classes("nucleus"));
        assertTrue(logits(transfer, -6, 8, -4)[0] > 0);
        assertTrue(logits(transfer, 0, 0, 2)[0] > 0);
        assertTrue(logits(transfer, 6, -6, -3)[0] < 0);
    }

    @Test
    void nothingIsKeptOfOtherClassesNorForObjects() {
        for (ClassTransfer transfer : List.of(
                ClassTransfer.of(classes("a"), classes("b")),
                ClassTransfer.of(classes("a", "b"), classes("c", "d")),
                ClassTransfer.of(classes("nucleus"), model(OutputSpec.Kind.BOUNDARY_INSTANCES, "nucleus")))) {
            assertTrue(transfer.rows().stream().allMatch(row -> row.length == 0));
            assertTrue(transfer.kept().isEmpty());
            assertFalse(transfer.isWhole());
        }
    }

    /** A start that nobody named knows nothing of names. */
    @Test
    void theOnlyClassesCanBeTakenForTheSame() {
        assertTrue(ClassTransfer.ofAnyName(classes("lesion"), classes("polyp")).isWhole());
        assertEquals(
                List.of("polyp"),
                ClassTransfer.ofAnyName(classes("lesion"), classes("polyp")).kept());
        assertTrue(ClassTransfer.ofAnyName(classes("lesion"), classes("polyp", "cyst"))
                .kept()
                .isEmpty());
        assertTrue(ClassTransfer.ofAnyName(classes("a", "b"), classes("polyp"))
                .kept()
                .isEmpty());
    }

    @Test
    void whatIsKeptAndWhatIsNotIsSaid() {
        ModelSpec from = model(OutputSpec.Kind.BOUNDARY_INSTANCES, "nucleus");
        List<String> same = new KeptFromStart(from, from).sentences("nuclei");
        assertEquals(
                List.of("Kept from nuclei: what it knows of nucleus, objects that are told apart, the normalisation"
                        + " (imagenet), whole images of 64 x 64."),
                same);
        ModelSpec other = classes("cell", "nucleus");
        ModelSpec tiles = new ModelSpec(
                other.identity(),
                new NetworkSpec(Variant.T, 1, 3, true),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        List.of(64, 96),
                        0.5,
                        new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(Optional.of(List.of(0.5, 0.5)), "micron", InputSpec.Mode.SLICES, 0)),
                other.output(),
                ModelHistory.empty());
        assertEquals(
                List.of(
                        "Kept from nuclei: what it knows of nucleus.",
                        "Not kept from nuclei: the outputs for cell start at random (it knows nucleus); objects are not"
                                + " told apart (mask_type=instances learns it); the normalisation is zscore instead of"
                                + " imagenet; tiles of 96 x 64 at 0.5 micron instead of whole images of 64 x 64;"
                                + " 1 channel(s) instead of 3."),
                new KeptFromStart(from, tiles).sentences("nuclei"));
    }
}
