package io.github.transfuse.evaluation;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table and page of an evaluation appear together, whole or not at all. */
class EvaluationReportTest {
    @TempDir
    private Path folder;

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepTheEarlierReportStays() throws Exception {
        EvaluationReport report = new EvaluationReport(
                List.of(FakeNetworks.model(Rule.TILE, 1, Kind.CLASSES, Optional.empty())),
                Settings.parse(Task.EVALUATE, ""),
                List.of(),
                new EvaluationReport.Pictures(List.of(), List.of()),
                List.of(),
                List.of());
        Files.writeString(folder.resolve(EvaluationReport.CSV), "earlier");
        Files.writeString(folder.resolve(EvaluationReport.HTML), "<p>earlier</p>");
        EveryFault.of(folder, to -> report.write(to, "<p>" + "new ".repeat(1_000_000) + "</p>"));
        Files.writeString(folder.resolve(EvaluationReport.CSV), "earlier");
        EveryFault.of(folder, to -> report.writeCsv(to.resolve(EvaluationReport.CSV)));
    }
}
