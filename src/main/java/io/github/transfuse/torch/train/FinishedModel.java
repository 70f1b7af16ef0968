package io.github.transfuse.torch.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.files.Sha256;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.Split;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes the model folder of a training: the best weights as they will be stored, the threshold and least size that fit them,
 * their scores on the validation examples in float32 and, where the processor gains by them, in bf16 and int8, and the
 * record of how they came to be.
 */
final class FinishedModel {

    private final TrainingPlan plan;
    private final ExampleSet data;
    private final Validation validation;
    private final NetworkInfo info;
    private final List<String> notes;

    FinishedModel(TrainingPlan plan, ExampleSet data, Validation validation, NetworkInfo info, List<String> notes) {
        this.plan = plan;
        this.data = data;
        this.validation = validation;
        this.info = info;
        this.notes = List.copyOf(notes);
    }

    /**
     * Writes the model.
     *
     * @param network of the plan; holds the stored weights afterwards
     * @param best the best weights in float32
     * @param state where the training ended
     * @param checks whether to choose the output and to compare short formats with float32: who stopped the training does not wait
     *     for more passes
     */
    ModelFolder write(TransFuseNetwork network, Path best, Checkpoint state, boolean checks, TrainingListener listener)
            throws IOException {
        Path folder = plan.execution().output().folder();
        DType format = plan.execution().output().halfPrecision() ? DType.F16 : DType.F32;
        List<StoredTensor> stored = stored(Safetensors.open(best), network, format);
        for (StoredTensor tensor : stored) {
            StateDict.copy(tensor, network.stateDict().get(tensor.name()));
        }
        if (!checks) {
            listener.note(
                    "The training was stopped, so its model keeps the planned threshold and was not checked in bf16 and int8."
                            + " Go on with resume to have both.");
        }
        Judged judged = judge(network, checks);
        judged.told.ifPresent(listener::note);
        listener.note(String.format(
                Locale.ROOT,
                "%s: validation %s, IoU %.4f in float32%s.",
                state.best().epoch() == 0
                        ? "No epoch was better than the start, which is kept as it was"
                        : "Best epoch " + state.best().epoch(),
                judged.scores.text(),
                judged.scores.iou(),
                judged.scores.remark().isEmpty() ? "" : ": " + judged.scores.remark()));
        JsonObject recorded = new JsonObject();
        if (checks) {
            new RoundedScores(validation, judged.choice, judged.exact)
                    .record(network, info.precision(), recorded, listener::note);
        }
        String list = DataList.text(data.split());
        ModelHistory history =
                new ModelHistory(training(state, list), metrics(judged, state), recorded, new JsonObject());
        ModelSpec spec = plan.spec().withOutput(judged.choice.output()).withHistory(history);
        return ModelFolder.write(folder, spec, stored, format, Map.of(DataList.FILE, list));
    }

    /**
     * What the validation examples tell of the stored weights.
     *
     * @param exact the pass in float32
     * @param scores of it, at the chosen output
     * @param told of the choice
     */
    private record Judged(OutputChoice choice, ValidationPass.Result exact, Scores scores, Optional<String> told) {}

    private Judged judge(TransFuseNetwork network, boolean checks) throws IOException {
        OutputSpec planned = plan.spec().output();
        List<OutputSpec> tried = checks
                ? OutputChoice.candidates(planned, plan.spec().network().classes(), data.truths())
                : List.of(planned);
        ValidationPass.Result exact = validation.scoreAt(tried, network, false);
        OutputChoice choice = OutputChoice.of(tried, exact.scores());
        return new Judged(choice, exact, exact.scores().get(choice.place()), choice.told(exact.scores()));
    }

    private static List<StoredTensor> stored(TensorStore best, TransFuseNetwork network, DType format)
            throws IOException {
        List<StoredTensor> stored = new ArrayList<>();
        for (String name : network.stateDict().keySet()) {
            StoredTensor tensor = best.get(name);
            stored.add(tensor.dtype().isFloat() ? tensor.to(format) : tensor);
        }
        return stored;
    }

