package io.github.transfuse.evaluation;

import com.google.gson.JsonObject;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.metrics.ClassAgreement;
import io.github.transfuse.metrics.Confusion;
import io.github.transfuse.model.Bf16Record;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Finds out whether a model gives the same labels in bf16 as in float32: the {@link ClassAgreement} of
 * one with the other. Recorded in the model, it lets {@code precision=auto} choose bf16.
 */
final class Bf16Check implements AutoCloseable {
    private final TransFuse exact;
    private final TransFuse rounded;
    private final ClassAgreement agreement;
    private final List<Double> exactScores = new ArrayList<>();
    private final List<Double> roundedScores = new ArrayList<>();
    private int images;

    private Bf16Check(TransFuse model) {
        this.exact = in(Precision.FLOAT32, model);
        this.rounded = in(Precision.BF16, model);
        this.agreement = new ClassAgreement(classes() + 1);
    }

    private static TransFuse in(Precision precision, TransFuse model) {
        return model.settings(model.settings().with(Keys.PRECISION, precision));
    }

    /** Foreground classes; of objects there is one. */
    private int classes() {
        return exact.model().spec().output().kind() == OutputSpec.Kind.CLASSES
                ? exact.model().spec().output().classes().size()
                : 1;
    }

    /** Whether the settings ask for it: {@code auto} in so many words. */
    static boolean isAsked(Settings settings) {
        return settings.isGiven(Keys.PRECISION) && settings.get(Keys.PRECISION) == Precision.AUTO;
    }

    /**
     * The check, if it is asked for and can be made and recorded; the notes say why not.
     *
     * @param nativeBf16 whether a device computes bf16 in hardware, faster than float32
     */
    static Optional<Bf16Check> of(TransFuse model, Settings asked, Predicate<Device> nativeBf16, Consumer<String> notes)
            throws IOException {
        if (!isAsked(asked)) {
            return Optional.empty();
        }
        Device device = model.open().device();
        String obstacle = "";
        if (model.members().size() > 1) {
            obstacle = "it is made for one model at a time";
        } else if (!nativeBf16.test(device)) {
            obstacle = device + " is not known to compute bf16 faster than float32";
        } else if (TransFuse.models().isBundled(model.model())) {
            obstacle = "the model is part of the plugin and stays as it was shipped";
        } else if (!Files.isWritable(model.model().path())) {
            obstacle = "the model folder " + model.model().path() + " cannot be written";
        }
        if (!obstacle.isEmpty()) {
            notes.accept("No bf16 check: " + obstacle + ".");
            return Optional.empty();
        }
        return Optional.of(new Bf16Check(model));
    }

    /** The model in float32. */
    TransFuse exact() {
        return exact;
    }

    /**
     * Segments an image in bf16 too.
     *
     * @param exactly what the result in float32 is worth against the truth; NaN where that is not defined
     * @param scored the same of another result
     */
    void compare(CalibratedImage image, Segmentation inFloat32, double exactly, ToDoubleFunction<Segmentation> scored)
            throws IOException {
        Segmentation inBf16 = rounded.segment(image);
        double roughly = scored.applyAsDouble(inBf16);
        if (!Double.isNaN(exactly) && !Double.isNaN(roughly)) {
            exactScores.add(exactly);
            roundedScores.add(roughly);
        }
        boolean objects = inFloat32.kind() != OutputSpec.Kind.CLASSES;
        images++;
        agreement.add(
                Integer.toString(images),
                Confusion.of(
                        classes(inBf16.labels(), objects), classes(inFloat32.labels(), objects), classes() + 1, -1));
    }

    /** Any image of integers has one type, whichever it is: the view only reads it. */
    @SuppressWarnings("unchecked")
    private static <T extends IntegerType<T>> RandomAccessibleInterval<UnsignedByteType> classes(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, boolean objects) {
        return Converters.convert(
                (RandomAccessibleInterval<T>) labels,
                (in, out) -> out.set(objects ? Math.min(1, in.getInteger()) : in.getInteger()),
                new UnsignedByteType());
    }

    /**
     * Writes the result into the model folder, if any image was compared.
     *
     * @param notes told of it
     */
    ModelFolder record(Consumer<String> notes) throws IOException {
        ModelFolder model = exact.model();
        if (images == 0) {
            return model;
        }
        ModelHistory history = model.spec().history();
        JsonObject checks = history.checks().deepCopy();
        Bf16Record record = new Bf16Record(agreement.dice(), images, score());
        record.writeTo(checks);
        notes.accept("bf16 check: " + record.told() + ", recorded in " + model.path() + ".");
        return model.rewrite(model.spec()
                .withHistory(new ModelHistory(history.training(), history.metrics(), checks, history.unknown())));
    }

    private Optional<Bf16Record.Score> score() {
        if (exactScores.size() < images) {
            return Optional.empty();
        }
        String name = exact.model().spec().output().kind() == OutputSpec.Kind.CLASSES
                ? Measure.DICE.title()
                : ObjectScore.NAME;
        return Optional.of(new Bf16Record.Score(name, mean(exactScores), mean(roundedScores)));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    @Override
    public void close() {
        exact.close();
        rounded.close();
    }
}
