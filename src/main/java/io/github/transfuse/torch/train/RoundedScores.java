package io.github.transfuse.torch.train;

import com.google.gson.JsonObject;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.model.PrecisionRecord;
import io.github.transfuse.torch.infer.CompiledForm;
import io.github.transfuse.torch.infer.FormatSpeed;
import io.github.transfuse.torch.infer.WatchedForm;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares a trained network in bf16 and in int8 with itself in float32 on the validation examples, where this processor is
 * faster in them: by these records {@code precision=auto} chooses.
 */
final class RoundedScores {

    private final Validation validation;
    private final OutputChoice choice;
    private final ValidationPass.Result exact;

    /**
     * For a network.
     *
     * @param choice the output that is judged
     * @param exact the pass in float32 that it was chosen by
     */
    RoundedScores(Validation validation, OutputChoice choice, ValidationPass.Result exact) {
        this.validation = validation;
        this.choice = choice;
        this.exact = exact;
    }

    /**
     * Records the formats.
     *
     * @param training the format of the training
     * @param checks where to
     * @param notes told of each
     */
    void record(TransFuseNetwork network, Precision training, JsonObject checks, Consumer<String> notes)
            throws IOException {
        List<OutputSpec> outputs = List.of(choice.output());
        if (training == Precision.BF16) {
            record(PrecisionRecord.BF16, validation.scoreAt(outputs, network, true), checks, notes);
        }
        if (validation.isOfPlanesOnProcessor() && FormatSpeed.int8().faster()) {
            ActivationRanges ranges = calibrated(network);
            try (CompiledForm int8 = CompiledForm.int8(network, ranges)) {
                record(PrecisionRecord.INT8, validation.scoreAt(outputs, int8), checks, notes);
            }
            ranges.writeTo(checks);
        }
    }

    /** What the validation examples cause within the network. */
    private ActivationRanges calibrated(TransFuseNetwork network) throws IOException {
        try (WatchedForm watched = new WatchedForm(network)) {
            validation.scoreAt(List.of(choice.output()), watched);
            return watched.ranges();
        }
    }

    private void record(String format, ValidationPass.Result rounded, JsonObject checks, Consumer<String> notes) {
        Scores scores = exact.scores().get(choice.place());
        PrecisionRecord record = new PrecisionRecord(
                format,
                validation.agreement(exact, choice.place(), rounded),
                exact.maps().size(),
                Optional.of(new PrecisionRecord.Score(
                        scores.decidingName(),
                        scores.deciding(),
                        rounded.scores().get(0).deciding())));
        record.writeTo(checks);
        notes.accept("Results in " + format + ": " + record.told() + ".");
    }
}
