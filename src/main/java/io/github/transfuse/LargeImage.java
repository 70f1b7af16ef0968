package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.segmentation.BlockPrediction;
import io.github.transfuse.segmentation.Ensemble;
import io.github.transfuse.segmentation.KnownPlanes;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.segmentation.PlaneBlock;
import io.github.transfuse.settings.SettingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One image whose network is asked block by block, perhaps on many computers, and whose labels are then made as if it had
 * been asked in one place: they are the same to the last pixel.
 */
public final class LargeImage {
    private final TransFuse model;
    private final BlockPrediction prediction;
    private final List<String> notes;

    private LargeImage(TransFuse model, BlockPrediction prediction, List<String> notes) {
        this.model = model;
        this.prediction = prediction;
        this.notes = notes;
    }

    /**
     * Looks at an image; fits the normalisation if the model has no numbers for all images.
     *
     * @throws UnsupportedImageException if the image does not fit the model
     */
    public static LargeImage of(TransFuse model, CalibratedImage image) throws IOException {
        OneImage rules = model.rules();
        CalibratedImage fromZero = image.fromZero();
        Set<String> notes = new LinkedHashSet<>();
        List<NetworkParts> seen = new ArrayList<>();
        for (ModelFolder member : rules.ensemble().models()) {
            ModelSettings chosen = new ModelSettings(member.spec(), rules.settings());
            seen.add(chosen.preparation(notes::add, rules.given().normalization())
                    .planes(fromZero));
            chosen.aboutColours(fromZero).ifPresent(notes::add);
        }
        BlockPrediction prediction = new BlockPrediction(rules.ensemble(), rules.settings(), List.copyOf(seen));
        return new LargeImage(model, prediction, List.copyOf(notes));
    }

    /** Why the image must be computed as a whole, in words; empty if it can be cut. */
    public Optional<String> whole() {
        try {
            prediction.ensemble().requireSameEyes(false);
        } catch (SettingException e) {
            return Optional.of("the models normalise it in different ways");
        }
        return prediction.whole();
    }

    /** The numbers with which pixel values become inputs of networks. */
    public FittedNormalization normalization() {
        return prediction.seen().get(0).normalization();
    }

    /** What was decided of the image, in sentences. */
    public List<String> notes() {
        return notes;
    }

    /** Number of the planes, or volumes, that networks see. */
    public long planes() {
        return prediction.planes().count();
    }

    /** Size of each of them: x, y(, z). */
    public long[] planeSize() {
        return prediction.planes().size();
    }

    /**
     * Bytes of what networks find in a pixel.
     *
     * @throws UnsupportedImageException if objects of the image have no size that the settings ask for
     */
    public long bytesPerPixel() throws UnsupportedImageException {
        return prediction.bytesPerPixel();
    }

    /**
     * Asks the networks for one block.
     *
     * @throws IOException if a network cannot be opened, or pixels cannot be read or stored
     */
    public BlockPrediction.Found segment(PlaneBlock block) throws IOException {
        return prediction.predict(block, model.rules().given());
    }

    /**
     * The model, which does not ask its networks any more, but takes what they found in one image.
     *
     * @param model with its settings
     * @param known what the networks found
     * @param networks how each of them was open, where they were asked
     */
    public static TransFuse known(TransFuse model, KnownPlanes known, List<NetworkInfo> networks) {
        List<Ensemble.Voice> voices = new ArrayList<>();
        for (ModelFolder member : model.members()) {
            NetworkInfo info = networks.get(voices.size());
            voices.add(new Ensemble.Voice(member, options -> new Asked(info)));
        }
        return TransFuse.with(voices)
                .settings(model.settings())
                .given(model.rules().given().with(known));
    }

    /** How the networks of a model are open; opens them if need be. */
    public static List<NetworkInfo> networks(TransFuse model) throws IOException {
        List<NetworkInfo> networks = new ArrayList<>();
        for (Ensemble.Member member : model.rules().ensemble().members()) {
            networks.add(member.network().info());
        }
        return networks;
    }

    /** A network that was asked elsewhere. */
    private record Asked(NetworkInfo info) implements Network {
        @Override
        public Batch predict(Batch tiles) {
            throw new IllegalStateException("This network is not here: its answers are.");
        }

        @Override
        public void close() {
            // Nothing is open
        }
    }
}
