package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.RandomModels;
import io.github.transfuse.Squares;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.evaluation.Evaluation;
import io.github.transfuse.evaluation.EvaluationListener;
import io.github.transfuse.evaluation.EvaluationReport;
import io.github.transfuse.evaluation.Measure;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.MaskValues;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks of a model that was trained with the values 0, 2 and 5 mean the same afterwards, also where a class is missing. */
class KnownMaskValuesTest {
    private static final int SIDE = 40;
    private static final MaskValues VALUES = new MaskValues(List.of(0, 2, 5), false);

    @TempDir
    Path folder;

    /** Red background with a blue square, which is the second class and has this value in the mask. */
    private void pair(String name, int value) throws IOException {
        ColorProcessor picture = new ColorProcessor(SIDE, SIDE);
        Squares.fill(picture, 0xff0000, 0, 0, SIDE);
        Squares.fill(picture, 0x0000ff, 20, 20, 8);
        ByteProcessor mask = new ByteProcessor(SIDE, SIDE);
        Squares.fill(mask, value, 20, 20, 8);
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        new FileSaver(new ImagePlus(name, picture))
                .saveAsTiff(folder.resolve("images/" + name).toString());
        new FileSaver(new ImagePlus(name, mask))
                .saveAsTiff(folder.resolve("masks/" + name).toString());
    }

    private static ModelSpec remembering(ModelSpec spec) {
        return spec.withHistory(ModelHistory.of(VALUES));
    }

    @Test
    void anEvaluationMapsThemAsTheTrainingDid() throws IOException {
        pair("a.tif", 5);
        ModelFolder fake = FakeNetworks.model(Rule.TILE, 3, Kind.CLASSES, Optional.empty());
        ModelFolder model = new ModelFolder(fake.path(), remembering(fake.spec()), fake.sha256());
        Settings settings = Settings.evaluating()
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("out"));
        List<String> notes = new ArrayList<>();
        try (TransFuse network = FakeNetworks.open(model, options -> new FakeNetworks.Times(2))) {
            EvaluationReport report = Evaluation.of(network, settings).run(new EvaluationListener() {
                @Override
                public void note(String sentence) {
                    notes.add(sentence);
                }
            });
            assertEquals(1, report.summary("class1", Measure.DICE).mean(), 1e-9);
            assertEquals(64, report.scores().get(1).scores().overlap().truth());
        }
        assertTrue(notes.get(0).contains("0, 2, 5, as in the training of the model"), notes.get(0));
    }

    /** A model folder of two classes whose training had the values. */
    private void writeModel(Path path) throws IOException {
        ModelFolder model = RandomModels.write(path, Rule.TILE, 1);
        ModelSpec spec = model.spec();
        List<OutputSpec.ClassSpec> classes =
                List.of(new OutputSpec.ClassSpec("core", 0xff0000), new OutputSpec.ClassSpec("rim", 0x00ff00));
        model.rewrite(remembering(new ModelSpec(
                spec.identity(),
                new NetworkSpec(spec.network().variant(), 3, 3, true),
                spec.input(),
                new OutputSpec(classes, Kind.CLASSES, 0.5, 0, false),
                spec.history())));
    }

    private TrainingPlan plan(String more) throws IOException {
        return TrainingPlanner.plan(Settings.parse(Task.TRAIN, more)
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("out")));
    }

    @Test
    void aFurtherTrainingMapsThemAsTheFirstDid() throws IOException {
        pair("a.tif", 5);
        pair("b.tif", 5);
        Path model = folder.resolve("model");
        writeModel(model);
        ModelSpec tuned = plan("start_from=[" + model + "]").spec();
        assertEquals(3, tuned.network().classes());
        assertEquals(Optional.of(VALUES), tuned.history().maskValues());

        assertEquals(1, plan("").spec().network().classes(), "without the model, two values are binary");
        writeModel(folder.resolve("out"));
        assertEquals(3, plan("resume").spec().network().classes());
        Files.writeString(folder.resolve("out/weights.safetensors"), "half");
        assertEquals(1, plan("resume").spec().network().classes(), "half a model is not asked");
    }

    @Test
    void aListOfClassesSaysThatValuesAreIndices() throws IOException {
        pair("a.tif", 2);
        pair("b.tif", 2);
        ClassList.write(folder.resolve("masks"), List.of("core", "rim"));
        Path model = folder.resolve("model");
        writeModel(model);
        ModelSpec tuned = plan("start_from=[" + model + "]").spec();
        assertEquals(3, tuned.network().classes());
        assertEquals(Optional.empty(), tuned.history().maskValues());
    }
}
