package io.github.transfuse;

import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.DownloadListener;
import io.github.transfuse.engine.EngineInfo;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.PixelScale;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.inference.TileWindow;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.segmentation.Ensemble;
import io.github.transfuse.segmentation.InferenceContext;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.segmentation.NetworkHolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.training.Training;
import io.github.transfuse.training.TrainingProposal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Segments images with a model. Immutable: {@link #device}, {@link #settings} and the like give copies. The network is
 * opened when the first image is segmented and kept until {@link #close}.
 * <pre>{@code
 * try (TransFuse model = TransFuse.load("skin-lesion").device("cpu")) {
 *     Segmentation result = model.segment(image);
 * }
 * }</pre>
 */
public final class TransFuse implements AutoCloseable {
    private final Ensemble ensemble;
    private final Settings settings;
    private final Progress progress;
    private final InferenceContext given;

    private TransFuse(Ensemble ensemble, Settings settings, Progress progress, InferenceContext given) {
        this.ensemble = ensemble;
        this.settings = settings;
        this.progress = progress;
        this.given = given;
    }

    /**
     * Finds a model; its network is opened later.
     *
     * @param model name of a bundled or installed model, or a model folder; or several with {@code +} between them, or the
     *     folder of a training with folds: the mean of their probabilities counts
     * @throws SettingException if several do not agree in channels, classes and kind
     * @throws IOException if there is no such model or it is damaged
     */
    public static TransFuse load(String model) throws IOException {
        return with(Ensemble.named(model, List.of()));
    }

    /** The model that the settings name, with these settings. Results say so if they name none. */
    public static TransFuse load(Settings settings) throws IOException {
        return with(Ensemble.of(settings)).settings(settings);
    }

    /** A model whose network is opened by others than the engine, such as one that is watched. */
    public static TransFuse with(ModelFolder model, NetworkHolder.Opener opener) {
        return with(List.of(new Ensemble.Voice(model, opener)));
    }

    static TransFuse with(List<Ensemble.Voice> voices) {
        return with(new Ensemble(voices, Settings.segmenting().networkOptions(), List.of()));
    }

    private static TransFuse with(Ensemble ensemble) {
        return new TransFuse(ensemble, Settings.segmenting(), Progress.NONE, InferenceContext.NOTHING);
    }

    /** All models that can be asked for by name. */
    public static ModelCatalogue models() {
        return ModelCatalogue.standard();
    }

    /** All devices, usable or not; loads the native side. */
    public static List<DeviceInfo> devices() {
        return EngineLoader.engine().devices();
    }

    /** Bytes of native libraries that must be fetched before anything is computed; 0 if they are here. */
    public static long downloadBytes() {
        return EngineLoader.downloadBytes();
    }

    /** Loads the native side, and fetches it before if need be, watched by the listener. */
    public static EngineInfo loadEngine(DownloadListener listener) {
        return EngineLoader.engine(listener).info();
    }

    /** Versions of the native side; loads it. */
    public static EngineInfo engineInfo() {
        return EngineLoader.engine().info();
    }

    /**
     * Trains a model with these settings, on the calling thread. What is {@code auto} is chosen to fit the images; the
     * listener's notes say how.
     *
     * @return the model folder with the best weights
     * @throws SettingException if a setting is missing
     * @throws IOException if images cannot be read, do not match their masks, or the model cannot be written
     */
    public static ModelFolder train(Settings settings, TrainingListener listener) throws IOException {
        return Training.run(settings, listener);
    }

    /**
     * What {@link #train} would choose where the settings leave the choice; nothing is written.
     *
     * @throws SettingException if a setting other than {@code output} is missing
     * @throws IOException if images cannot be read or do not match their masks
     */
    public static TrainingProposal propose(Settings settings) throws IOException {
        return TrainingProposal.of(settings);
    }

    /**
     * All checks that {@link #train} makes before its first step; nothing is computed or written.
     *
     * @return what it would say, such as images that are on both sides of the split
     * @throws IOException whatever it would refuse
     */
    public static List<String> rehearse(Settings settings) throws IOException {
        return Training.rehearse(settings);
    }

    /**
     * Twelve training examples, varied as a training with these settings would vary them, with their truth.
     *
     * @throws SettingException if a setting other than {@code output} is missing
     * @throws IOException if images cannot be read or do not match their masks
     */
    public static List<Preview> augmentedSamples(Settings settings) throws IOException {
        return TrainingProposal.samples(settings);
    }

    /** The model; of several that answer together the first, by whose rules labels are made. */
    public ModelFolder model() {
        return ensemble.first();
    }

    /** All models that answer together, mostly one. */
    public List<ModelFolder> members() {
        return ensemble.models();
    }

    /** The settings. */
    public Settings settings() {
        return settings;
    }

    /** The same model with other settings. */
    public TransFuse settings(Settings changed) {
        changed.require(Task.SEGMENT);
        return new TransFuse(ensemble.with(changed.networkOptions()), changed, progress, given);
    }

    /** The same model with other settings, in the syntax of macros: {@code "threshold=0.4 overlay"}. */
    public TransFuse settings(String changed) {
        return settings(Settings.parse(changed));
    }

    /** The same model with another value of a setting, which is named as in macros. */
    public TransFuse with(String key, Object value) {
        return settings(settings.with(key, value));
    }

    /** The same model on another device: {@code auto}, {@code cpu}, {@code cuda:0}, {@code mps}. */
    public TransFuse device(String device) {
        return with(Keys.DEVICE.name(), device);
    }

    /** The same model, with progress told and cancelling asked for. */
    public TransFuse progress(Progress listener) {
        return new TransFuse(ensemble, settings, listener, given);
    }

    /** The same model, which normalises images with these numbers instead of fitting them to each. */
    public TransFuse normalization(FittedNormalization numbers) {
        ensemble.requireSameEyes(false);
        return given(given.with(numbers));
    }

    /** The numbers with which all images are normalised; empty if they are fitted to each. */
    public Optional<FittedNormalization> givenNormalization() {
        return given.normalization();
    }

    /** The same model for a part of a larger image, of which it leaves out an area; for models that see tiles. */
    public TransFuse only(TileWindow part, AreaOfInterest area) {
        ensemble.requireSameEyes(true);
        return given(given.with(part, area));
    }

    /** The same model, which gives the result of these pixels only, and of objects in their midst. */
    public TransFuse within(SelectedArea area) {
        return given(given.with(area));
    }

    /** The same model, with this many threads that read pixels; results do not depend on it. */
    public TransFuse readers(int threads) {
        return given(given.with(threads));
    }

    /** The same model, whose network computes with this many threads, 0 for all cores, until other settings are given. */
    public TransFuse threads(int count) {
        return new TransFuse(ensemble.with(settings.networkOptions().withThreads(count)), settings, progress, given);
    }

    TransFuse given(InferenceContext changed) {
        return new TransFuse(ensemble, settings, progress, changed);
    }

    /** As below, told to nobody. */
    public FittedNormalization fitNormalization(CalibratedImage image) throws IOException {
        return fitNormalization(image, note -> {});
    }

    /**
     * The numbers with which an image would be normalised, to be used for others of its kind, or for its parts.
     *
     * @param notes told what was decided of the image's values, in sentences
     * @throws io.github.transfuse.image.UnsupportedImageException if the image does not fit the model
     */
    public FittedNormalization fitNormalization(CalibratedImage image, Consumer<String> notes) throws IOException {
        return new ModelSettings(model().spec(), settings).fitted(image, notes);
    }

    /** The size of a pixel that the model was trained for; empty if it takes images as they are. */
    public OptionalDouble pixelSizeMicrons() {
        return PixelScale.microns(model().spec().input().sampling());
    }

    /** How the model's tiles lie, for those who cut an image into parts. */
    public TileGrid tileGrid() {
        return new ModelSettings(model().spec(), settings).grid();
    }

    /** Opens the network now: weights that cannot be read or do not fit it are told before the first image. */
    public NetworkInfo open() throws IOException {
        return ensemble.open();
    }

    /** How long the network has computed so far, for this object and all that share its network. */
    public double computingSeconds() {
        return ensemble.busySeconds();
    }

    /**
     * Segments an image without calibration, as {@link #segment(CalibratedImage)}. Axes are x, y; the third is the channel
     * if the model has several, then z and time follow. The image may begin anywhere: the labels begin there too.
     */
    public Segmentation segment(RandomAccessibleInterval<? extends RealType<?>> image) throws IOException {
        return segment(
                CalibratedImage.inUsualOrder("image", image, model().spec().imageChannels() > 1));
    }

    /**
     * Segments an image with axes and calibration, time points each alone, slices and axes of the body as in training.
     * Labels and probabilities have the coordinates of the pixels, also where these do not begin at 0.
     * @throws io.github.transfuse.image.UnsupportedImageException if the image does not fit the model
     * @throws IOException if the network cannot be opened, or pixels cannot be read or stored
     * @throws java.util.concurrent.CancellationException if progress asked to stop
     */
    public Segmentation segment(CalibratedImage image) throws IOException {
        return rules().segment(image.fromZero(), progress).placedAs(image);
    }

    OneImage rules() {
        return new OneImage(ensemble, settings, given);
    }

    /** Frees the network, also for copies that share it; none of them can segment any more. */
    @Override
    public void close() {
        ensemble.close();
    }
}
