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
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.model.PrecisionRecord;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Finds out whether a model gives the same labels in bf16 and in int8 as in float32, and the same score against the truth.
 * Recorded in the model, it lets {@code precision=auto} choose these formats.
 */
final class PrecisionCheck implements AutoCloseable {

    private final TransFuse exact;
    private final Optional<ActivationRanges> ranges;
    private final List<Rival> rivals = new ArrayList<>();
    private int images;

    private PrecisionCheck(TransFuse model, Optional<ActivationRanges> ranges) {
        this.exact = in(Precision.FLOAT32, model);
        this.ranges = ranges;
    }

    private static TransFuse in(Precision precision, TransFuse model) {
        return model.settings(model.settings().with(Keys.PRECISION, precision));
    }

    /** Whether the settings ask for it: {@code auto} in so many words. */
    static boolean isAsked(Settings settings) {
        return settings.isGiven(Keys.PRECISION) && settings.get(Keys.PRECISION) == Precision.AUTO;
    }

    /**
     * The check, if it is asked for and can be made and recorded; the notes say why not.
     *
     * @param formats what can be computed here
     * @param images some of those that will be compared, for the calibration
     */
    static Optional<PrecisionCheck> of(
            TransFuse model, Settings asked, Formats formats, Calibration.Images images, Consumer<String> notes)
            throws IOException {
        if (!isAsked(asked)) {
            return Optional.empty();
        }
        String obstacle = obstacle(model);
        if (!obstacle.isEmpty()) {
            notes.accept("No check of bf16 and int8: " + obstacle + ".");
            return Optional.empty();
        }
        Device device = model.open().device();
        Optional<ActivationRanges> ranges = Calibration.ranges(model, device, formats, images, notes);
        PrecisionCheck check = new PrecisionCheck(model, ranges);
        if (formats.isFastInBf16(device)) {
            check.rivals.add(new Rival(PrecisionRecord.BF16, in(Precision.BF16, model)));
        } else {
            notes.accept("No bf16 check: " + device + " is not known to compute bf16 faster than float32.");
        }
        if (ranges.isPresent()) {
            ModelFolder calibrated = Calibration.recorded(model.model(), ranges.get());
            TransFuse rounded = formats.open(calibrated).settings(model.settings());
            check.rivals.add(new Rival(PrecisionRecord.INT8, in(Precision.INT8, rounded)));
        }
        return Optional.of(check);
    }

    private static String obstacle(TransFuse model) {
        if (model.members().size() > 1) {
            return "it is made for one model at a time";
        } else if (TransFuse.models().isBundled(model.model())) {
            return "the model is part of the plugin and stays as it was shipped";
        } else if (!Files.isWritable(model.model().path())) {
            return "the model folder " + model.model().path() + " cannot be written";
        }
        return "";
    }

    /** The model in float32. */
    TransFuse exact() {
        return exact;
    }

    /**
     * Segments an image in the short formats too.
     *
     * @param exactly what the result in float32 is worth against the truth; NaN where that is not defined
     * @param scored the same of another result
     */
    void compare(CalibratedImage image, Segmentation inFloat32, double exactly, ToDoubleFunction<Segmentation> scored)
            throws IOException {
        List<Segmentation> inFormats = new ArrayList<>();
        for (Rival rival : rivals) {
            inFormats.add(rival.model.segment(image));
        }
        // an image that fails in one format counts in none
        images++;
        for (int i = 0; i < rivals.size(); i++) {
            rivals.get(i).compare(Integer.toString(images), inFloat32, inFormats.get(i), exactly, scored);
        }
    }

    /**
     * Writes the result into the model folder, if any image was compared.
     *
     * @param notes told of it
     */
    ModelFolder record(Consumer<String> notes) throws IOException {
        ModelFolder model = exact.model();
        if (images == 0 || rivals.isEmpty()) {
            return model;
        }
        JsonObject checks = model.spec().history().checks().deepCopy();
        ranges.ifPresent(found -> found.writeTo(checks));
        for (Rival rival : rivals) {
            PrecisionRecord record = rival.record(images);
            record.writeTo(checks);
            notes.accept(rival.format + " check: " + record.told() + ", recorded in " + model.path() + ".");
        }
        return model.recorded(checks);
    }

    @Override
    public void close() {
        exact.close();
        rivals.forEach(rival -> rival.model.close());
    }

    /** The model in a short format, and how its results differ from those in float32. */
    private static final class Rival {
        private final String format;
        private final TransFuse model;
        private final ClassAgreement agreement;
        private final List<Double> exactScores = new ArrayList<>();
        private final List<Double> roundedScores = new ArrayList<>();

        Rival(String format, TransFuse model) {
            this.format = format;
            this.model = model;
            this.agreement = new ClassAgreement(classes() + 1);
        }

        /** Foreground classes; of objects there is one. */
        private int classes() {
            return segmentsClasses() ? model.model().spec().output().classes().size() : 1;
        }

        private boolean segmentsClasses() {
            return model.model().spec().output().kind() == OutputSpec.Kind.CLASSES;
        }

        void compare(
                String image,
                Segmentation inFloat32,
                Segmentation inFormat,
                double exactly,
                ToDoubleFunction<Segmentation> scored) {
            double roughly = scored.applyAsDouble(inFormat);
            if (!Double.isNaN(exactly) && !Double.isNaN(roughly)) {
                exactScores.add(exactly);
                roundedScores.add(roughly);
            }
            boolean objects = inFloat32.kind() != OutputSpec.Kind.CLASSES;
            agreement.add(
                    image,
                    Confusion.of(
                            classes(inFormat.labels(), objects),
                            classes(inFloat32.labels(), objects),
                            classes() + 1,
                            -1));
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

        /** Without a score if some images have none. */
        PrecisionRecord record(int images) {
            return new PrecisionRecord(
                    format,
                    agreement.dice(),
                    images,
                    exactScores.size() < images
                            ? Optional.empty()
                            : Optional.of(new PrecisionRecord.Score(
                                    segmentsClasses() ? Measure.DICE.title() : ObjectScore.NAME,
                                    mean(exactScores),
                                    mean(roundedScores))));
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }
    }
}
