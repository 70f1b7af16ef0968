package io.github.transfuse.segmentation;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.model.JointModels;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One model, or several that answer together: a pixel gets the mean of their probabilities. Each sees the image by its own
 * rules; labels are made of the mean by the rules of the first. Owns the networks.
 */
public final class Ensemble implements AutoCloseable {
    private final List<Member> members;
    private final NetworkOptions options;
    private final List<String> told;

    /**
     * A model whose network can be opened.
     *
     * @param model with its rules
     * @param opener of its network
     */
    public record Voice(ModelFolder model, NetworkHolder.Opener opener) {}

    /**
     * A model with its network.
     *
     * @param voice the model
     * @param network opened when it is needed
     */
    public record Member(Voice voice, NetworkHolder network) {
        /** The model with its rules. */
        public ModelFolder model() {
            return voice.model();
        }
    }

    /**
     * Opens nothing yet.
     *
     * @param voices at least one
     * @param told sentences of why it is these
     * @throws SettingException if they cannot answer together
     */
    public Ensemble(List<Voice> voices, NetworkOptions options, List<String> told) {
        EnsembleRules.requireAgreement(voices.stream().map(Voice::model).toList());
        this.options = options;
        this.told = List.copyOf(told);
        this.members = voices.stream()
                .map(voice -> new Member(voice, new NetworkHolder(voice.opener(), options)))
                .toList();
    }

    /** The models that settings name; if they name none, what is said of them tells which it is. */
    public static Ensemble of(Settings settings) throws IOException {
        String model = settings.get(Keys.MODEL);
        return named(
                model,
                settings.isGiven(Keys.MODEL)
                        ? List.of()
                        : List.of("No model is named, so it is " + model + ". The setting model names another."));
    }

    /**
     * The models of this name, as {@link JointModels#find} finds them, whose networks the engine opens.
     *
     * @param told sentences of why it is these
     */
    public static Ensemble named(String model, List<String> told) throws IOException {
        List<Voice> voices = JointModels.find(model).stream()
                .map(found -> new Voice(found, options -> EngineLoader.engine().open(found, options)))
                .toList();
        return new Ensemble(voices, Settings.segmenting().networkOptions(), told);
    }

    /** The same with networks that are opened with these options: itself if they are the same. */
    public Ensemble with(NetworkOptions changed) {
        return changed.equals(options)
                ? this
                : new Ensemble(members.stream().map(Member::voice).toList(), changed, told);
    }

    /** All of them, in the order in which they were named. */
    public List<Member> members() {
        return members;
    }

    /** All models, in the order in which they were named. */
    public List<ModelFolder> models() {
        return members.stream().map(Member::model).toList();
    }

    /** The model whose rules make labels. */
    public ModelFolder first() {
        return members.get(0).model();
    }

    /** Whether several models answer together. */
    public boolean isSeveral() {
        return members.size() > 1;
    }

    /**
     * Opens all networks that are not open.
     *
     * @return how the first is open
     * @throws IOException if one cannot be opened
     */
    public NetworkInfo open() throws IOException {
        for (Member member : members) {
            member.network.info();
        }
        return members.get(0).network.info();
    }

    /**
     * What is said of the networks before they compute: why it is these, their own notes, that there are several, and how they differ.
     *
     * @throws IOException if one cannot be opened
     */
    public List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>(told);
        List<String> computing = new ArrayList<>();
        ModelCatalogue catalogue = ModelCatalogue.standard();
        models().forEach(model -> catalogue.namesake(model).ifPresent(notes::add));
        for (Member member : members) {
            NetworkInfo info = member.network.info();
            info.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
            computing.add(info.precision() + " on " + info.device());
        }
        if (isSeveral()) {
            notes.add("The probabilities are the mean of " + members.size() + " models: "
                    + String.join(", ", EnsembleRules.names(models())) + ".");
            EnsembleRules.differences(models()).ifPresent(notes::add);
            if (computing.stream().distinct().count() > 1) {
                notes.add("The models compute in this order: " + String.join(", ", computing) + ".");
            }
        }
        return notes;
    }

    /** Seconds that all networks have computed so far. */
    public double busySeconds() {
        return members.stream()
                .mapToDouble(member -> member.network.busySeconds())
                .sum();
    }

    /**
     * How an inference of all models was computed.
     *
     * @param counts what each counted
     * @param seconds that all took
     * @throws IOException never for networks that are open
     */
    public Statistics statistics(List<Inference.Counts> counts, double seconds) throws IOException {
        long tiles = counts.stream().mapToLong(Inference.Counts::tiles).sum();
        double waited =
                counts.stream().mapToDouble(Inference.Counts::waitedSeconds).sum();
        int batch = counts.stream().mapToInt(Inference.Counts::batchSize).max().orElse(1);
        int largest = members.stream()
                .mapToInt(member -> member.network.largest())
                .min()
                .orElse(batch);
        return Statistics.of(new Inference.Counts(tiles, waited, batch), largest, seconds, open());
    }

    /**
     * Checks that all can take the numbers or tiles of the first.
     *
     * @param tiles whether they must also cut images in the same way
     * @return this
     * @throws SettingException if several see images in different ways
     */
    public Ensemble requireSameEyes(boolean tiles) {
        EnsembleRules.otherEyes(models(), tiles).ifPresent(why -> {
            throw new SettingException(why);
        });
        return this;
    }

    /** Frees all networks. */
    @Override
    public void close() {
        members.forEach(member -> member.network.close());
    }
}
