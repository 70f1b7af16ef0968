package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.metrics.Overlap;
import io.github.transfuse.metrics.Scores;
import io.github.transfuse.metrics.SurfaceDistances;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the means of distances cannot hold is told beside them. */
class MissedStructuresTest {
    private static CaseScore score(String image, String name, int shared, int predicted, int truth, double hd95) {
        SurfaceDistances surface = new SurfaceDistances(hd95, hd95 / 2, shared > 0 ? 0.5 : 0);
        Scores scores = new Scores(1, new Overlap(shared, predicted, truth), surface);
        return new CaseScore(image, name, scores, "mm", Optional.empty(), OptionalDouble.empty());
    }

    private static EvaluationReport report(CaseScore... scores) {
        return new EvaluationReport(
                List.of(FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty())),
                Settings.parse(Task.EVALUATE, ""),
                List.of(scores),
                new EvaluationReport.Pictures(List.of(), List.of()),
                List.of(),
                List.of());
    }

    private static final EvaluationReport REPORT = report(
            score("good", "liver", 9, 10, 10, 2),
            score("bad", "liver", 1, 10, 10, 4),
            score("missed", "liver", 0, 0, 10, Double.NaN),
            score("invented", "liver", 0, 5, 0, Double.NaN),
            score("empty", "liver", 0, 0, 0, Double.NaN),
            score("missed", "spleen", 0, 0, 3, Double.NaN));

    @Test
    void theyStandBesideTheDistances() {
        List<String> lines = REPORT.lines();
        assertTrue(
                lines.contains("liver  HD95 3.0000 ± 1.4142 (n = 2) mm; 1 missed, 1 found where there is none"),
                lines.toString());
        assertTrue(lines.contains("spleen  HD95 is not defined; 1 missed"), lines.toString());
        assertEquals("", report(score("good", "liver", 9, 10, 10, 2)).leftOut("liver"));
    }

    @Test
    void rowsGoFromWhatWentMostWrong() {
        List<String> images = REPORT.worstFirst().stream().map(CaseScore::image).toList();
        assertEquals(
                List.of("missed", "missed", "invented"),
                images.subList(0, 3).stream().sorted(Comparator.reverseOrder()).toList());
        assertEquals(List.of("bad", "good", "empty"), images.subList(3, 6));
    }
}
