package io.github.transfuse.qupath;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.qupath.TrainingJob.Trained;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.TrainingRequest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import qupath.lib.images.ImageData;
import qupath.lib.projects.Project;
import qupath.lib.scripting.QP;

/**
 * Describes a training for scripts; what is not said is chosen to fit the annotations. Regions are annotations of the class
 * {@code Training} or {@code Validation}; what is drawn in them with other classes is learned. Each call gives a new
 * description.
 *
 * <pre>{@code
 * import io.github.transfuse.qupath.TransFuseTrainer
 *
 * def model = TransFuseTrainer.builder("my-nuclei").startFrom("nuclei").objects().epochs(20).train(getProject())
 * println model
 * }</pre>
 */
public final class TransFuseTrainer {
    /** What the annotations say. */
    private static final List<SettingKey<?>> TAKEN = List.of(
            Keys.IMAGES,
            Keys.MASKS,
            Keys.OUTPUT,
            Keys.MASK_TYPE,
            Keys.IGNORE_LABEL,
            Keys.VALIDATION,
            Keys.FOLDS,
            Keys.RESUME);

    private final String name;
    private final Settings training;
    private final Settings export;
    private final Consumer<String> log;

    private TransFuseTrainer(String name, Settings training, Settings export, Consumer<String> log) {
        this.name = name;
        this.training = training;
        this.export = export;
        this.log = log;
    }

    /**
     * Begins a description.
     *
     * @param name of the new model, by which {@link TransFuseBuilder#builder} finds it afterwards: letters, digits, points
     *     and hyphens
     */
    public static TransFuseTrainer builder(String name) {
        return new TransFuseTrainer(name, Settings.training(), Settings.exporting(), sentence -> {});
    }

    /** What to start from: {@code auto}, {@code imagenet}, {@code random}, or the name or folder of a model. */
    public TransFuseTrainer startFrom(String start) {
        return with(Keys.START_FROM, start);
    }

    /** Learns each annotation as one object, such as a cell: touching ones are told apart. */
    public TransFuseTrainer objects() {
        return with(Keys.LEARN, "objects");
    }

    /** Learns all annotations of a class as one area, such as a tissue. */
    public TransFuseTrainer areas() {
        return with(Keys.LEARN, "areas");
    }

    /** Which detections count like annotations: {@code all}, {@code corrected} or {@code none}. */
    public TransFuseTrainer detections(String which) {
        return with(Keys.DETECTIONS, which);
    }

    /** Leaves out what is not annotated, instead of learning it as background; then {@code Background} is drawn, too. */
    public TransFuseTrainer sparse(boolean ignore) {
        return with(Keys.SPARSE, ignore);
    }

    /** Microns per pixel at which regions are learned, and the model sees slides later. */
    public TransFuseTrainer pixelSize(double microns) {
        return with(Keys.PIXEL_SIZE, microns);
    }

    /** Part of the regions that judges, in (0, 0.9), if none is of the class {@code Validation}. */
    public TransFuseTrainer validationShare(double share) {
        return with(Keys.VALIDATION_SHARE, share);
    }

    /** Passes over the regions. */
    public TransFuseTrainer epochs(int epochs) {
        return with(Keys.EPOCHS, epochs);
    }

    /** About how long the training may take; without this and {@link #epochs} 10 minutes. */
    public TransFuseTrainer minutes(double minutes) {
        return with(Keys.MINUTES, minutes);
    }

    /** Tiles per step. */
    public TransFuseTrainer batchSize(int tiles) {
        return with(Keys.BATCH_SIZE, tiles);
    }

    /** Side of a tile in pixels, a multiple of 16. */
    public TransFuseTrainer tileSize(int pixels) {
        return with(Keys.TILE_SIZE, pixels);
    }

    /** Learning rate of the decoder, in (0, 1). */
    public TransFuseTrainer learningRate(double rate) {
        return with(Keys.LEARNING_RATE, rate);
    }

    /** Random changes, as in {@code "flip,rotate,color,stain"}. */
    public TransFuseTrainer augment(String changes) {
        return with(Keys.AUGMENT, changes);
    }

    /** Size of the network: {@code T}, {@code S}, {@code L} or {@code L384}. */
    public TransFuseTrainer variant(String variant) {
        return with(Keys.VARIANT, variant);
    }