    private JsonObject metrics(Judged judged, Checkpoint state) {
        Scores scores = judged.scores;
        JsonObject metrics = new JsonObject();
        metrics.addProperty("chosen_by", scores.decidingName());
        scores.objects().ifPresent(score -> metrics.addProperty(ObjectScore.NAME, score.f1()));
        if (!Double.isNaN(scores.mcc())) {
            metrics.addProperty("mcc", scores.mcc());
        }
        metrics.addProperty("dice", scores.dice());
        metrics.addProperty("iou", scores.iou());
        scores.constant().ifPresent(answer -> {
            metrics.addProperty("constant_answer", answer.words());
            metrics.addProperty("constant_dice", answer.dice());
        });
        if (!scores.remark().isEmpty()) {
            metrics.addProperty("remark", scores.remark());
        }
        judged.told.ifPresent(choice -> metrics.addProperty("choice", choice));
        metrics.addProperty("loss", scores.loss());
        metrics.addProperty("n", data.split().validation().size());
        metrics.addProperty("best_epoch", state.best().epoch());
        metrics.addProperty(
                "definition",
                (scores.objects().isPresent()
                                ? ObjectScore.NAME
                                        + ": mean over images of F1 of objects at IoU above 0.5, as transfuse"
                                        + " evaluate has it; "
                                : "")
                        + "dice, iou: mean over images and present classes of (2I+e)/(S+e) and (I+e)/(U+e), e = 0.001;"
                        + " mcc: correlation of Matthews over all pixels, mean over classes; chosen_by: what chose the"
                        + " epoch");
        return metrics;
    }

    private JsonObject training(Checkpoint state, String list) throws IOException {
        Split split = data.split();
        JsonObject json = new JsonObject();
        json.addProperty("command", String.join(" ", plan.execution().output().command()));
        json.addProperty("seed", plan.schedule().seed());
        json.addProperty(
                "data",
                split.training().size() + " training and " + split.validation().size() + " validation pairs, listed in "
                        + DataList.FILE);
        json.addProperty("data_sha256", Sha256.of(list));
        json.addProperty("split", split.note());
        json.addProperty("start", state.start());
        json.addProperty("epochs", state.epoch());
        state.ending()
                .ifPresent(end -> json.addProperty(
                        "ended_early",
                        end.sentence(state.best().by(), plan.schedule().patience())));
        schedule(json);
        json.add("notes", texts(notes));
        versions(json);
        return json;
    }

    private void schedule(JsonObject json) {
        TrainingPlan.Schedule schedule = plan.schedule();
        json.addProperty("epochs_planned", schedule.epochs());
        json.addProperty("batch_size", schedule.batchSize());
        json.addProperty("learning_rate", schedule.rate().head());
        json.addProperty("learning_rate_backbones", schedule.rate().backbone());
        json.addProperty("cosine", schedule.rate().cosine());
        json.addProperty("patience", schedule.patience());
        json.addProperty("dropout", plan.execution().dropout());
        json.addProperty("averaging", plan.execution().averaging());
        json.addProperty("mask_type", plan.data().meaning().type());
        data.coding().maskValues().ifPresent(values -> values.addTo(json));
        plan.data().meaning().ignoreLabel().ifPresent(label -> json.addProperty("ignore_label", label));
        Normalization.Kind kind = plan.spec().input().normalization().kind();
        json.addProperty("normalization", kind.name().toLowerCase(Locale.ROOT));
        json.add(
                "augment",
                texts(plan.execution().augmentations().stream().sorted().toList()));
    }

    private void versions(JsonObject json) throws IOException {
        Map<String, String> versions = Map.of(
                "pytorch", Loader.getVersion("org.bytedeco", "pytorch"),
                "platform", Loader.getPlatform(),
                "java", System.getProperty("java.version"));
        versions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> json.addProperty(entry.getKey(), entry.getValue()));
        json.addProperty("device", info.device().toString());
        json.addProperty("precision", info.precision().toString());
        json.addProperty("threads", torch.get_num_threads());
    }

    private static JsonArray texts(List<String> sentences) {
        JsonArray array = new JsonArray();
        sentences.forEach(array::add);
        return array;
    }
}