    /** Where to compute: {@code auto}, {@code cpu}, {@code cuda:0}, {@code mps}. */
    public TransFuseTrainer device(String device) {
        return with(Keys.DEVICE, device);
    }

    /** Stops after so many epochs without a better validation; 0: never. */
    public TransFuseTrainer patience(int epochs) {
        return with(Keys.PATIENCE, epochs);
    }

    /** Hears sentences while it trains, such as {@code .log { println it }}. */
    public TransFuseTrainer log(Consumer<String> listener) {
        if (listener == null) {
            throw new IllegalArgumentException("log needs something that hears, such as .log { println it }.");
        }
        return new TransFuseTrainer(name, training, export, listener);
    }

    private TransFuseTrainer with(SettingKey<?> key, Object value) {
        try {
            return with(key.name(), value);
        } catch (SettingException e) {
            String call = e.getMessage().replace(key.name(), SegmentRequest.camelCase(key.name()));
            throw new IllegalArgumentException(call, e);
        }
    }

    /** Any other setting of trainings, by its key. */
    public TransFuseTrainer with(String key, Object value) {
        String wanted = Task.EXPORT.specs().stream()
                .map(SettingSpec::name)
                .filter(each -> each.equals(key))
                .findFirst()
                .orElse("");
        if (!wanted.isEmpty()) {
            return new TransFuseTrainer(name, training, export.with(key, value), log);
        }
        SettingSpec row = Task.TRAIN.spec(String.valueOf(key));
        if (TAKEN.contains(row.key())) {
            throw new IllegalArgumentException(
                    row.name() + " comes from the annotations and the name of the model. Leave it out.");
        }
        return new TransFuseTrainer(name, training.with(key, value), export, log);
    }

    /** What is asked for. */
    TrainingRequest request() {
        return new TrainingRequest(name, training, export);
    }

    /**
     * Trains with the current image.
     *
     * @throws SlideException if there is no image, or nothing to learn in it
     * @throws IOException if a file cannot be read or written
     */
    public TrainedModel train() throws IOException {
        return train(QP.getCurrentImageData());
    }

    /** As {@link #train()}, with this image. */
    public TrainedModel train(ImageData<BufferedImage> image) throws IOException {
        if (image == null) {
            throw new SlideException("No image is open. Open one first, or name one with -i on the command line.");
        }
        return run(List.of(TrainingImage.of(image)));
    }

    /** As {@link #train()}, with these images. */
    public TrainedModel train(Collection<ImageData<BufferedImage>> images) throws IOException {
        if (images == null || images.stream().anyMatch(Objects::isNull)) {
            throw new SlideException("One of the images to learn from is null. Give a list of images that are open.");
        }
        return run(images.stream().map(TrainingImage::of).toList());
    }

    /** As {@link #train()}, with all images of a project: as they were saved, but for the current one, which is as it is. */
    public TrainedModel train(Project<BufferedImage> project) throws IOException {
        if (project == null) {
            throw new SlideException("No project is open. Open one first, or name one with -p on the command line.");
        }
        return run(TrainingImage.of(project, Optional.ofNullable(QP.getCurrentImageData())));
    }

    private TrainedModel run(List<TrainingImage> images) throws IOException {
        Told told = new Told(log);
        try {
            Trained trained = new TrainingJob(request(), images).run(told);
            return new TrainedModel(name, trained.folder(), trained.regions(), told.all());
        } catch (LinkageError | OutOfMemoryError e) {
            // QuPath's command line hangs on errors, so that scripts must only see exceptions
            throw new SlideException("TransFuse cannot go on: " + e, e);
        }
    }

    /** Keeps all sentences, and the last epoch's figures as one. */
    private record Told(Consumer<String> log, List<String> sentences, List<String> figures)
            implements TrainingListener {
        Told(Consumer<String> log) {
            this(log, new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void note(String sentence) {
            sentences.add(sentence);
            log.accept(sentence);
        }

        @Override
        public void epoch(EpochReport report) {
            figures.add(report.toLine());
            log.accept(report.toLine());
        }

        /** A script that is stopped stops the training, too. */
        @Override
        public Request request() {
            return Thread.currentThread().isInterrupted() ? Request.STOP : Request.CONTINUE;
        }

        List<String> all() {
            List<String> all = new ArrayList<>(sentences);
            figures.stream().skip(Math.max(0, figures.size() - 1)).forEach(all::add);
            return all;
        }
    }
}
